import { expect, test } from 'vitest';
import { readKnownRows, type KnownRow } from '../../electron/engine/ledger/known-rows.ts';
import type { Ledger } from '../../electron/engine/ledger/ledger.ts';
import { addFile, addPhoto, destinationOf, hashOf, temporaryLedger } from './fixture.ts';

const STAMP = { size: 10, mtimeMs: 1.5, ctimeMs: 2.5, inode: 3 };

const addProblem = (ledger: Ledger, folderId: number, path: string, problem: string): number =>
  ledger.files.record({
    folderId,
    path,
    stamp: STAMP,
    at: 5,
    kind: 'problem',
    problem,
    problemDetail: 'words',
  });

test('a path has one row, which says what was found there last', async () => {
  await using made = await temporaryLedger();
  const { ledger } = made;
  const folder = ledger.folders.add('/p', destinationOf(ledger, 'a'), 1).id;
  const photo = addPhoto(ledger, 1);
  const id = addProblem(ledger, folder, 'a.jpg', 'file-empty');
  expect(addFile(ledger, folder, 'a.jpg', photo)).toBe(id);
  expect(ledger.files.byPath(folder, 'a.jpg')).toMatchObject({
    id,
    folderId: folder,
    path: 'a.jpg',
    kind: 'photo',
    ...STAMP,
    photoId: photo,
    fileHash: hashOf(photo),
    missingAt: null,
  });
  ledger.files.restamp(id, { size: 10, mtimeMs: 8.25, ctimeMs: 9.125, inode: 2 ** 52 + 1 }, 6);
  expect(ledger.files.byId(id)).toMatchObject({ mtimeMs: 8.25, ctimeMs: 9.125, inode: 2 ** 52 + 1 });
});

test('a missing photo is remembered with its path; what never was a photo is forgotten', async () => {
  await using made = await temporaryLedger();
  const { ledger } = made;
  const folder = ledger.folders.add('/p', destinationOf(ledger, 'a'), 1).id;
  const photo = addPhoto(ledger, 1);
  const copy = addFile(ledger, folder, 'copy.jpg', photo);
  addFile(ledger, folder, 'a.jpg', photo);
  addProblem(ledger, folder, 'bad.jpg', 'file-empty');
  expect(ledger.files.photosIn([folder, 99])).toEqual([photo]);
  expect(ledger.files.markMissing(folder, 'copy.jpg', 7)).toBe(photo);
  expect(ledger.files.markMissing(folder, 'copy.jpg', 8)).toBeNull();
  expect(ledger.files.markMissing(folder, 'bad.jpg', 7)).toBeNull();
  expect(ledger.files.byPath(folder, 'bad.jpg')).toBeUndefined();
  expect(ledger.files.ofPhoto(photo).map(({ path, missingAt }) => [path, missingAt])).toEqual([
    ['a.jpg', null],
    ['copy.jpg', 7],
  ]);
  ledger.files.markMissing(folder, 'a.jpg', 9);
  expect(ledger.files.photosIn([folder])).toEqual([]);
  expect(addFile(ledger, folder, 'copy.jpg', photo)).toBe(copy);
  expect(ledger.files.photosIn([folder])).toEqual([photo]);
});

test('a chosen file that turns into something else can be forgotten, and its photo chooses anew', async () => {
  await using made = await temporaryLedger();
  const { ledger } = made;
  const folder = ledger.folders.add('/p', destinationOf(ledger, 'a'), 1).id;
  const photo = addPhoto(ledger, 1);
  const file = addFile(ledger, folder, 'a.jpg', photo);
  ledger.photos.choose(photo, file, 6, 1234);
  expect(ledger.photos.byId(photo)).toMatchObject({ chosenFileId: file, orientation: 6, sortAt: 1234 });
  addProblem(ledger, folder, 'a.jpg', 'cannot-decode');
  expect(ledger.photos.byId(photo)?.chosenFileId).toBeNull();
  expect(ledger.files.markMissing(folder, 'a.jpg', 8)).toBeNull();
  expect(ledger.files.byPath(folder, 'a.jpg')).toBeUndefined();
});

