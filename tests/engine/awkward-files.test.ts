/** Files that make trouble: each ends with its own cause, the engine lives, and no other photo is held up. */
import { execFileSync } from 'node:child_process';
import { existsSync, globSync } from 'node:fs';
import { appendFile, link, mkdir, readFile, rm, stat, symlink, truncate, writeFile } from 'node:fs/promises';
import path from 'node:path';
import sharp from 'sharp';
import { describe, expect, it, vi } from 'vitest';
import { forkWorker } from '../../electron/local/fork-worker.ts';
import { startEngineHere, type EngineHere } from '../support/engine-here.ts';
import { exiftool } from '../support/exiftool.ts';
import {
  avif,
  damagedPng,
  decompressionBombPng,
  heavyJpeg,
  heicLike,
  hugeJpeg,
  jpeg,
  makePictures,
  png,
  rawLike,
  truncatedJpeg,
  variantsOf,
} from '../support/pictures.ts';
import { temporaryFolder } from '../support/tree.ts';

const STUMBLING_WORKER = path.join(import.meta.dirname, '../support/worker-that-stumbles.ts');
const isRoot = process.getuid?.() === 0;
/** A file that not even root may read: write-only attributes of devices. */
const [unreadable = null] = isRoot ? globSync('/sys/devices/pci0000:00/*/rescan') : [];

/** What is wrong, by the name of the file: cause or reason. */
const troubles = (here: EngineHere): Record<string, string | null> =>
  Object.fromEntries(
    here
      .files()
      .filter(({ state }) => state !== 'indexed')
      .map((file) => [path.basename(file.path), file.reason]),
  );

it('among good photos, each awkward file has its own end', async () => {
  await using watched = await temporaryFolder();
  const at = (name: string): string => path.join(watched.path, name);
  const good = await makePictures(at('good'), { count: 40, seed: 3 });
  const [first] = good;
  const whole = variantsOf(await jpeg({ seed: 500 }), 4);

  // Names that promise too much or too little.
  await writeFile(at('really-png.jpg'), await png({ seed: 501 }));
  await writeFile(at('picture-without-name'), whole[0] ?? '');
  await writeFile(at('text.jpg'), 'This is no picture, whatever its name says.\n'.repeat(40));
  await writeFile(at('notes.txt'), 'Bring the long lens.');
  await writeFile(at('film.mp4'), Buffer.from('\0\0\0\u0018ftypmp42\0\0\0\0mp42isom', 'latin1'));
  await writeFile(at('camera.heic'), heicLike());
  await writeFile(at('camera.nef'), rawLike());
  // Damage.
  await writeFile(at('empty.jpg'), '');
  await writeFile(at('half.jpg'), await truncatedJpeg(0.5, { seed: 502 }));
  await writeFile(at('nearly.jpg'), await truncatedJpeg(0.985, { seed: 503, width: 800, height: 600 }));
  await writeFile(at('noise.png'), await damagedPng({ seed: 504 }));
  // Size.
  await writeFile(at('bomb.png'), decompressionBombPng());
  await writeFile(at('huge.jpg'), await hugeJpeg());
  // What is no plain file, or not on the disk.
  await truncate(await made(at('cloud.jpg')), 1_048_576);
  await symlink(watched.path, at('loop'));
  await symlink(at('b.jpg'), at('a.jpg'));
  await symlink(at('a.jpg'), at('b.jpg'));
  await symlink(at('nowhere.jpg'), at('dangling.jpg'));
  await link(first?.path ?? '', at('hard-link.jpg'));
  if (process.platform !== 'win32') execFileSync('mkfifo', [at('pipe.jpg')]);
  if (unreadable !== null) await symlink(unreadable, at('locked.jpg'));
  // Workers and files that fail while they are read.
  for (const [index, name] of ['crash.jpg', 'hang.jpg', 'hang-once.jpg', 'vanish.jpg'].entries()) {
    await writeFile(at(name), variantsOf(await jpeg({ seed: 505 }), 4)[index] ?? '');
  }
  await mkdir(at('many'));
  const tiny = Array.from({ length: 10_000 }, (_, index) => at(`many/${String(index)}.xmp`));
  for (let from = 0; from < tiny.length; from += 200) {
    await Promise.all(tiny.slice(from, from + 200).map((one) => writeFile(one, '<x/>')));
  }

  // A file that grows for as long as anything else is to be done.
  const growing = at('growing.jpg');
  const growth = variantsOf(await jpeg({ seed: 506, width: 900, height: 600 }), 1)[0] ?? Buffer.alloc(0);
  let grown = 0;
  const grow = async (): Promise<void> => {
    const more = growth.subarray(grown, grown + 40);
    grown += more.length;
    await appendFile(growing, more);
  };
  const expected = {
    'text.jpg': 'cannot-decode',
    'camera.heic': 'format-not-yet-supported',
    'camera.nef': 'format-not-yet-supported',
    'empty.jpg': 'file-empty',
    'half.jpg': 'incomplete',
    'noise.png': 'cannot-decode',
    'bomb.png': 'too-large',
    'cloud.jpg': 'cloud-placeholder',
    'crash.jpg': 'decoder-crashed',
    'hang.jpg': 'decoder-timeout',
    ...(unreadable === null ? {} : { 'locked.jpg': 'file-unreadable' }),
  };
  await using here = await startEngineHere({
    startWorker: () => forkWorker(STUMBLING_WORKER),
    workerTimeLimitMs: { thumbnails: 4000 },
  });
  await grow();
  const timer = setInterval(() => void grow(), 60);
  const { runId } = await here.ingest(watched.path);
  const indexedNames = (): string[] =>
    here
      .files()
      .filter(({ state }) => state === 'indexed')
      .map((file) => path.relative(watched.path, file.path));
  try {
    await waitUntil(() => {
      expect(troubles(here)).toEqual(expected);
      expect(indexedNames().toSorted()).toEqual(
        [
          ...good.map((one) => path.relative(watched.path, one.path)),
          'hang-once.jpg',
          'hard-link.jpg',
          'huge.jpg',
          'nearly.jpg',
          'picture-without-name',
          'really-png.jpg',
        ].toSorted(),
      );
    });
    // All that without waiting for the one that still grows.
    expect(grown).toBeLessThan(growth.length);
    expect((await stat(growing)).size).toBeGreaterThan(0);
  } finally {
    clearInterval(timer);
  }
  await appendFile(growing, growth.subarray(grown));
  await here.until(() => expect(indexedNames()).toContain('growing.jpg'));

  const report = await here.engine.api.ingestReport({ runId });
  expect(report).toMatchObject({
    uploaded: 46,
    alreadyThere: 0,
    skipped: 3,
    pending: 0,
    recovered: [{ path: at('nearly.jpg') }],
  });
  expect(report.recovered[0]?.share).toBeGreaterThan(0.95);
  expect(report.found).toBe(report.uploaded + report.skipped + report.failed);
  expect(report.failures.map((failure) => path.basename(failure.path))).toContain('vanish.jpg');
  expect(report.failures.find((failure) => failure.path === at('vanish.jpg'))?.cause).toBe('file-gone');
  expect(report.unreadable.map((one) => one.path)).toEqual([watched.path]);
  expect((await stat(at('cloud.jpg'))).blocks).toBe(0);
  expect(here.jobs.some((job) => job.kind === 'identify' && job.path === at('cloud.jpg'))).toBe(false);
  const stats = await here.practice.stats();
  expect(stats).toMatchObject({ inputs: 46, inputsStoredTwice: 0 });
  expect(here.log.filter(({ event }) => /refused|unwritten|failed/u.test(event))).toEqual([]);
}, 120_000);

