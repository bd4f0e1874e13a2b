import { mkdir, rm, symlink } from 'node:fs/promises';
import path from 'node:path';
import { setImmediate } from 'node:timers/promises';
import sharp from 'sharp';
import { expect, test, vi } from 'vitest';
import { realClock, type Clock } from '../../electron/engine/clock.ts';
import { createChanges } from '../../electron/engine/changes.ts';
import { silentLog } from '../../electron/engine/log.ts';
import { createSheets } from '../../electron/engine/sheets/sheets.ts';
import { photoFacts } from '../../electron/engine/sheets/photo-facts.ts';
import type { SheetQuery } from '#shared/sheet.ts';
import { WHOLE_SIZE } from '#shared/thumbnail-names.ts';
import { addPhoto, destinationOf, hashOf, temporaryLedger } from '../ledger/fixture.ts';
import { startEngineHere } from '../support/engine-here.ts';
import { exiftool } from '../support/exiftool.ts';
import { temporaryFolder } from '../support/tree.ts';

const queryOf = (destinationId: number): SheetQuery => ({
  destinationId,
  filter: {},
  groupBy: 'day',
  descending: false,
});

test('a shoot that is taken in is shown, photo by photo, with all that is known of each', async () => {
  await using shoot = await temporaryFolder();
  const card = path.join(shoot.path, 'Wedding', 'Card 12');
  await mkdir(card, { recursive: true });
  const files = ['one', 'two', 'three'].map((name) => path.join(card, `${name}.jpg`));
  for (const [n, file] of files.entries()) {
    await sharp({ create: { width: 400 + n, height: 300, channels: 3, background: 'teal' } })
      .jpeg()
      .toFile(file);
  }
  const first =
    '-overwrite_original -DateTimeOriginal=2024:06:01_10:00:00 -Orientation#=6 -Model=L1 -FNumber=2.8';
  await exiftool([
    ...first.split(' ').map((word) => word.replace('_1', ' 1')),
    '-XMP:Rating=4',
    files[0] ?? '',
    '-execute',
    '-overwrite_original',
    '-DateTimeOriginal=2024:06:02 09:00:00',
    ...files.slice(1),
  ]);
  await using here = await startEngineHere();
  const { api } = here.engine;
  await here.ingest(path.join(shoot.path, 'Wedding'));
  await here.untilSynced(shoot.path);

  const query = queryOf(here.engine.ledger.destinations.all()[0]?.id ?? 0);
  const outline = await api.sheet({ query });
  expect(outline).toMatchObject({ total: 3, unfiltered: 3 });
  expect(outline.sections).toEqual([
    { key: '2024-06-01', day: '2024-06-01', folders: ['Card 12'], start: 0, count: 1 },
    { key: '2024-06-02', day: '2024-06-02', folders: ['Card 12'], start: 1, count: 2 },
  ]);
  const { rows, asOf } = await api.sheetRows({ query, from: 0, count: 500 });
  expect(asOf).toBeGreaterThanOrEqual(outline.asOf);
  expect(new Set(rows.map(({ name }) => name))).toEqual(new Set(['one.jpg', 'two.jpg', 'three.jpg']));
  expect(rows[0]).toMatchObject({
    name: 'one.jpg',
    state: 'indexed',
    orientation: 6,
    width: 300,
    height: 400,
    hasThumbnails: true,
    rating: 4,
    sortAt: Date.UTC(2024, 5, 1, 10),
    tags: [],
    hasUnsentTags: false,
  });
  const ids = await api.sheetIds({ query, from: 0, to: 99 });
  expect(ids).toEqual(rows.map(({ photoId }) => photoId));
  const [photoId = 0, second = 0] = ids;
  expect(await api.sheetPlace({ query, photoId: second })).toBe(1);
  const { destinationId } = query;
  expect((await api.rowsOf({ destinationId, photoIds: [second, 999, photoId] })).rows).toEqual([
    rows[1],
    rows[0],
  ]);

  const photo = await api.photo({ destinationId, photoId });
  expect(photo.files).toMatchObject([{ path: files[0], missingAt: null, isChosen: true }]);
  expect(photo.capture).toMatchObject({ cameraModel: 'L1', capturedAt: '2024-06-01T10:00:00' });
  expect(photo.history.map(({ what }) => what)).toEqual([
    'found',
    'queued',
    'sending',
    'accepted',
    'indexed',
  ]);
  expect(photo.history[2]?.requestId).toBeTruthy();
  expect(photo.history[4]).toMatchObject({ statusCode: 30_000 });
  expect(photo).toMatchObject({ format: 'jpeg', sentence: null, stateAt: photo.history[4]?.at });
  await expect(api.photo({ destinationId, photoId: 999 })).rejects.toThrow('There is no photo 999');

  expect((await api.exposure({ photoId })).lines).toContainEqual({ name: 'aperture', value: 2.8 });
  const whole = await api.thumbnail({ photoId, size: WHOLE_SIZE });
  expect(await sharp(whole.path ?? '').metadata()).toMatchObject({ format: 'webp', width: 300, height: 400 });

  await rm(files[0] ?? '');
  await vi.waitFor(async () => expect((await api.photo({ destinationId, photoId })).row.name).toBeNull(), {
    timeout: 20_000,
    interval: 50,
  });
  expect(await api.exposure({ photoId })).toEqual({ lines: [] });
});