test('a folder inside a watched one takes its files along, and no others', async () => {
  await using made = await temporaryLedger();
  const { ledger } = made;
  const destination = destinationOf(ledger, 'a');
  const outer = ledger.folders.add('/p', destination, 1).id;
  const inner = ledger.folders.add('/p/träd 木', destination, 1).id;
  const names = ['träd 木/a.jpg', 'träd 木/deep/b.jpg', 'träd 木-2/c.jpg', 'träd 木.jpg', 'träd 木', 'z.jpg'];
  names.forEach((name, n) => addFile(ledger, outer, name, addPhoto(ledger, n + 1)));
  const known = addFile(ledger, inner, 'a.jpg', 1);
  ledger.files.moveBelow(outer, 'träd 木', inner);
  const pathsOf = (folder: number): string[] =>
    [...readKnownRows(made.path, folder, null)].map(({ path }) => path);
  expect([pathsOf(outer), pathsOf(inner)]).toEqual([
    ['träd 木', 'träd 木-2/c.jpg', 'träd 木.jpg', 'träd 木/a.jpg', 'z.jpg'],
    ['a.jpg', 'deep/b.jpg'],
  ]);
  expect(ledger.files.byPath(inner, 'a.jpg')?.id).toBe(known);
});

test('known rows come in the order of the bytes of their paths; what had a problem never equals what is there', async () => {
  await using made = await temporaryLedger();
  const { ledger } = made;
  const destination = destinationOf(ledger, 'a');
  const folder = ledger.folders.add('/p', destination, 1).id;
  const other = ledger.folders.add('/q', destination, 1).id;
  const odd = [
    "o'clock",
    '50%',
    'a_b',
    '日本',
    'é',
    'e\u0301',
    '😀',
    ' ',
    'a\nb',
    '-x',
    'ab',
    'a',
    'a-b',
    'a0',
    'A',
  ];
  const paths = odd.flatMap((name) => [`${name}.jpg`, `${name}/1.jpg`, `${name}/sub/2.jpg`]);
  ledger.transaction(() => {
    paths.forEach((path, n) => addFile(ledger, folder, path, addPhoto(ledger, n + 1)));
    addFile(ledger, other, 'elsewhere.jpg', 1);
    addProblem(ledger, folder, 'a/bad.jpg', 'cannot-decode');
    addProblem(ledger, folder, 'a/cloud.jpg', 'cloud-placeholder');
    addFile(ledger, folder, 'a/gone.jpg', 2);
    ledger.files.markMissing(folder, 'a/gone.jpg', 7);
    ledger.files.record({ folderId: folder, path: 'a/notes.txt', stamp: STAMP, at: 1, kind: 'other' });
  });
  const rowsOf = (subtree: string | null): KnownRow[] => [...readKnownRows(made.path, folder, subtree)];
  const all = [...paths, 'a/bad.jpg', 'a/cloud.jpg', 'a/notes.txt'].toSorted((a, b) =>
    Buffer.compare(Buffer.from(a), Buffer.from(b)),
  );
  expect(rowsOf(null).map(({ path }) => path)).toEqual(all);
  expect(rowsOf('')).toEqual(rowsOf(null));
  expect(rowsOf('a')).toEqual([
    { path: 'a/1.jpg', ...STAMP },
    { path: 'a/bad.jpg', ...STAMP, inode: -1 },
    { path: 'a/cloud.jpg', ...STAMP, placeholder: true },
    { path: 'a/notes.txt', ...STAMP },
    { path: 'a/sub/2.jpg', ...STAMP },
  ]);
  expect(rowsOf('a.jpg')).toEqual([{ path: 'a.jpg', ...STAMP }]);
  for (const name of odd) {
    const below = all.filter((path) => path === name || path.startsWith(`${name}/`));
    expect(rowsOf(name).map(({ path }) => path)).toEqual(below);
  }
});

