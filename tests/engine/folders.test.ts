/** Changing and removing watched folders: what is promised in the window is what reaches the account. */
import { createHash } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import sharp from 'sharp';
import { expect, test, vi } from 'vitest';
import { makeRendition } from '../../electron/engine/imaging/rendition.ts';
import { startEngineHere, type EngineHere } from '../support/engine-here.ts';
import { jpeg, png } from '../support/pictures.ts';
import { temporaryFolder } from '../support/tree.ts';
import type { RenditionRecipe } from '#shared/folders.ts';

const PLACE = { latitude: 53.5413, longitude: 9.9841 };
const FACTS = { capturedAt: '2026-05-02T14:03:05', captureOffset: '+02:00', cameraMake: 'Lumen', ...PLACE };

async function shoot(file: string, seed: number): Promise<string> {
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, await jpeg({ width: 900, height: 600, seed, exif: FACTS }));
  return file;
}

/** The one watched folder as the page is told of it. */
async function onlyFolder({ engine }: EngineHere) {
  const { folders } = await engine.api.folders({});
  expect(folders.length).toBe(1);
  const [folder] = folders;
  if (folder === undefined) throw new Error('No folder is watched.');
  return folder;
}

function photoAt({ engine }: EngineHere, name: string): number {
  const row = engine.ledger.db
    .prepare<[string], number>('SELECT photo_id FROM file WHERE path = ? AND photo_id IS NOT NULL')
    .pluck()
    .get(name);
  if (row === undefined) throw new Error(`${name} is no photo yet.`);
  return row;
}

const stateOf = ({ engine }: EngineHere, name: string): string | undefined =>
  engine.ledger.db
    .prepare<[string], string>(
      `SELECT state || coalesce(' ' || reason, '') FROM upload JOIN file USING (photo_id) WHERE path = ?`,
    )
    .pluck()
    .get(name);

function untilState(here: EngineHere, name: string, state: string): Promise<void> {
  return vi.waitFor(() => expect(stateOf(here, name)).toBe(state), { timeout: 20_000, interval: 20 });
}

/** What the account has of a photo. */
async function inputOf(here: EngineHere, photoId: number) {
  const { engine, practice } = here;
  const { inputId } = (engine.ledger.uploads.ofPhoto(photoId)[0] ?? {}) as { inputId?: string };
  const found = (await practice.inputs()).find(({ id }) => id === inputId);
  if (found === undefined) throw new Error(`The account has no input ${String(inputId)}.`);
  return found;
}

const digest = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

/** The copy that a recipe makes of a file: the digest of its bytes, its size, and whether it has metadata. */
async function copyOf(file: string, recipe: RenditionRecipe, target: string) {
  const made = await makeRendition({
    kind: 'rendition',
    path: file,
    format: 'jpeg',
    orientation: 1,
    recipe,
    target,
  });
  if (made.kind !== 'made') throw new Error(made.detail);
  const bytes = await readFile(target);
  const { width, height, exif, xmp, icc } = await sharp(bytes).metadata();
  return {
    sha256: digest(bytes),
    bytes: bytes.length,
    width,
    height,
    bare: [exif, xmp, icc].every((part) => part === undefined),
  };
}

