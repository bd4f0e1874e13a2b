import fc from 'fast-check';
import { expect, test } from 'vitest';
import { SKIPS } from '#shared/problems.ts';
import type { PhotoState } from '#shared/photo.ts';
import type { Ledger } from '../../electron/engine/ledger/ledger.ts';
import {
  createPages,
  type PageKey,
  type PageQuery,
  type PageRow,
} from '../../electron/engine/ledger/pages.ts';
import { addFile, addPhoto, destinationOf, hashOf, temporaryLedger } from './fixture.ts';

const REASON = Object.keys(SKIPS)[0] as keyof typeof SKIPS;

interface Known {
  readonly row: PageRow;
  readonly folders: ReadonlySet<number>;
  readonly tags: ReadonlyMap<number, 0 | 1>;
}

interface Filled {
  readonly destinationId: number;
  readonly folders: readonly number[];
  readonly concepts: readonly number[];
  readonly photos: readonly Known[];
}

/** 240 photos in two folders, some in both and some twice in one; few times, so that many are the same. */
function fill(ledger: Ledger): Filled {
  const destinationId = destinationOf(ledger, 'a');
  const other = destinationOf(ledger, 'b');
  const folders = ['/p/1', '/p/2'].map((path) => ledger.folders.add(path, destinationId, 1).id);
  const concepts = ['cat', 'dog'].map((name) => ledger.concepts.ensure(name, 1).id);
  const [first = 0, second = 0] = folders;
  const [cat = 0, dog = 0] = concepts;
  const photos: Known[] = [];
  for (let n = 1; n <= 240; n += 1) {
    const sortAt = ((n * 7919) % 23) * 1000;
    const isHere = n % 11 !== 0;
    const photoId = addPhoto(ledger, n, { sortAt, at: isHere ? [destinationId] : [other] });
    const state: PhotoState = n % 3 === 0 ? 'queued' : n % 7 === 0 ? 'skipped' : 'found';
    if (isHere && state === 'queued') ledger.uploads.queue(photoId, 2);
    if (isHere && state === 'skipped') ledger.uploads.skip(photoId, destinationId, REASON, 2);
    const held = new Set<number>();
    if (n % 2 === 0) held.add(first);
    if (n % 5 < 2) held.add(second);
    for (const id of held) addFile(ledger, id, `${n}.jpg`, photoId, sortAt);
    // A copy in the same folder with a time of its own; the sheet goes by the photo's.
    if (n % 8 === 0) addFile(ledger, first, `copy/${n}.jpg`, photoId, 99_000);
    if (n % 9 === 0) {
      addFile(ledger, second, `gone/${n}.jpg`, photoId, sortAt);
      ledger.files.markMissing(second, `gone/${n}.jpg`, 9);
    }
    const tags = new Map<number, 0 | 1>();
    if (n % 4 < 2) tags.set(cat, n % 8 < 6 ? 1 : 0);
    if (n % 13 === 0) tags.set(dog, 1);
    for (const [id, value] of tags) ledger.tags.set(photoId, id, value);
    if (!isHere) continue;
    const row: PageRow = {
      photoId,
      sortAt,
      pictureHash: hashOf(n),
      orientation: 1,
      width: null,
      height: null,
      state,
      reason: state === 'skipped' ? REASON : null,
    };
    photos.push({ row, folders: held, tags });
  }
  return { destinationId, folders, concepts, photos };
}

function expected({ photos }: Filled, query: PageQuery): PageRow[] {
  const {
    state,
    folderId,
    concept,
    dayFrom = -Infinity,
    dayTo = Infinity,
    after,
    descending = false,
  } = query;
  const sign = descending ? -1 : 1;
  const compare = (a: PageKey, b: PageKey): number =>
    sign * (a.sortAt === b.sortAt ? a.photoId - b.photoId : a.sortAt - b.sortAt);
  return photos
    .filter(({ row, folders, tags }) => {
      if (state !== undefined && row.state !== state) return false;
      if (folderId !== undefined && !folders.has(folderId)) return false;
      if (concept !== undefined && tags.get(concept.id) !== concept.value) return false;
      if (row.sortAt < dayFrom || row.sortAt >= dayTo) return false;
      return after === undefined || compare(row, after) > 0;
    })
    .map(({ row }) => row)
    .toSorted(compare)
    .slice(0, query.limit);
}