async function made(file: string): Promise<string> {
  await writeFile(file, '');
  return file;
}

/** Unlike `until`, does not ask that all is at rest. */
async function waitUntil(check: () => void | Promise<void>): Promise<void> {
  await vi.waitFor(check, { timeout: 60_000, interval: 100 });
}

it('files are sent as they are only where the service takes them so, and a cut-off one only when the owner says', async () => {
  await using watched = await temporaryFolder();
  const at = (name: string): string => path.join(watched.path, name);
  await using here = await startEngineHere();
  await writeFile(at('fine.jpg'), await jpeg({ seed: 1 }));
  await writeFile(at('fine.avif'), await avif({ seed: 2 }));
  await writeFile(at('heavy.jpg'), await heavyJpeg({ seed: 3 }));
  await writeFile(at('wide.jpg'), await hugeJpeg());
  await writeFile(at('half.jpg'), await truncatedJpeg(0.5, { seed: 4 }));
  await here.engine.api.startIngest({
    folders: [watched.path],
    destination: null,
    concepts: [],
    notConcepts: [],
    sends: 'original',
  });
  const refused = {
    'fine.avif': 'format-not-accepted',
    'heavy.jpg': 'too-large',
    'wide.jpg': 'too-large',
    'half.jpg': 'incomplete',
  };
  await here.until(() => expect(troubles(here)).toEqual(refused));
  const remedies = (await here.engine.api.failures({})).map((failure) => failure.remedy);
  expect(remedies.toSorted()).toEqual([
    'send-as-it-is',
    'send-smaller-copy',
    'send-smaller-copy',
    'send-smaller-copy',
  ]);

  const { retryEverywhere } = here.engine.api;
  expect(await retryEverywhere({ cause: null, way: 'again' })).toMatchObject({
    queuedCount: 0,
    left: [{ why: 'unchanged', count: 4 }],
  });
  expect(await retryEverywhere({ cause: 'incomplete', way: 'as-it-is' })).toMatchObject({
    queuedCount: 1,
    left: [],
  });
  const half = await readFile(at('half.jpg'));
  await here.until(async () => {
    const sent = (await here.practice.inputs()).find(({ bytes }) => bytes === half.length);
    expect(sent?.status).toBeGreaterThan(30_001);
  });
  // The account got the very bytes, and judged them itself.
  expect(troubles(here)['half.jpg']).toBe('indexing-failed');
}, 90_000);