test('a changed profile changes the very bytes and metadata that arrive, and the view says so before', async () => {
  await using watched = await temporaryFolder();
  await using scratch = await temporaryFolder();
  await using here = await startEngineHere();
  const { api } = here.engine;
  const at = (name: string): string => path.join(watched.path, name);
  await shoot(at('before.jpg'), 1);
  await here.ingest(watched.path);
  await here.untilSynced(watched.path);
  const { id: folderId, destinationId, ...first } = await onlyFolder(here);
  expect(first).toMatchObject({
    path: watched.path,
    health: 'ok',
    isAtWork: true,
    sends: 'rendition',
    recipe: { longEdge: 2048, quality: 85 },
    sendsGps: false,
    sendsCaptureTime: false,
    sendsFileName: false,
    addsFolderName: false,
    concepts: [],
    counts: { indexed: 1 },
    lastScan: { seenCount: 1, missingCount: 0, detail: null },
  });
  const before = photoAt(here, 'before.jpg');
  const sentBefore = await inputOf(here, before);
  expect(sentBefore).toMatchObject({ metadata: null, geo: null, concepts: {} });

  const done = await api.changeFolder({
    folderId,
    change: {
      recipe: { longEdge: 300, quality: 40 },
      sendsGps: true,
      sendsCaptureTime: true,
      sendsFileName: true,
      concepts: ['wedding'],
      addsFolderName: true,
    },
  });
  expect(done.photoCount).toBe(1);
  const folderName = path.basename(watched.path);
  await here.until(async () =>
    expect(await inputOf(here, before)).toEqual({
      ...sentBefore,
      concepts: { wedding: 1, [folderName]: 1 },
    }),
  );

  // One that waits while the folder is changed once more goes as the folder is then.
  await api.pause({});
  const file = await shoot(at('Day 1/after.jpg'), 2);
  await untilState(here, 'Day 1/after.jpg', 'queued');
  const after = photoAt(here, 'Day 1/after.jpg');
  expect((await api.leaving({ photoId: after, destinationId })).request?.picture).toMatchObject({
    width: 300,
    height: 200,
    quality: 40,
  });
  await api.changeFolder({ folderId, change: { recipe: { longEdge: 450, quality: 50 } } });
  const told = await api.leaving({ photoId: after, destinationId });
  expect(told).toMatchObject({ state: 'queued', stays: null, isPractice: true, origin: null });
  await api.resume({});
  await here.untilSynced(watched.path);
  const copy = await copyOf(file, { longEdge: 450, quality: 50 }, path.join(scratch.path, 'copy.jpg'));
  expect(copy).toMatchObject({ width: 450, height: 300, bare: true });
  const { request } = told;
  expect(request).toMatchObject({
    picture: { sends: 'rendition', width: 450, height: 300, quality: 50, holds: [] },
    fields: [
      { name: 'file_name', value: 'after.jpg' },
      { name: 'captured_at', value: '2026-05-02T14:03:05+02:00' },
    ],
  });
  const arrived = await inputOf(here, after);
  expect(arrived).toMatchObject({ sha256: copy.sha256, bytes: copy.bytes });
  expect(arrived.id).toBe(request?.inputId);
  expect(arrived.metadata).toEqual(
    Object.fromEntries((request?.fields ?? []).map(({ name, value }) => [name, value])),
  );
  expect(arrived.concepts).toEqual(
    Object.fromEntries((request?.concepts ?? []).map(({ id, value }) => [id, value])),
  );
  expect(new Set(request?.concepts.map(({ name }) => name))).toEqual(new Set(['wedding', 'Day 1']));
  expect(request?.place?.latitude).toBeCloseTo(PLACE.latitude, 3);
  expect(request?.place?.longitude).toBeCloseTo(PLACE.longitude, 3);
  expect(JSON.parse(request?.json ?? '')).toMatchObject({ data: { geo: arrived.geo } });

  // The file itself: every byte, and the view tells what is known to be in it.
  await api.changeFolder({
    folderId,
    change: { sends: 'original', sendsGps: false, concepts: [], addsFolderName: false },
  });
  const whole = await shoot(at('whole.jpg'), 3);
  await here.untilSynced(watched.path);
  const photoId = photoAt(here, 'whole.jpg');
  expect(await inputOf(here, photoId)).toMatchObject({
    sha256: digest(await readFile(whole)),
    geo: null,
    concepts: {},
  });
  const { picture } = (await api.leaving({ photoId, destinationId })).request ?? {};
  expect(picture).toMatchObject({ sends: 'original', width: 900, height: 600, quality: null });
  expect(picture?.holds.map(({ name }) => name)).toEqual(['place', 'captured_at', 'camera']);
  // Nothing that was there before was sent a second time.
  expect(await here.practice.stats()).toMatchObject({ inputs: 3, inputsStoredTwice: 0 });
  expect(await onlyFolder(here)).toMatchObject({ concepts: [], addsFolderName: false, sends: 'original' });
});

