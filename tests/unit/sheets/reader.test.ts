/** The reader against the simplest thing that could be right: lists of photos, filtered one by one. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import fc from 'fast-check';
import { openLedger, type Ledger } from '../../../electron/engine/ledger/ledger.ts';
import { createSheetMarks, type SheetMarks } from '../../../electron/engine/ledger/sheet-marks.ts';
import { createReader, type Reader } from '../../../electron/engine/sheets/reader.ts';
import type { Answers, Question } from '../../../electron/engine/sheets/questions.ts';
import { NO_CAPTURE_FACTS } from '#shared/capture.ts';
import { PHOTO_STATES, type PhotoState } from '#shared/photo.ts';
import type { SheetFilter, SheetQuery } from '#shared/sheet.ts';
import {
  addPhoto,
  destinationOf,
  hashOf,
  temporaryLedger,
  type TemporaryLedger,
} from '../../ledger/fixture.ts';

const DAY = 86_400_000;
const NO_MARKS: SheetMarks = { order: 0, state: 0, file: 0, chosen: 0, folder: 0, tag: 0, concept: 0 };
const ROOTS = ['/shoots/Card 12', '/shoots/Wedding Ähre', '/elsewhere/Old'];
const DIRECTORIES = ['', 'a', 'a/b', 'DCIM/100CANON', 'ab'];
const NAMES = ['IMG_1.jpg', 'img_22.JPG', 'Ünder.jpg', '100%.jpg'];
const TEXTS = [
  'img',
  'ÜN',
  '0%',
  '_',
  '22.j',
  'card',
  'a/b',
  '12/a',
  'b/IMG',
  'zzz',
  'ähre',
  '12/1',
  'old/2',
  '"',
  'canon',
];

interface Known {
  readonly id: number;
  readonly sortAt: number;
  readonly state: PhotoState;
  readonly files: readonly {
    root: number;
    directory: string;
    name: string;
    isMissing: boolean;
    isChosen: boolean;
  }[];
  readonly camera: string;
  readonly rating: number | null;
  readonly tags: ReadonlyMap<number, 0 | 1>;
}

let made: TemporaryLedger;
let destinationId: number;
let folders: number[];
let concepts: number[];
let known: Known[];
let reader: Reader;
let readerLedger: Ledger;

/** 300 photos; folder 3 goes to another destination, but holds some of the photos too. */
function fill(ledger: Ledger): void {
  destinationId = destinationOf(ledger, 'a');
  const other = destinationOf(ledger, 'b');
  folders = ROOTS.map((root, n) => ledger.folders.add(root, n === 2 ? other : destinationId, 1).id);
  concepts = ['bride', 'groom', 'cake'].map((name) => ledger.concepts.ensure(name, 1).id);
  known = [];
  for (let n = 1; n <= 300; n += 1) {
    const sortAt = Date.UTC(2024, 0, 1) + ((n * 7919) % 97) * (DAY / 8);
    const isHere = n % 11 !== 0;
    const id = addPhoto(ledger, n, { sortAt, at: isHere ? [destinationId] : [other] });
    const state: PhotoState = !isHere ? 'found' : n % 3 === 0 ? 'queued' : n % 7 === 0 ? 'skipped' : 'found';
    if (isHere && state === 'queued') ledger.uploads.queue(id, 2);
    if (isHere && state === 'skipped') ledger.uploads.skip(id, destinationId, 'skipped-by-owner', 2);
    const camera = ['', 'L1', 'L2'][n % 3] ?? '';
    const rating = [null, 0, 3, 5, -1][n % 5] ?? null;
    const places = n % 13 === 0 ? [] : n % 4 === 0 ? [n, n + 1, n + 7] : [n];
    const files = places.map((place, m) => ({
      root: place % 3,
      directory: DIRECTORIES[(place * 3 + m) % DIRECTORIES.length] ?? '',
      name: `${n}-${m} ${NAMES[place % NAMES.length]}`,
      isMissing: (n + m) % 9 === 0,
      isChosen: m === 0,
    }));
    for (const file of files) {
      const folderId = folders[file.root] ?? 0;
      const relative = file.directory === '' ? file.name : `${file.directory}/${file.name}`;
      const fileId = ledger.files.record({
        folderId,
        path: relative,
        stamp: { size: 10, mtimeMs: 1.5, ctimeMs: 2.5, inode: 3 },
        at: 5,
        kind: 'photo',
        photoId: id,
        fileHash: hashOf(id),
        format: 'jpeg',
        facts: { ...NO_CAPTURE_FACTS, cameraModel: camera === '' ? null : camera, rating },
        sortAt,
      });
      if (file.isChosen) ledger.photos.choose(id, fileId, 1, sortAt);
      if (file.isMissing) ledger.files.markMissing(folderId, relative, 9);
    }
    const tags = new Map<number, 0 | 1>();
    if (n % 4 < 2) tags.set(concepts[0] ?? 0, n % 8 < 6 ? 1 : 0);
    if (n % 13 === 0) tags.set(concepts[1] ?? 0, 1);
    for (const [concept, value] of tags) ledger.tags.set(id, concept, value);
    const hasFacts = files.length > 0;
    if (isHere)
      known.push({
        id,
        sortAt,
        state,
        files,
        camera: hasFacts ? camera : '',
        rating: hasFacts ? rating : null,
        tags,
      });
  }
  known.sort((a, b) => a.sortAt - b.sortAt || a.id - b.id);
}