describe('thumbnails', () => {
  it('that are gone from the cache are made when somebody asks, and so are previews', async () => {
    await using watched = await temporaryFolder();
    const at = (name: string): string => path.join(watched.path, name);
    await using here = await startEngineHere();
    await writeFile(at('lying.jpg'), await jpeg({ seed: 1, width: 900, height: 600 }));
    await writeFile(at('upright.avif'), await avif({ seed: 2, width: 90, height: 60, orientation: 6 }));
    await writeFile(at('camera.heic'), heicLike());
    await here.ingest(watched.path);
    await here.until(() => expect(troubles(here)).toEqual({ 'camera.heic': 'format-not-yet-supported' }));
    const { api, ledger } = here.engine;
    const photoOf = (name: string): number =>
      ledger.files.byPath(ledger.folders.byPath(watched.path)?.id ?? 0, name)?.photoId ?? 0;
    const sizeOf = async (name: string, size: 320 | 640 | 2048): Promise<readonly number[]> => {
      const { path: file } = await api.thumbnail({ photoId: photoOf(name), size });
      const { width, height } = await sharp(await readFile(file ?? '')).metadata();
      return [width, height];
    };

    await rm(path.join(here.dataFolder, 'thumbnails'), { recursive: true });
    here.jobs.splice(0);
    expect(await Promise.all([sizeOf('lying.jpg', 320), sizeOf('lying.jpg', 640)])).toEqual([
      [320, 213],
      [640, 427],
    ]);
    expect(here.jobs.map(({ kind }) => kind)).toEqual(['thumbnails']);
    expect(await sizeOf('lying.jpg', 2048)).toEqual([900, 600]);
    // The picture turns itself (irot); its sizes are the upright ones everywhere.
    expect(await sizeOf('upright.avif', 320)).toEqual([60, 90]);
    expect(ledger.photos.byId(photoOf('upright.avif'))).toMatchObject({
      width: 60,
      height: 90,
      orientation: 6,
    });
    expect(await api.thumbnail({ photoId: photoOf('camera.heic'), size: 320 })).toEqual({
      path: null,
      detail: 'This format (HEIC or RAW) cannot be decoded yet.',
    });
    expect(await api.thumbnail({ photoId: 999, size: 320 })).toMatchObject({ path: null });

    await exiftool(['-overwrite_original', '-n', '-Orientation=6', at('lying.jpg')]);
    await here.until(() => expect(ledger.photos.byId(photoOf('lying.jpg'))?.orientation).toBe(6));
    expect(ledger.photos.byId(photoOf('lying.jpg'))).toMatchObject({ width: 600, height: 900 });
    expect(await sizeOf('lying.jpg', 640)).toEqual([427, 640]);
    expect((await here.practice.stats()).inputs).toBe(2);
  });

  it('are made from another file when the shown one is gone or cannot be read', async () => {
    await using watched = await temporaryFolder();
    const at = (name: string): string => path.join(watched.path, name);
    for (const folder of ['one', 'two']) {
      await mkdir(at(folder));
      await writeFile(at(`${folder}/vanish-once.jpg`), await jpeg({ seed: 9 }));
    }
    await using here = await startEngineHere({ startWorker: () => forkWorker(STUMBLING_WORKER) });
    await here.ingest(watched.path);
    await here.until(() => expect(here.files()).toMatchObject([{ state: 'indexed' }]));
    expect(existsSync(at('vanished.tmp'))).toBe(true);
    expect(await here.engine.api.failures({})).toEqual([]);
  });
});

describe('a full disk', () => {
  const isPossible = process.platform === 'linux' && isRoot;

  it.skipIf(!isPossible)(
    'is a hold; nothing is lost, and all goes on when there is room',
    async () => {
      await using base = await temporaryFolder();
      await using watched = await temporaryFolder();
      const dataFolder = path.join(base.path, 'data');
      const filler = path.join(dataFolder, 'somebody-elses');
      await mkdir(dataFolder);
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=24m', 'tmpfs', dataFolder]);
      try {
        const good = await makePictures(watched.path, { count: 60, seed: 8, size: { min: 500, max: 700 } });
        await using here = await startEngineHere({ dataFolder });
        await writeFile(filler, Buffer.alloc(freeBytes(dataFolder) - 700_000));
        await here.ingest(watched.path);
        const holds = async () => [
          ...(await here.engine.api.overallProgress({})).holds,
          ...(await here.engine.api.status({})).destinations.flatMap((one) => one.holds),
        ];
        await waitUntil(async () =>
          expect((await holds()).map(({ kind }) => kind)).toEqual(['disk-full', 'disk-full']),
        );
        expect(await here.engine.api.failures({})).toEqual([]);

        await rm(filler);
        await here.untilSynced(watched.path);
        expect(await here.practice.stats()).toMatchObject({ inputs: good.length, inputsStoredTwice: 0 });
        expect(await holds()).toEqual([]);
        expect(await here.engine.api.failures({})).toEqual([]);
      } finally {
        execFileSync('umount', ['-l', dataFolder]);
      }
    },
    120_000,
  );
});

function freeBytes(folder: string): number {
  const [, free = '0'] = execFileSync('df', ['--output=avail', '-B1', folder], { encoding: 'utf8' })
    .trim()
    .split('\n');
  return Number(free);
}
