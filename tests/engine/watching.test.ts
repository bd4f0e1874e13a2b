/** Watched folders, from the file system to the account: nothing is missed, nothing is sent twice, the row tells the truth. */
import { execFileSync, spawnSync } from 'node:child_process';
import { appendFile, copyFile, cp, mkdir, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { StartBackend } from '../../electron/engine/ingest/watch-backend.ts';
import { eventsBackendOf } from '../../electron/engine/ingest/watch-events.ts';
import { filesIn, startEngineHere, type EngineHere } from '../support/engine-here.ts';
import { exiftool } from '../support/exiftool.ts';
import { jpeg, makePictures, png, variantsOf } from '../support/pictures.ts';
import { temporaryFolder } from '../support/tree.ts';

/** So many distinct pictures, `IMG_000.jpg` …, in a folder that is made. */
async function shoot(folder: string, count: number, seed = 1): Promise<string[]> {
  await mkdir(folder, { recursive: true });
  const pictures = variantsOf(await jpeg({ seed }), count);
  const paths = pictures.map((_, index) => path.join(folder, `IMG_${String(index).padStart(3, '0')}.jpg`));
  await Promise.all(paths.map((one, index) => writeFile(one, pictures[index] ?? '')));
  return paths;
}

/** The account holds so many inputs, no bytes twice, after so many POSTs in all. */
async function expectInputs(here: EngineHere, inputs: number): Promise<void> {
  const stats = await here.practice.stats();
  expect(stats).toMatchObject({ inputs, inputsStoredTwice: 0 });
  const indexed = (await here.practice.inputs()).filter(({ status }) => status === 30000);
  expect(indexed.length).toBe(inputs);
}

const folderOf = async ({ engine }: EngineHere, root: string) =>
  (await engine.api.status({})).folders.find((folder) => folder.path === root);

const identified = ({ jobs }: EngineHere): string[] =>
  jobs.splice(0).flatMap((job) => (job.kind === 'identify' ? [job.path] : []));

describe('files that come', () => {
  it('slowly, with pauses, or as a whole tree at once, are taken in once and whole', async () => {
    await using away = await temporaryFolder();
    await using watched = await temporaryFolder();
    await using here = await startEngineHere();
    await makePictures(path.join(away.path, 'card'), {
      count: 40,
      seed: 5,
      mix: { jpeg: 3, png: 1, webp: 1 },
    });
    const slow = await jpeg({ width: 600, height: 400, seed: 99 });
    await here.ingest(watched.path);
    await here.untilSynced(watched.path);

    const copying = async (): Promise<void> => {
      const target = path.join(watched.path, 'slow.jpg');
      const step = Math.ceil(slow.length / 4);
      for (let from = 0; from < slow.length; from += step) {
        await appendFile(target, slow.subarray(from, from + step));
        // Longer than a file has to stand still, so that it is looked at while its end is missing.
        await sleep(700);
      }
    };
    execFileSync('cp', ['-r', path.join(away.path, 'card'), watched.path]);
    await copying();
    await here.untilSynced(watched.path);
    await expectInputs(here, 41);
    expect(here.engine.ledger.db.prepare('SELECT count(*) FROM photo').pluck().get()).toBe(41);
    expect(await folderOf(here, watched.path)).toMatchObject({ mode: 'events', reason: null, health: 'ok' });
  });

  it('and go again before anybody looked, or are nobody’s business, leave nothing behind', async () => {
    await using watched = await temporaryFolder();
    await using here = await startEngineHere();
    await here.ingest(watched.path);
    await here.untilSynced(watched.path);
    const gone = path.join(watched.path, 'gone.jpg');
    await writeFile(gone, await jpeg());
    await writeFile(path.join(watched.path, 'DSC_1.jpg.part'), await jpeg({ seed: 2 }));
    await sleep(150);
    await rm(gone);
    await rename(path.join(watched.path, 'DSC_1.jpg.part'), path.join(watched.path, 'DSC_1.jpg'));
    await here.untilSynced(watched.path);
    await expectInputs(here, 1);
    expect(here.engine.ledger.db.prepare('SELECT path, kind FROM file').all()).toEqual([
      { path: 'DSC_1.jpg', kind: 'photo' },
    ]);
  });

  it('in greater numbers than are taken at once are all taken, by further scans', async () => {
    await using watched = await temporaryFolder();
    await using here = await startEngineHere({ ingest: { pathLimit: 30 } });
    await shoot(path.join(watched.path, 'before'), 100);
    await here.ingest(watched.path);
    await here.untilSynced(watched.path);
    await shoot(path.join(watched.path, 'while-watching'), 100, 3);
    await here.untilSynced(watched.path);
    await expectInputs(here, 200);
    const reasons = here.engine.ledger.db
      .prepare<[], string>('SELECT DISTINCT reason FROM scan')
      .pluck()
      .all();
    expect(reasons).toContain('more');
  });
});

describe('what other programs do to files', () => {
  it('renames, moves between watched folders and copies cost no POST; a delete is no loss at the account', async () => {
    await using base = await temporaryFolder();
    await using here = await startEngineHere();
    const [one, two] = [path.join(base.path, 'one'), path.join(base.path, 'two')];
    await shoot(path.join(one, 'roll.2024'), 12);
    await mkdir(two);
    await here.ingest(one, two);
    await here.untilSynced(one, two);
    const posts = await here.postCount();

    await rename(path.join(one, 'roll.2024'), path.join(one, 'wedding'));
    await here.untilSynced(one, two);
    await rename(path.join(one, 'wedding'), path.join(two, 'wedding'));
    await here.untilSynced(one, two);
    await rename(path.join(two, 'wedding/IMG_001.jpg'), path.join(one, 'best.jpg'));
    await copyFile(path.join(two, 'wedding/IMG_002.jpg'), path.join(one, 'copy.jpg'));
    await rm(path.join(two, 'wedding/IMG_003.jpg'));
    await here.untilSynced(one, two);
    expect(await here.postCount()).toBe(posts);
    await expectInputs(here, 12);
    expect((await here.engine.api.failures({})).length).toBe(0);
  });

  it('a whole shoot rewritten by ExifTool is read anew and sent not at all', async () => {
    await using watched = await temporaryFolder();
    await using here = await startEngineHere();
    const paths = await shoot(watched.path, 100);
    await here.ingest(watched.path);
    await here.untilSynced(watched.path);
    const posts = await here.postCount();

    await exiftool(['-overwrite_original', '-XMP-dc:Subject=harbour', ...paths]);
    const keywords = here.engine.ledger.db
      .prepare<[], string>(`SELECT keywords FROM file WHERE missing_at IS NULL AND kind = 'photo'`)
      .pluck();
    await here.until(() => expect(keywords.all()).toEqual(paths.map(() => '["harbour"]')));
    await here.untilSynced(watched.path);
    expect(await here.postCount()).toBe(posts);
    await expectInputs(here, 100);
    expect(here.engine.ledger.db.prepare('SELECT count(*) FROM file').pluck().get()).toBe(100);
  });

  it('a save by rename, and other content under the same size and time, are new pictures; the old ones stay', async () => {
    await using watched = await temporaryFolder();
    await using here = await startEngineHere();
    const [first = '', second = ''] = await shoot(watched.path, 2);
    const [, , , edited = Buffer.alloc(0), other = Buffer.alloc(0)] = variantsOf(await jpeg({ seed: 1 }), 5);
    await here.ingest(watched.path);
    await here.untilSynced(watched.path);
    const hashes = here.engine.ledger.db
      .prepare<[], string>('SELECT file_hash FROM file WHERE missing_at IS NULL ORDER BY path')
      .pluck();
    const before = hashes.all();

    await writeFile(`${first}.tmp`, edited);
    await rename(`${first}.tmp`, first);
    const { size, atimeMs, mtimeMs } = await stat(second);
    await writeFile(second, other);
    await utimes(second, atimeMs / 1000, mtimeMs / 1000);
    expect((await stat(second)).size).toBe(size);
    await here.until(() => expect(hashes.all().filter((hash) => before.includes(hash))).toEqual([]));
    await here.untilSynced(watched.path);
    await expectInputs(here, 4);
  });
});

/** Takes the root away and brings it back: by renaming it, or by unmounting a file system of its own. */
interface Drive {
  pull(): Promise<void>;
  plugIn(): Promise<void>;
}

describe.each([
  ['renamed away', false],
  ['unmounted', true],
])('a root that is %s', (_, isMounted) => {
  const isPossible = !isMounted || (process.platform === 'linux' && process.getuid?.() === 0);

  it.skipIf(!isPossible)(
    'is unreachable, no photo of it is missing, and all goes on when it is back',
    async () => {
      await using base = await temporaryFolder();
      const root = path.join(base.path, 'drive');
      const shelf = path.join(base.path, 'shelf');
      await mkdir(isMounted ? root : shelf);
      if (isMounted) await mkdir(shelf);
      const drive: Drive = isMounted
        ? {
            pull: async () => void execFileSync('umount', ['-l', root]),
            plugIn: async () => void execFileSync('mount', ['--bind', shelf, root]),
          }
        : { pull: () => rename(root, shelf), plugIn: () => rename(shelf, root) };
      if (isMounted) execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=32m', 'tmpfs', shelf]);
      try {
        await drive.plugIn();
        await using here = await startEngineHere({ ingest: { times: { rootCheckMs: 300 } } });
        await shoot(path.join(root, 'done'), 20);
        await here.ingest(root);
        await here.untilSynced(root);
        const known = here.files();
        const posts = await here.postCount();

        // Forty more come, and the drive goes while they are being read, decoded and prepared.
        await shoot(path.join(root, 'fresh'), 40, 7);
        await waitFor(() => here.files().length > known.length + 5);
        await drive.pull();
        await waitFor(async () => (await folderOf(here, root))?.health === 'unreachable');
        expect(await here.engine.api.failures({})).toEqual([]);
        expect(here.files()).toEqual(expect.arrayContaining(known));
        // Whatever was ready goes out; the others wait for their drive, and nobody else can help.
        await waitFor(async () => (await here.engine.api.overallProgress({})).state !== 'working');
        expect(here.files()).toEqual(expect.arrayContaining(known));
        expect(await here.engine.api.failures({})).toEqual([]);

        await drive.plugIn();
        await waitFor(async () => (await folderOf(here, root))?.health === 'ok');
        await here.untilSynced(root);
        await expectInputs(here, 60);
        expect(await folderOf(here, root)).toMatchObject({ mode: 'events', reason: null, detail: null });
        expect(posts).toBeGreaterThan(0);
        const failureCount = here.engine.ledger.db.prepare('SELECT count(*) FROM failure').pluck().get();
        expect(failureCount).toBe(0);
        await drive.pull();
      } finally {
        if (isMounted) for (const point of [root, shelf]) spawnSync('umount', ['-l', point]);
      }
    },
    90_000,
  );
});

async function waitFor(isSo: () => boolean | Promise<boolean>): Promise<void> {
  for (let turn = 0; turn < 2000; turn += 1) {
    if (await isSo()) return;
    await sleep(20);
  }
  throw new Error(`It did not come about in 40 s: ${String(isSo)}`);
}

describe('a root whose files all have other inodes', () => {
  it('is recognised by a sample, not by reading everything', async () => {
    await using base = await temporaryFolder();
    await using here = await startEngineHere({ ingest: { times: { rootCheckMs: 200 } } });
    const root = path.join(base.path, 'nas');
    await shoot(path.join(root, 'a'), 60);
    await shoot(path.join(root, 'b'), 60, 3);
    await here.ingest(root);
    await here.untilSynced(root);
    const inodes = here.engine.ledger.db.prepare<[], number>('SELECT inode FROM file ORDER BY path').pluck();
    const before = inodes.all();
    const posts = await here.postCount();
    identified(here);

    execFileSync('cp', ['-a', root, `${root}-mirror`]);
    await rename(root, `${root}-old`);
    await waitFor(async () => (await folderOf(here, root))?.health === 'unreachable');
    await rename(`${root}-mirror`, root);
    await here.until(() => expect(inodes.all().filter((inode) => before.includes(inode))).toEqual([]));
    await here.untilSynced(root);
    expect(identified(here).length).toBe(16);
    expect(await here.postCount()).toBe(posts);

    // Among files that only look the same, one differs: the sample may not meet it, but a few files are all read.
    const [changed = ''] = filesIn(root);
    const { atimeMs, mtimeMs } = await stat(changed);
    await writeFile(changed, variantsOf(await jpeg({ seed: 1 }), 200)[199] ?? '');
    await utimes(changed, atimeMs / 1000, mtimeMs / 1000);
    await here.until(async () => expect((await here.practice.stats()).inputs).toBe(121));
    expect(new Set(identified(here))).toEqual(new Set([changed]));
  });
});

const noRoom: StartBackend = () =>
  Promise.reject(
    Object.assign(new Error('ENOSPC: System limit for number of file watchers reached'), { code: 'ENOSPC' }),
  );
const deaf: StartBackend = () => Promise.resolve({ watchCount: () => 1, stop: () => Promise.resolve() });

describe('when the system does not tell', () => {
  it('because its limit of watches is reached, folders are scanned, say so, and are watched when it can be', async () => {
    await using watched = await temporaryFolder();
    let isFull = true;
    await using here = await startEngineHere({
      ingest: {
        times: { scanMs: 300, retryMs: 2500 },
        startEvents: (request, sink) =>
          isFull ? noRoom(request, sink) : eventsBackendOf(process.platform)(request, sink),
      },
    });
    await shoot(watched.path, 5);
    await here.ingest(watched.path);
    await here.untilSynced(watched.path);
    expect(await folderOf(here, watched.path)).toMatchObject({
      mode: expect.stringMatching(/^(?:scan|polling)$/u) as string,
      reason: expect.stringContaining('limit of watched folders is reached') as string,
      health: 'ok',
    });
    await writeFile(path.join(watched.path, 'late.png'), await png({ seed: 8 }));
    await here.untilSynced(watched.path);
    await expectInputs(here, 6);
    isFull = false;
    await waitFor(async () => (await folderOf(here, watched.path))?.mode === 'events');
    expect(await folderOf(here, watched.path)).toMatchObject({ reason: null, health: 'ok' });
  });

  it('of changes that scans then find, for the second time, the folder is switched and says why', async () => {
    await using watched = await temporaryFolder();
    await using here = await startEngineHere({
      ingest: { times: { eventsScanMs: 400, scanMs: 400 }, lateHintMs: 100, startEvents: deaf },
    });
    await here.ingest(watched.path);
    await here.untilSynced(watched.path);
    await writeFile(path.join(watched.path, 'first.png'), await png({ seed: 1 }));
    await here.untilSynced(watched.path);
    expect(await folderOf(here, watched.path)).toMatchObject({ mode: 'events', reason: null });
    await writeFile(path.join(watched.path, 'second.png'), await png({ seed: 2 }));
    await here.untilSynced(watched.path);
    await waitFor(async () => (await folderOf(here, watched.path))?.mode !== 'events');
    expect((await folderOf(here, watched.path))?.reason).toContain('that the system had not told');
    await expectInputs(here, 2);
  });

  it('changes that are told, however often it is scanned, are not held against the watch', async () => {
    await using watched = await temporaryFolder();
    await using here = await startEngineHere({
      ingest: { times: { eventsScanMs: 350 }, lateHintMs: 1500 },
    });
    await here.ingest(watched.path);
    await here.untilSynced(watched.path);
    for (let seed = 1; seed <= 12; seed += 1) {
      await shoot(path.join(watched.path, `roll-${String(seed)}`), 4, seed * 10);
      if (seed % 3 === 0) await rm(path.join(watched.path, `roll-${String(seed - 1)}`), { recursive: true });
      await writeFile(path.join(watched.path, 'empty.jpg'), '');
      await sleep(250);
    }
    await rm(path.join(watched.path, 'empty.jpg'));
    await here.untilSynced(watched.path);
    const timerScans = here.engine.ledger.db
      .prepare(`SELECT count(*) FROM scan WHERE reason = 'timer'`)
      .pluck()
      .get();
    expect(timerScans).toBeGreaterThan(3);
    // Long enough that whatever the last scans found untold would have been counted.
    await sleep(2000);
    expect(await folderOf(here, watched.path)).toMatchObject({ mode: 'events', reason: null });
  });

  it('polls small folders when the owner wants it', async () => {
    await using watched = await temporaryFolder();
    await using here = await startEngineHere({ ingest: { times: { pollMs: 100, scanMs: 3_600_000 } } });
    await shoot(watched.path, 3);
    await here.ingest(watched.path);
    const { ledger } = here.engine;
    const folder = ledger.folders.byPath(watched.path);
    ledger.folders.choose(folder?.id ?? 0, { watchChoice: 'polling' });
    await here.ingest(watched.path);
    await waitFor(async () => (await folderOf(here, watched.path))?.mode === 'polling');
    await here.untilSynced(watched.path);
    await cp(path.join(watched.path, 'IMG_001.jpg'), path.join(watched.path, 'again.jpg'));
    await writeFile(path.join(watched.path, 'more.png'), await png({ seed: 4 }));
    await here.untilSynced(watched.path);
    await expectInputs(here, 4);
  });
});