beforeAll(async () => {
  made = await temporaryLedger();
  fill(made.ledger);
  readerLedger = openLedger(made.path, { readonly: true });
  reader = createReader(readerLedger.db, () => 0);
});
afterAll(async () => {
  readerLedger.close();
  await made[Symbol.asyncDispose]();
});

const dayOf = (photo: Known): string => new Date(photo.sortAt).toISOString().slice(0, 10);
const isBelow = (directory: string, above: string): boolean =>
  `${directory}/`.startsWith(above === '' ? '' : `${above}/`);
const shownPath = (file: Known['files'][number]): string =>
  [(ROOTS[file.root] ?? '').split('/').at(-1), file.directory, file.name]
    .filter((part) => part !== '')
    .join('/');

function shows(filter: SheetFilter, photo: Known): boolean {
  const {
    states,
    folder,
    concepts: tagged = [],
    untagged,
    capturedFrom,
    capturedTo,
    cameras,
    ratings,
    text,
  } = filter;
  const present = photo.files.filter(({ isMissing }) => !isMissing);
  return (
    (states === undefined || states.includes(photo.state)) &&
    (folder === undefined ||
      present.some(
        (file) => folders[file.root] === folder.folderId && isBelow(file.directory, folder.directory),
      )) &&
    tagged.every(({ conceptId, value }) => (photo.tags.get(conceptId) ?? null) === value) &&
    (untagged === undefined || untagged === (photo.tags.size === 0)) &&
    (capturedFrom === undefined || dayOf(photo) >= capturedFrom) &&
    (capturedTo === undefined || dayOf(photo) <= capturedTo) &&
    (cameras === undefined || cameras.includes(photo.camera)) &&
    (ratings === undefined || ratings.includes(photo.rating)) &&
    (text === undefined || present.some((file) => shownPath(file).toLowerCase().includes(text.toLowerCase())))
  );
}

function ask<Kind extends Question['kind']>(question: Question & { readonly kind: Kind }): Answers[Kind] {
  return reader.answer(question, { asOf: 1, marks: NO_MARKS }).value as Answers[Kind];
}
const count = (parts: SheetFilter): number => known.filter((photo) => shows(parts, photo)).length;
const idsOf = (query: SheetQuery): number[] => Array.from(ask({ kind: 'outline', query }).photoIds);

const day = fc
  .integer({ min: -2, max: 16 })
  .map((n) => new Date(Date.UTC(2024, 0, 1) + n * DAY).toISOString().slice(0, 10));