test('a removed folder keeps photos and history, sends nothing more, and comes back by undo', async () => {
  await using watched = await temporaryFolder();
  await using here = await startEngineHere();
  const { api, ledger } = here.engine;
  await shoot(path.join(watched.path, 'sent.jpg'), 1);
  await here.ingest(watched.path);
  await here.untilSynced(watched.path);
  const { id: folderId, destinationId } = await onlyFolder(here);
  await api.pause({});
  await shoot(path.join(watched.path, 'waits.jpg'), 2);
  await untilState(here, 'waits.jpg', 'queued');
  const sent = photoAt(here, 'sent.jpg');
  const history = (await api.photo({ photoId: sent, destinationId })).history;

  await api.removeFolder({ folderId });
  expect((await api.folders({})).folders).toEqual([]);
  expect([stateOf(here, 'sent.jpg'), stateOf(here, 'waits.jpg')]).toEqual([
    'indexed',
    'skipped folder-removed',
  ]);
  const facts = await api.photo({ photoId: sent, destinationId });
  expect({ history: facts.history, files: facts.files.length }).toEqual({ history, files: 1 });
  expect(await api.leaving({ photoId: photoAt(here, 'waits.jpg'), destinationId })).toMatchObject({
    stays: 'Its folder is not watched any more.',
    request: null,
  });
  await expect(api.rescanFolder({ folderId })).rejects.toThrow('not watched any more');
  await shoot(path.join(watched.path, 'later.jpg'), 3);
  await api.resume({});
  await here.until(() => expect(ledger.counts.of(destinationId)).toMatchObject({ indexed: 1, skipped: 1 }));
  expect(await here.practice.stats()).toMatchObject({ inputs: 1 });

  await api.undo({ destinationId });
  await here.untilSynced(watched.path);
  expect(await here.practice.stats()).toMatchObject({ inputs: 3, inputsStoredTwice: 0 });
  expect(await onlyFolder(here)).toMatchObject({ id: folderId, path: watched.path, isAtWork: true });
});

test('patterns leave out exactly what their preview says, and undo brings it back', async () => {
  await using watched = await temporaryFolder();
  await using here = await startEngineHere();
  const { api } = here.engine;
  const at = (name: string): string => path.join(watched.path, name);
  await shoot(at('kept.jpg'), 1);
  await shoot(at('Rejects/one.jpg'), 2);
  await shoot(at('Rejects/deep/two.jpg'), 3);
  await writeFile(at('drawing.png'), await png({ seed: 4 }));
  await here.ingest(watched.path);
  await here.untilSynced(watched.path);
  const { id: folderId, destinationId } = await onlyFolder(here);
  const excludeGlobs = ['Rejects', '*.png'];
  expect(await api.previewExclude({ folderId, excludeGlobs })).toEqual({
    fileCount: 3,
    examples: ['Rejects/deep/two.jpg', 'Rejects/one.jpg', 'drawing.png'],
    returningCount: 0,
  });
  await expect(api.previewExclude({ folderId, excludeGlobs: ['['] })).rejects.toThrow('bracket');
  await expect(api.changeFolder({ folderId, change: { excludeGlobs: ['../x'] } })).rejects.toThrow(
    'leaves the',
  );
  const paths = (): string[] => here.files().map((file) => path.relative(watched.path, file.path));
  await api.changeFolder({ folderId, change: { excludeGlobs } });
  await here.until(() => expect(paths()).toEqual(['kept.jpg']));
  expect(await api.previewExclude({ folderId, excludeGlobs: ['*.png'] })).toMatchObject({
    fileCount: 0,
    returningCount: 2,
  });
  await here.until(async () =>
    expect(await onlyFolder(here)).toMatchObject({
      excludeGlobs,
      isScanning: false,
      lastScan: { seenCount: 1 },
    }),
  );
  await api.undo({ destinationId });
  await here.untilSynced(watched.path);
  expect(paths().length).toBe(4);
  expect(await here.practice.stats()).toMatchObject({ inputs: 4, inputsStoredTwice: 0 });
});

