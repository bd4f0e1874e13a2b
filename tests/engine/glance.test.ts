/** What the frame of the window shows, over the real engine, and the calls that set accounts and folders up. */
import { symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { DEFAULT_VIEW } from '#shared/glance.ts';
import { startEngineHere, type EngineHere } from '../support/engine-here.ts';
import { jpeg } from '../support/pictures.ts';
import { temporaryFolder, writeTree, type TemporaryFolder } from '../support/tree.ts';

let folder: TemporaryFolder;
let here: EngineHere;
let photos: string;

beforeAll(async () => {
  folder = await temporaryFolder();
  photos = path.join(folder.path, 'photos');
  await writeTree(photos, {
    'a.jpg': await jpeg({ seed: 1 }),
    'b.jpg': await jpeg({ seed: 2 }),
    'torn.jpg': 'this is no picture',
    'empty.jpg': '',
  });
  here = await startEngineHere();
});
afterAll(async () => {
  await here[Symbol.asyncDispose]();
  await folder[Symbol.asyncDispose]();
});

it('has the practice account from the first look on', async () => {
  const { api } = here.engine;
  const glance = await api.glance({ destinationId: null });
  expect(glance).toMatchObject({
    destinations: [
      { id: glance.destinationId, isPractice: true, photoCount: 0, needYouCount: 0, hold: null },
    ],
    folders: [],
    failureCount: 0,
    holds: [],
    activity: 'up to date',
    bytesPerSecond: 0,
    secondsLeft: 0,
    editsWaiting: { there: 0, withPhoto: 0 },
    editsNextAt: null,
    notices: [],
  });
  expect((await api.glance({ destinationId: null })).destinations).toHaveLength(1);
  await expect(api.glance({ destinationId: 77 })).rejects.toThrow('not known here');
});

it('watches folders, and counts what is there, what failed and what waits', async () => {
  const { api } = here.engine;
  const { destinationId } = await api.glance({ destinationId: null });
  const { folderIds } = await api.addFolders({ paths: [photos, photos], destinationId });
  expect(folderIds).toHaveLength(1);
  await here.until(async () => {
    const { counts, failureCount } = await api.glance({ destinationId });
    expect([counts.indexed, failureCount]).toEqual([2, 2]);
  });
  const glance = await api.glance({ destinationId });
  expect(glance).toMatchObject({
    folders: [{ id: folderIds[0], path: photos, isAtWork: true, health: 'ok' }],
    activity: 'up to date',
    secondsLeft: 0,
  });
  expect(glance.destinations[0]?.photoCount).toBe(
    Object.values(glance.counts).reduce((sum, count) => sum + count, 0),
  );

  // Photos by their files, whatever other files are named beside them.
  const named = (...names: string[]) =>
    api.photosOfFiles({ paths: names.map((name) => path.join(photos, name)) });
  const opened = await named('gone.jpg', 'b.jpg', 'empty.jpg', 'a.jpg', path.join('..', 'photos', 'b.jpg'));
  expect(opened).toMatchObject({ destinationId, photoIds: { length: 2 } });
  const { rows } = await api.rowsOf({ destinationId, photoIds: opened?.photoIds ?? [] });
  expect(rows.map(({ name }) => name)).toEqual(['b.jpg', 'a.jpg']);
  expect(await named('empty.jpg')).toBeNull();
  expect(await api.photosOfFiles({ paths: [path.join(folder.path, 'elsewhere', 'a.jpg')] })).toBeNull();

  // While nothing is sent, tags of photos that are there wait, and nobody knows until when.
  const ids = here.engine.ledger.db
    .prepare<[], number>(`SELECT photo_id FROM upload WHERE state = 'indexed' ORDER BY photo_id`)
    .pluck()
    .all();
  await here.engine.api.pause({});
  await api.tag({
    target: { photoIds: ids },
    wishes: [{ concept: { name: 'coast' }, value: 1 }],
    destinationId,
  });
  expect(await api.glance({ destinationId })).toMatchObject({
    editsWaiting: { there: 2, withPhoto: 0 },
    holds: [{ kind: 'paused' }],
    editsNextAt: null,
  });
  await here.engine.api.resume({});
  await vi.waitFor(async () => expect((await api.glance({ destinationId })).editsWaiting.there).toBe(0), {
    timeout: 10_000,
  });
});

it('refuses folders in words that name them', async () => {
  const { api } = here.engine;
  const { destinationId } = await api.glance({ destinationId: null });
  await writeFile(path.join(folder.path, 'file.txt'), '');
  await symlink(path.join(here.dataFolder, 'thumbnails'), path.join(folder.path, 'link'));
  const cases: [string, string][] = [
    ['photos', 'photos is no full path'],
    [path.join(folder.path, 'nothing'), 'There is no folder'],
    [path.join(folder.path, 'file.txt'), 'is a file'],
    [here.dataFolder, 'belongs to Tagalong itself'],
    [path.join(folder.path, 'link'), 'belongs to Tagalong itself'],
  ];
  for (const [tried, words] of cases) {
    const refused = api.addFolders({ paths: [photos, tried], destinationId });
    await expect(refused, tried).rejects.toMatchObject({
      name: 'OrderError',
      message: expect.stringContaining(words),
    });
    await expect(refused, tried).rejects.toThrow(tried);
  }
  await expect(api.addFolders({ paths: [photos], destinationId: 77 })).rejects.toThrow('not known here');
  expect(here.engine.ledger.folders.all()).toHaveLength(1);
});

it('makes accounts known once, and no token travels unencrypted to another machine', async () => {
  const { api } = here.engine;
  const names = { baseUrl: 'https://api.clarifai.com', userId: 'ann', appId: 'shoots' };
  const { destinationId } = await api.addDestination(names);
  expect(await api.addDestination({ ...names, baseUrl: 'https://api.clarifai.com/' })).toEqual({
    destinationId,
  });
  const glance = await api.glance({ destinationId });
  expect(glance).toMatchObject({ destinationId, folders: [], counts: { indexed: 0 } });
  // What is wrong at an account is told wherever one looks.
  const { ledger } = here.engine;
  for (const kind of ['offline', 'token-rejected'] as const)
    ledger.holds.place(destinationId, kind, { at: 1, until: null, detail: null });
  const [practice] = glance.destinations;
  const looked = await api.glance({ destinationId: practice?.id ?? 0 });
  expect(looked.holds).toEqual([]);
  expect(
    looked.destinations.map(({ isPractice, needYouCount, hold }) => [isPractice, needYouCount, hold?.kind]),
  ).toEqual([
    [true, 2, undefined],
    [false, 0, 'token-rejected'],
  ]);
  for (const baseUrl of [
    'http://api.clarifai.com',
    'ftp://x',
    'nonsense',
    'https://a:b@c',
    'https://a/?q=1',
    'practice:',
  ]) {
    await expect(api.addDestination({ ...names, baseUrl }), baseUrl).rejects.toMatchObject({
      name: 'OrderError',
      message: expect.stringMatching(/^The address has to /u),
    });
  }
});

it('keeps how the window is liked, whatever an other version wrote', async () => {
  const { api, ledger } = here.engine;
  expect((await api.viewSettings({})).settings).toEqual(DEFAULT_VIEW);
  const saved = await api.saveViewSettings({
    settings: { theme: 'dark', interfaceSize: 130, keys: { undo: null } },
  });
  expect(saved.settings).toEqual({
    ...DEFAULT_VIEW,
    theme: 'dark',
    interfaceSize: 130,
    keys: { undo: null },
  });
  expect(saved.asOf).toBeGreaterThan(0);
  ledger.settings.set('view', {
    theme: 'sepia',
    interfaceSize: 117,
    sheetSize: 'large',
    keys: 7,
    groupBy: 'day',
    new: true,
  });
  expect((await api.viewSettings({})).settings).toEqual({ ...DEFAULT_VIEW, sheetSize: 'large' });
  ledger.settings.set('view', 'nonsense');
  expect((await api.viewSettings({})).settings).toEqual(DEFAULT_VIEW);
  await expect(api.saveViewSettings({ settings: { theme: 'sepia' } as never })).rejects.toThrow();
});

it('keeps filters by name, and takes them back with undo', async () => {
  const { api } = here.engine;
  const { destinationId } = await api.glance({ destinationId: null });
  const filter = { id: 'f1', name: 'Untagged', filter: { untagged: true } };
  await api.saveFilters({ filters: [filter], label: 'Save filter Untagged' });
  expect((await api.savedFilters({})).filters).toEqual([filter]);
  await api.undo({ destinationId });
  expect((await api.savedFilters({})).filters).toEqual([]);
  await api.redo({ destinationId });
  expect((await api.savedFilters({})).filters).toEqual([filter]);
});