test('a failed photo says why and what the service said', async () => {
  await using made = await temporaryLedger();
  const { ledger } = made;
  const at = destinationOf(ledger, 'a');
  const photoId = addPhoto(ledger, 1, { at: [at] });
  ledger.uploads.fail(photoId, at, { cause: 'cannot-decode', detail: 'bad Huffman code', at: 9 });
  expect(photoFacts(ledger, { destinationId: at, photoId })).toMatchObject({
    row: { pictureHash: hashOf(1), state: 'failed', reason: 'cannot-decode', name: null },
    stateAt: 9,
    files: [],
    capture: null,
    sentence: 'The file is not a readable picture: its data is damaged, or it is no picture at all.',
    history: [{ what: 'found' }, { what: 'failed', reason: 'cannot-decode', detail: 'bad Huffman code' }],
  });
});

test('whoever asks again at every change ends up with what there is', async () => {
  await using made = await temporaryLedger();
  const { ledger } = made;
  const at = destinationOf(ledger, 'a');
  const changes = createChanges(ledger, realClock);
  const sheets = createSheets({ ledger, ledgerPath: made.path, changes, clock: realClock, log: silentLog });
  const shown = { total: -1, asOf: -1 };
  const show = async (): Promise<void> => {
    const { total, asOf } = await sheets.outline(queryOf(at));
    if (asOf >= shown.asOf) Object.assign(shown, { total, asOf });
  };
  changes.listen(() => void show());
  await show();
  for (let n = 1; n <= 400; n += 1) {
    addPhoto(ledger, n, { at: [at] });
    await setImmediate();
    if (n % 7 === 0) void show();
  }
  expect((await sheets.idsOf(queryOf(at))).length).toBe(400);
  await vi.waitFor(() => expect(shown.total).toBe(400), { timeout: 5000 });
  await sheets.stop();
  changes.stop();
});

test('a reader that cannot read says so, and is started anew; a stopped one refuses', async () => {
  await using made = await temporaryLedger();
  const { ledger } = made;
  const at = destinationOf(ledger, 'a');
  addPhoto(ledger, 1, { at: [at] });
  const changes = createChanges(ledger, realClock);
  const ledgerPath = path.join(made.folder, 'elsewhere', 'ledger.db');
  const sheets = createSheets({ ledger, ledgerPath, changes, clock: realClock, log: silentLog });
  const ask = () => sheets.outline(queryOf(at));
  const both = await Promise.allSettled([ask(), ask()]);
  for (const { status, ...rest } of both) {
    expect(status).toBe('rejected');
    expect(String('reason' in rest ? rest.reason : '')).toMatch(/What reads the sheets stopped .+ Ask again/);
  }
  await symlink(made.folder, path.dirname(ledgerPath));
  expect(await ask()).toMatchObject({ total: 1 });
  const last = ask();
  await sheets.stop();
  await expect(last).resolves.toMatchObject({ total: 1 });
  await expect(ask()).rejects.toThrow('The engine is being stopped');
  changes.stop();
});