const filters = fc.record<SheetFilter>(
  {
    states: fc.subarray([...PHOTO_STATES]),
    folder: fc.record({
      folderId: fc.integer({ min: 0, max: 3 }).map((n) => folders[n] ?? 99),
      directory: fc.constantFrom(...DIRECTORIES, 'none'),
    }),
    concepts: fc.array(
      fc.record({
        conceptId: fc.integer({ min: 0, max: 2 }).map((n) => concepts[n] ?? 0),
        value: fc.constantFrom(0 as const, 1 as const, null),
      }),
      { maxLength: 2 },
    ),
    untagged: fc.boolean(),
    capturedFrom: day,
    capturedTo: day,
    cameras: fc.subarray(['', 'L1', 'L2', 'none']),
    ratings: fc.subarray([null, -1, 0, 3, 5]),
    text: fc.constantFrom(...TEXTS),
  },
  { requiredKeys: [] },
);
const queries = filters.chain((filter) =>
  fc.record({
    destinationId: fc.constant(0).map(() => destinationId),
    filter: fc.constant(filter),
    groupBy: fc.constantFrom('day' as const, 'folder' as const),
    descending: fc.boolean(),
  }),
);

test('any filter shows the photos that it should, and sections cover them', () => {
  fc.assert(
    fc.property(queries, (query) => {
      const expected = known.filter((photo) => shows(query.filter, photo));
      const ids = idsOf(query);
      const { total, unfiltered, sections } = ask({ kind: 'outline', query }).outline;
      expect({ total, unfiltered }).toEqual({ total: expected.length, unfiltered: known.length });
      const inTime = (query.descending ? expected.toReversed() : expected).map(({ id }) => id);
      if (query.groupBy === 'day') expect(ids).toEqual(inTime);
      else expect(ids.toSorted((a, b) => a - b)).toEqual(inTime.toSorted((a, b) => a - b));

      expect(new Set(sections.map(({ key }) => key)).size).toBe(sections.length);
      let start = 0;
      for (const section of sections) {
        expect(section.start).toBe(start);
        const own = ids.slice(start, start + section.count);
        start += section.count;
        expect(own).toEqual(inTime.filter((id) => own.includes(id)));
        const photos = own.map((id) => known.find((photo) => photo.id === id));
        if (section.day !== null) {
          expect(new Set(photos.map((photo) => photo && dayOf(photo)))).toEqual(new Set([section.day]));
        } else if (section.key !== 'none') {
          // Each has a file there; which of several, another test says.
          const [folder, ...rest] = section.key.split('/');
          for (const photo of photos) {
            expect(photo?.files.map((file) => [folders[file.root], file.directory])).toContainEqual([
              Number(folder),
              rest.join('/'),
            ]);
          }
        }
      }
      expect(start).toBe(total);
      const firsts = sections.map((section) => inTime.indexOf(ids[section.start] ?? 0));
      const timeAt = (place: number): number =>
        (query.descending ? -1 : 1) * (known.find(({ id }) => id === inTime[place])?.sortAt ?? 0);
      expect(firsts.map(timeAt)).toEqual(firsts.map(timeAt).toSorted((a, b) => a - b));
    }),
    { numRuns: 300 },
  );
});

test('a facet counts what the filter would show with each of its values', () => {
  fc.assert(
    fc.property(queries, (query) => {
      const { filter } = query;
      const values = (facet: 'state' | 'folder' | 'concept' | 'camera' | 'rating' | 'day') =>
        ask({ kind: 'facet', query, facet });
      const { states: _, ...otherStates } = filter;
      for (const { value, count: found } of values('state')) {
        expect(found).toBe(count({ ...otherStates, states: [value as PhotoState] }));
      }
      const { folder: _folder, ...otherFolders } = filter;
      for (const { value, count: found } of values('folder')) {
        const slash = value.indexOf('/');
        const folder = { folderId: Number(value.slice(0, slash)), directory: value.slice(slash + 1) };
        expect(found).toBe(count({ ...otherFolders, folder }));
      }
      const { concepts: _concepts, untagged: _untagged, ...otherTags } = filter;
      for (const { value, count: found } of values('concept')) {
        const [id, tag] = value.split(':');
        const own: SheetFilter =
          value === 'untagged'
            ? { untagged: true }
            : { concepts: [{ conceptId: Number(id), value: tag === '1' ? 1 : 0 }] };
        expect(found).toBe(count({ ...otherTags, ...own }));
      }
      const { cameras: _cameras, ...otherCameras } = filter;
      const cameras = values('camera');
      for (const { value, count: found } of cameras)
        expect(found).toBe(count({ ...otherCameras, cameras: [value] }));
      expect(cameras.reduce((sum, one) => sum + one.count, 0)).toBe(count(otherCameras));
      const { ratings: _ratings, ...otherRatings } = filter;
      for (const { value, count: found } of values('rating')) {
        expect(found).toBe(count({ ...otherRatings, ratings: [value === '' ? null : Number(value)] }));
      }
      const { capturedFrom: _from, capturedTo: _to, ...otherDays } = filter;
      const days = values('day');
      for (const { value, count: found } of days) {
        expect(found).toBe(count({ ...otherDays, capturedFrom: value, capturedTo: value }));
      }
      expect(days.reduce((sum, one) => sum + one.count, 0)).toBe(count(otherDays));
    }),
    { numRuns: 100 },
  );
});