const maybe = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.option(arbitrary, { nil: undefined });

/** Sizes from which indexes are merged: always, sometimes, never. */
test.each([0, 30, 20_000])(
  'any filters together show what a look at every photo would (%i)',
  async (small) => {
    await using made = await temporaryLedger();
    const filled = made.ledger.transaction(() => fill(made.ledger));
    const pages = createPages(made.ledger.db, { small });
    const time = fc.integer({ min: -1, max: 24 }).map((n) => n * 1000);
    const query = fc.record({
      state: maybe(fc.constantFrom<PhotoState>('found', 'queued', 'skipped', 'failed')),
      folderId: maybe(fc.constantFrom(...filled.folders, 99)),
      concept: maybe(
        fc.record({ id: fc.constantFrom(...filled.concepts), value: fc.constantFrom<0 | 1>(0, 1) }),
      ),
      dayFrom: maybe(time),
      dayTo: maybe(time),
      after: maybe(fc.record({ sortAt: time, photoId: fc.nat(241) })),
      descending: fc.boolean(),
      limit: fc.constantFrom(1, 7, 50, 500),
    });
    fc.assert(
      fc.property(query, (filters) => {
        const given = Object.fromEntries(Object.entries(filters).filter(([, value]) => value !== undefined));
        const asked = { destinationId: filled.destinationId, ...given } as PageQuery;
        expect(pages.page(asked)).toEqual(expected(filled, asked));
      }),
      { numRuns: 400 },
    );
  },
);

test.each([
  ['probed', 20_000],
  ['merged', 0],
])('page after page shows each photo once (%s)', async (_, small) => {
  await using made = await temporaryLedger();
  const filled = made.ledger.transaction(() => fill(made.ledger));
  const pages = createPages(made.ledger.db, { small });
  const { destinationId, folders, concepts } = filled;
  const filters = {
    destinationId,
    folderId: folders[0] ?? 0,
    concept: { id: concepts[0] ?? 0, value: 1 as const },
  };
  for (const descending of [false, true]) {
    const seen: PageRow[] = [];
    let page = pages.page({ ...filters, descending, limit: 5 });
    while (page.length > 0) {
      seen.push(...page);
      const after = page.at(-1);
      page = after === undefined ? [] : pages.page({ ...filters, descending, limit: 5, after });
    }
    expect(seen).toEqual(expected(filled, { ...filters, descending, limit: 500 }));
    expect(seen.length).toBeGreaterThan(10);
  }
});

test('a photo whose time changes moves in every sheet, and a file of another photo leaves the folder', async () => {
  await using made = await temporaryLedger();
  const { ledger } = made;
  const destinationId = destinationOf(ledger, 'a');
  const folderId = ledger.folders.add('/p', destinationId, 1).id;
  const concept = { id: ledger.concepts.ensure('cat', 1).id, value: 1 as const };
  const [one = 0, two = 0] = [1, 2].map((n) => addPhoto(ledger, n, { at: [destinationId] }));
  const fileId = addFile(ledger, folderId, '1.jpg', one);
  addFile(ledger, folderId, '2.jpg', two);
  for (const photoId of [one, two]) ledger.tags.set(photoId, concept.id, 1);
  const sheets = (): number[][] =>
    [{}, { state: 'found' as const }, { folderId }, { concept }, { folderId, concept }].map((filters) =>
      ledger.pages.page({ destinationId, limit: 10, ...filters }).map(({ photoId }) => photoId),
    );
  expect(sheets()).toEqual([
    [one, two],
    [one, two],
    [one, two],
    [one, two],
    [one, two],
  ]);
  ledger.photos.choose(one, fileId, 1, 50_000);
  const own = ledger.db.prepare('SELECT sort_at FROM file WHERE id = ?').pluck().get(fileId);
  expect(own, 'a file keeps the time that it states').toBe(1000);
  expect(sheets()).toEqual([
    [two, one],
    [two, one],
    [two, one],
    [two, one],
    [two, one],
  ]);

  addFile(ledger, folderId, '1.jpg', two);
  expect(sheets()).toEqual([[two, one], [two, one], [two], [two, one], [two]]);
  expect(ledger.photos.byId(one)?.chosenFileId).toBeNull();
});