test('counts of facets wait for the sheets, and all that waits is answered before the end', async () => {
  await using made = await temporaryLedger();
  const { ledger } = made;
  const at = destinationOf(ledger, 'a');
  addPhoto(ledger, 1, { at: [at] });
  const changes = createChanges(ledger, realClock);
  const sheets = createSheets({ ledger, ledgerPath: made.path, changes, clock: realClock, log: silentLog });
  const answered: string[] = [];
  const note = (what: string) => () => void answered.push(what);
  const query = queryOf(at);
  const all = [
    sheets.facet(query, 'state').then(note('state')),
    sheets.facet(query, 'camera').then(note('camera')),
    sheets.outline(query).then(note('outline')),
    sheets.facet(query, 'day').then(note('day')),
    sheets.idsOf(query).then(note('ids')),
  ];
  await sheets.stop();
  await Promise.all(all);
  // The first one was being answered already.
  expect(answered).toEqual(['state', 'outline', 'ids', 'camera', 'day']);
  changes.stop();
});

test('rows never wait for a reader that has much to read, and are as new as their answer says', async () => {
  await using made = await temporaryLedger();
  const { ledger } = made;
  const at = destinationOf(ledger, 'a');
  const first = addPhoto(ledger, 1, { at: [at] });
  const changes = createChanges(ledger, realClock);
  // No answer of another thread can come before a microtask: to these sheets every reader is a slow one.
  const impatient: Clock = {
    ...realClock,
    setTimer(run) {
      queueMicrotask(run);
      return { cancel: () => {} };
    },
  };
  const parts = { ledger, ledgerPath: made.path, changes, log: silentLog };
  const sheets = createSheets({ ...parts, clock: impatient });
  const query = queryOf(at);
  // The first question has to wait.
  expect(await sheets.rows(query, 0, 10)).toMatchObject({ total: 1, rows: [{ photoId: first }] });
  const second = addPhoto(ledger, 2, { at: [at] });
  ledger.tags.set(first, ledger.concepts.ensure('bride', 1).id, 1);
  const asOf = changes.asOf();
  const answer = await sheets.rows(query, 0, 10);
  expect(answer).toMatchObject({ total: 1, rows: [{ photoId: first, tags: [{ name: 'bride' }] }] });
  expect(answer.asOf).toBeGreaterThanOrEqual(asOf);
  expect(await sheets.placeOf(query, second)).toBeNull();
  await vi.waitFor(async () => expect(await sheets.outline(query)).toMatchObject({ total: 2 }));
  expect(await sheets.idsBetween(query, 0, 9)).toEqual([first, second]);
  expect(await sheets.placeOf(query, second)).toBe(1);
  expect(await sheets.rows(query, 1, 10)).toMatchObject({ from: 1, total: 2, rows: [{ photoId: second }] });
  await sheets.stop();
  changes.stop();
});

test('photos whose files have odd times stand under days of odd names, which can be filtered by', async () => {
  await using here = await startEngineHere();
  const { ledger, api } = here.engine;
  const at = destinationOf(ledger, 'a');
  for (const [n, sortAt] of [-1, 9e15, 8.64e15, Date.UTC(12_345, 0, 1), -9e15].entries()) {
    addPhoto(ledger, n, { at: [at], sortAt });
  }
  const query = queryOf(at);
  const { sections, total } = await api.sheet({ query });
  expect(total).toBe(5);
  expect(sections.map(({ key, count }) => [key, count])).toEqual([
    ['-271821-04-20', 1],
    ['1969-12-31', 1],
    ['+012345-01-01', 1],
    ['+275760-09-13', 2],
  ]);
  const { values } = await api.facets({ query, facet: 'day' });
  for (const { value, count } of values) {
    const filter = { capturedFrom: value, capturedTo: value };
    expect(await api.sheet({ query: { ...query, filter } })).toMatchObject({ total: count });
  }
  expect(values.length).toBe(4);
});