test('headings call folders as people do', () => {
  const query: SheetQuery = { destinationId, filter: {}, groupBy: 'day', descending: false };
  const { sections } = ask({ kind: 'outline', query }).outline;
  const names = new Set(sections.flatMap((section) => section.folders));
  expect([...names].toSorted()).toEqual(['Card 12', 'Old', 'Wedding Ähre', 'a', 'ab', 'b']);
  expect(Math.max(...sections.map((section) => section.folders.length))).toBe(3);
  const byFolder = ask({ kind: 'outline', query: { ...query, groupBy: 'folder' } }).outline;
  expect(byFolder.sections.find(({ key }) => key === `${folders[0]}/a/b`)?.folders).toEqual([
    'Card 12 / a / b',
  ]);
  expect(byFolder.sections.find(({ key }) => key === 'none')?.folders).toEqual([]);
});

test('what keeps changing is read a small share of the time, and answers say which moment they show', async () => {
  await using own = await temporaryLedger();
  const { ledger } = own;
  const at = destinationOf(ledger, 'a');
  const marks = createSheetMarks(ledger.db);
  const other = openLedger(own.path, { readonly: true });
  // Each look at this clock takes 1 ms, so reading a column takes 1 ms as well.
  let time = 0;
  const live = createReader(other.db, () => (time += 1));
  const query: SheetQuery = { destinationId: at, filter: {}, groupBy: 'day', descending: false };
  let asOf = 0;
  const outline = () => {
    const { value, ...shown } = live.answer({ kind: 'outline', query }, { asOf, marks: marks.read() });
    return { total: (value as Answers['outline']).outline.total, ...shown };
  };
  const add = (n: number): void => {
    addPhoto(ledger, n, { at: [at] });
    asOf += 1;
  };
  add(1);
  time = 1000;
  expect(outline()).toEqual({ total: 1, asOf: 1, newerInMs: null });
  add(2);
  const early = outline();
  expect(early).toMatchObject({ total: 1, asOf: 1 });
  expect(early.newerInMs).toBeGreaterThan(0);
  // An act on all that the sheet shows is about what there is, not about what was read last.
  expect(live.answer({ kind: 'all-ids', query }, { asOf, marks: marks.read() })).toMatchObject({
    value: Int32Array.of(1, 2),
    asOf: 2,
  });
  add(3);
  time += 1000;
  expect(outline()).toEqual({ total: 3, asOf: 3, newerInMs: null });
  // Tags are the owner's acts: they show at once.
  const { id: concept } = ledger.concepts.ensure('bride', 1);
  const tagged = (): unknown =>
    live.answer(
      { kind: 'outline', query: { ...query, filter: { concepts: [{ conceptId: concept, value: 1 }] } } },
      { asOf, marks: marks.read() },
    );
  expect(tagged()).toMatchObject({ value: { outline: { total: 0 } }, asOf: 3 });
  ledger.tags.set(2, concept, 1);
  asOf += 5;
  expect(tagged()).toMatchObject({ value: { outline: { total: 1 } }, asOf: 8, newerInMs: null });
  other.close();
});