test('more known rows than are fetched at a time come each once, in order', async () => {
  await using made = await temporaryLedger();
  const { ledger } = made;
  const folder = ledger.folders.add('/p', destinationOf(ledger, 'a'), 1).id;
  const paths = Array.from({ length: 10_000 }, (_, n) => `a/${String(n).padStart(6, '0')}.jpg`);
  ledger.transaction(() => {
    for (const path of [...paths, 'b.jpg']) {
      ledger.files.record({ folderId: folder, path, stamp: STAMP, at: 1, kind: 'other' });
    }
  });
  const pathsOf = (subtree: string | null): string[] =>
    [...readKnownRows(made.path, folder, subtree)].map(({ path }) => path);
  expect([pathsOf('a'), pathsOf(null)]).toEqual([paths, [...paths, 'b.jpg']]);
});

test('another destination gets the photos of its folder, and the one before keeps them', async () => {
  await using made = await temporaryLedger();
  const { ledger } = made;
  const before = destinationOf(ledger, 'a');
  const after = destinationOf(ledger, 'b');
  const folder = ledger.folders.add('/p', before, 1);
  const photos = [1, 2, 3].map((n) => addPhoto(ledger, n, { sortAt: n * 5, at: [before] }));
  photos.forEach((photo, n) => addFile(ledger, folder.id, `${n}.jpg`, photo));
  addFile(ledger, folder.id, 'copy.jpg', photos[0] ?? 0);
  ledger.files.markMissing(folder.id, '2.jpg', 4);
  ledger.uploads.queue(photos[0] ?? 0, 3);
  ledger.folders.choose(folder.id, { sends: 'original', excludeGlobs: ['*.tif'] });

  expect(ledger.folders.add('/p', after, 9)).toEqual({
    ...folder,
    destinationId: after,
    sends: 'original',
    excludeGlobs: ['*.tif'],
  });
  ledger.folders.bringPhotos(folder.id, 9);
  ledger.folders.bringPhotos(folder.id, 10);
  const sheetOf = (destinationId: number): unknown[] =>
    ledger.sheetRows.of(destinationId, photos).map(({ photoId, state, sortAt }) => [photoId, state, sortAt]);
  expect(sheetOf(after)).toEqual([
    [photos[0], 'found', 5],
    [photos[1], 'found', 10],
  ]);
  expect(sheetOf(before)).toEqual([
    [photos[0], 'queued', 5],
    [photos[1], 'found', 10],
    [photos[2], 'found', 15],
  ]);
  expect(ledger.uploads.get(photos[1] ?? 0, after)?.inputId).toBe(hashOf(2).slice(0, 32));
});

test('a photo is sent from a file that is there, the chosen one first, in a folder of the destination', async () => {
  await using made = await temporaryLedger();
  const { ledger } = made;
  const here = destinationOf(ledger, 'a');
  const there = destinationOf(ledger, 'b');
  const [one, two, three] = ['/1', '/2', '/3'].map(
    (path, n) => ledger.folders.add(path, n < 2 ? here : there, 1).id,
  );
  const photo = addPhoto(ledger, 1);
  const [first, second, third] = [one, two, three].map((folder) =>
    addFile(ledger, folder ?? 0, 'a.jpg', photo),
  );
  const sourceAt = (destination: number | null): number | undefined =>
    ledger.photos.source(photo, destination)?.fileId;
  expect([sourceAt(here), sourceAt(there), sourceAt(null)]).toEqual([first, third, first]);
  ledger.photos.choose(photo, second ?? 0, 1, 1);
  expect(sourceAt(here)).toBe(second);
  ledger.folders.setHealth(two ?? 0, 'unreachable', 'gone');
  expect(sourceAt(here)).toBe(first);
  ledger.files.markMissing(one ?? 0, 'a.jpg', 5);
  expect(sourceAt(here)).toBe(second);
  ledger.folders.remove(two ?? 0, 6);
  expect([sourceAt(here), sourceAt(null)]).toEqual([undefined, third]);
});