test('metadata and absent concepts of an ingest travel until they are taken away, and undo brings them back', async () => {
  await using watched = await temporaryFolder();
  await using here = await startEngineHere();
  const { api } = here.engine;
  await shoot(path.join(watched.path, 'a.jpg'), 1);
  const metadata = { client: 'Miller', job: 12 };
  const order = { folders: [watched.path], destination: null, concepts: ['wedding'], notConcepts: ['guest'] };
  await api.startIngest({ ...order, metadata });
  await here.untilSynced(watched.path);
  const { id: folderId, destinationId, ...told } = await onlyFolder(here);
  const guest = { name: 'guest', value: 0 };
  expect(told).toMatchObject({ metadata, concepts: [{ name: 'wedding', value: 1 }, guest] });
  expect(await inputOf(here, photoAt(here, 'a.jpg'))).toMatchObject({ metadata, concepts: { guest: 0 } });
  await expect(
    api.changeFolder({ folderId, change: { concepts: ['guest'], notConcepts: ['guest'] } }),
  ).rejects.toThrow('Photos cannot get “guest” and “not guest”.');

  const { photoCount } = await api.changeFolder({
    folderId,
    change: { metadata: null, concepts: ['guest'], notConcepts: ['cake'] },
  });
  expect([photoCount, await onlyFolder(here)]).toEqual([
    1,
    expect.objectContaining({
      metadata: null,
      concepts: [
        { ...guest, value: 1 },
        { name: 'cake', value: 0 },
      ],
    }),
  ]);
  await shoot(path.join(watched.path, 'b.jpg'), 2);
  await here.untilSynced(watched.path);
  for (const name of ['a.jpg', 'b.jpg']) {
    await here.until(async () =>
      expect((await inputOf(here, photoAt(here, name))).concepts).toMatchObject({ guest: 1, cake: 0 }),
    );
  }
  expect((await inputOf(here, photoAt(here, 'b.jpg'))).metadata).toBeNull();
  await api.undo({ destinationId });
  expect(await onlyFolder(here)).toMatchObject({
    metadata,
    concepts: [{ name: 'wedding', value: 1 }, guest],
  });
});

test('another destination gets the photos too, and the one before keeps what it has', async () => {
  await using watched = await temporaryFolder();
  await using here = await startEngineHere();
  const { api, ledger } = here.engine;
  await shoot(path.join(watched.path, 'one.jpg'), 1);
  await here.ingest(watched.path);
  await here.untilSynced(watched.path);
  const { id: folderId, destinationId: before } = await onlyFolder(here);
  const names = { baseUrl: 'http://127.0.0.1:1', userId: 'someone', appId: 'else' };
  const { destinationId } = await api.addDestination(names);
  await api.changeFolder({ folderId, change: { destinationId } });
  const photoId = photoAt(here, 'one.jpg');
  await vi.waitFor(() => expect(ledger.uploads.get(photoId, destinationId)?.state).toBe('queued'), {
    timeout: 20_000,
  });
  expect(ledger.uploads.get(photoId, before)?.state).toBe('indexed');
  expect(await onlyFolder(here)).toMatchObject({ destinationId, counts: { queued: 1 } });
  expect(await api.leaving({ photoId, destinationId })).toMatchObject({
    isPractice: false,
    state: 'queued',
    stays: null,
  });
  await api.undo({ destinationId: before });
  expect(await onlyFolder(here)).toMatchObject({ destinationId: before, counts: { indexed: 1 } });
  expect(ledger.uploads.get(photoId, destinationId)).toMatchObject({ reason: 'other-destination' });
  await api.redo({ destinationId: before });
  await vi.waitFor(() => expect(ledger.uploads.get(photoId, destinationId)?.state).toBe('queued'), {
    timeout: 20_000,
  });
});
