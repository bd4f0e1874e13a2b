import fc from 'fast-check';
import { expect, test } from 'vitest';
import { conceptIdOf, exactConceptIdOf, longConceptIdOf } from '../../electron/engine/edits/concept-id.ts';
import { differenceOf } from '../../electron/engine/edits/tag-difference.ts';
import { redoNext, undoNext } from '../../electron/engine/edits/acts.ts';
import { editTags, tagPhotos } from '../../electron/engine/edits/tag-edits.ts';
import type { Ledger } from '../../electron/engine/ledger/ledger.ts';
import type { RemoteTag, Tag } from '../../electron/engine/ledger/tags.ts';
import { addPhoto, claim, destinationOf, temporaryLedger } from './fixture.ts';

function tagged(ledger: Ledger, names: readonly string[]): number[] {
  return names.map((name) => ledger.concepts.ensure(name, 1).id);
}

function index(ledger: Ledger, photoId: number, destinationId: number): void {
  ledger.uploads.present(photoId, destinationId, {
    state: 'indexed',
    at: 20,
    origin: 'posted',
    statusCode: 30000,
    requestId: null,
  });
}

const dueOf = (ledger: Ledger, destinationId: number): number[] =>
  ledger.workLists.tagsDue(destinationId, 10).map(({ photoId }) => photoId);

test('a tag toggled while its photo is being sent stays due', async () => {
  await using made = await temporaryLedger();
  const { ledger } = made;
  const destination = destinationOf(ledger, 'a');
  const photo = addPhoto(ledger, 1, { at: [destination] });
  const [cat = 0, dog = 0] = tagged(ledger, ['cat', 'dog']);
  ledger.tags.set(photo, cat, 1);
  ledger.uploads.queue(photo, 2);
  const batch = claim(ledger, destination, [photo]);
  const sent = ledger.batches.inputsOf(batch)[0]?.tagsVersion ?? -1;
  ledger.tags.set(photo, dog, 0);
  index(ledger, photo, destination);
  ledger.tags.sent(photo, destination, sent);
  ledger.batches.close(batch, { at: 21, outcome: 'answered' });
  expect(dueOf(ledger, destination)).toEqual([photo]);

  ledger.tags.sent(photo, destination, ledger.uploads.get(photo, destination)?.tagsVersion ?? -1);
  expect(dueOf(ledger, destination)).toEqual([]);
  ledger.tags.set(photo, dog, 0);
  expect(dueOf(ledger, destination), 'the same value again is no change').toEqual([]);
  ledger.tags.markDue(photo, destination);
  expect(dueOf(ledger, destination)).toEqual([photo]);
});

test('ten toggles back to what is known there are looked at, and nothing has to travel', async () => {
  await using made = await temporaryLedger();
  const { ledger } = made;
  const destination = destinationOf(ledger, 'a');
  const photo = addPhoto(ledger, 1, { at: [destination] });
  const [cat = 0] = tagged(ledger, ['cat']);
  index(ledger, photo, destination);
  for (let n = 0; n < 10; n += 1) ledger.tags.set(photo, cat, n % 2 === 0 ? 1 : null);
  expect(dueOf(ledger, destination)).toEqual([photo]);
  expect(differenceOf(ledger.tags.of(photo), ledger.tags.remoteOf(photo, destination))).toEqual({
    merge: [],
    remove: [],
    after: [],
  });
});

test('what has to travel takes the service to what is wanted and leaves alone what came from elsewhere', () => {
  const tag = fc.record({ conceptId: fc.nat(6), value: fc.constantFrom<0 | 1>(0, 1) });
  const wantedTags = fc.uniqueArray(tag, { selector: (one) => one.conceptId });
  const remoteTags = fc.uniqueArray(
    fc.record({
      conceptId: fc.nat(6),
      value: fc.constantFrom(0, 1, 0.4),
      ours: fc.constantFrom<0 | 1>(0, 1),
    }),
    { selector: (one) => one.conceptId },
  );
  fc.assert(
    fc.property(wantedTags, remoteTags, (wanted: Tag[], remote: RemoteTag[]) => {
      const { merge, remove, after } = differenceOf(wanted, remote);
      const there = new Map(remote.map(({ conceptId, value }) => [conceptId, value]));
      for (const id of remove) there.delete(id);
      for (const { conceptId, value } of merge) there.set(conceptId, value);
      expect(new Map(after.map(({ conceptId, value }) => [conceptId, value]))).toEqual(there);
      for (const { conceptId, value } of wanted) expect(there.get(conceptId)).toBe(value);
      for (const { conceptId, value, ours } of remote) {
        if (ours === 0 && !wanted.some((one) => one.conceptId === conceptId)) {
          expect(there.get(conceptId)).toBe(value);
        }
      }
      expect(differenceOf(wanted, after)).toMatchObject({ merge: [], remove: [] });
    }),
  );
});

test('tags are replaced at one destination without a word about another', async () => {
  await using made = await temporaryLedger();
  const { ledger } = made;
  const here = destinationOf(ledger, 'a');
  const there = destinationOf(ledger, 'b');
  const photo = addPhoto(ledger, 1, { at: [here, there] });
  const [cat = 0, dog = 0] = tagged(ledger, ['cat', 'dog']);
  ledger.tags.setRemote(photo, here, [{ conceptId: cat, value: 1, ours: 1 }]);
  ledger.tags.setRemote(photo, there, [{ conceptId: cat, value: 0.5, ours: 0 }]);
  ledger.tags.setRemote(photo, here, [{ conceptId: dog, value: 0, ours: 0 }]);
  expect([ledger.tags.remoteOf(photo, here), ledger.tags.remoteOf(photo, there)]).toEqual([
    [{ conceptId: dog, value: 0, ours: 0 }],
    [{ conceptId: cat, value: 0.5, ours: 0 }],
  ]);
});

test('an edit is undone and redone across a restart', async () => {
  await using made = await temporaryLedger();
  const photos = [1, 2, 3].map((n) => addPhoto(made.ledger, n));
  const [cat = 0, dog = 0] = tagged(made.ledger, ['cat', 'dog']);
  const tagsOf = (): Tag[][] => photos.map((photo) => made.ledger.tags.of(photo));
  made.ledger.tags.set(photos[0] ?? 0, cat, 1);
  const before = tagsOf();
  const edit = editTags(made.ledger, { label: 'Tag', at: 1 }, photos, [
    { conceptId: cat, value: 1 },
    { conceptId: dog, value: 0 },
  ]);
  const after = tagsOf();
  expect(after).toEqual(
    photos.map(() => [
      { conceptId: cat, value: 1 },
      { conceptId: dog, value: 0 },
    ]),
  );

  const undo = undoNext(made.reopen(), 2);
  expect({ undone: tagsOf(), left: undo?.leftCount, next: made.ledger.editLog.nextUndo() }).toEqual({
    undone: before,
    left: 0,
    next: undefined,
  });
  const redo = redoNext(made.reopen(), 3);
  expect({ redone: tagsOf(), left: redo?.leftCount }).toEqual({ redone: after, left: 0 });
  expect(made.ledger.editLog.byId(undo?.editId ?? 0)).toEqual({
    id: undo?.editId,
    kind: 'tag',
    at: 2,
    label: 'Tag',
    undoesEditId: edit,
  });
});

test('undo leaves what a later edit changed, and says on how many photos', async () => {
  await using made = await temporaryLedger();
  const { ledger } = made;
  const [one = 0, two = 0] = [1, 2].map((n) => addPhoto(ledger, n));
  const [cat = 0, dog = 0] = tagged(ledger, ['cat', 'dog']);
  editTags(
    ledger,
    { label: 'Tag', at: 1 },
    [one, two],
    [
      { conceptId: cat, value: 1 },
      { conceptId: dog, value: 1 },
    ],
  );
  ledger.tags.set(two, cat, 0);
  const leftCount = undoNext(ledger, 3)?.leftCount;
  expect({ leftCount, one: ledger.tags.of(one), two: ledger.tags.of(two) }).toEqual({
    leftCount: 1,
    one: [],
    two: [{ conceptId: cat, value: 0 }],
  });
  expect(undoNext(ledger, 4)).toBeNull();
});

test('photos join an edit once: what the owner does later is not done over', async () => {
  await using made = await temporaryLedger();
  const { ledger } = made;
  const photo = addPhoto(ledger, 1);
  const [cat = 0] = tagged(ledger, ['cat']);
  const edit = editTags(ledger, { label: 'Folder', at: 1 }, [], [{ conceptId: cat, value: 1 }]);
  expect(tagPhotos(ledger, edit, [photo], [{ conceptId: cat, value: 1 }])).toBe(1);
  editTags(ledger, { label: 'Mine', at: 2 }, [photo], [{ conceptId: cat, value: null }]);
  expect(tagPhotos(ledger, edit, [photo], [{ conceptId: cat, value: 1 }])).toBe(0);
  expect(ledger.tags.of(photo)).toEqual([]);
  expect(ledger.editLog.itemsOf(edit)).toEqual([
    { photoId: photo, before: `{"tags":{"${cat}":null}}`, after: `{"tags":{"${cat}":1}}` },
  ]);
});

test.each([
  ['beach', 'beach'],
  ['Sun_set-2', 'Sun_set-2'],
  ['a'.repeat(32), 'a'.repeat(32)],
  ['a'.repeat(33), `${'a'.repeat(23)}-852785c8`],
  ['golden retriever', 'golden-retriever-41f9a46a'],
  ['Café', 'cafe-850f7dc4'],
  ['Cafe\u0301', 'cafe-850f7dc4'],
  ['CAFÉ', 'cafe-850f7dc4'],
  ['海', 'concept-0ac6d519'],
  ['', 'concept-e3b0c442'],
])('the id of the concept %j is %s on every machine', (name, id) => {
  expect(conceptIdOf(name)).toBe(id);
});

test('names that differ in case only share a long id, and have exact ids of their own', () => {
  const names = ['São Paulo', 'são paulo', 'Sa\u0303o Paulo'];
  expect(new Set(names.map(longConceptIdOf)).size).toBe(1);
  expect(names.map(exactConceptIdOf)).toEqual([
    'sao-paulo-f00fd81daee53cae',
    'sao-paulo-577abdbf90dadd65',
    'sao-paulo-f00fd81daee53cae',
  ]);
});

test('an id of a concept is always one that the service takes', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), (name) => {
      for (const id of [conceptIdOf(name), longConceptIdOf(name), exactConceptIdOf(name)])
        expect(id).toMatch(/^[A-Za-z0-9_-]{1,32}$/);
    }),
  );
});

test('a concept that the service shows is the one of that id, else of that name, else a new one', async () => {
  await using made = await temporaryLedger();
  const { ledger } = made;
  const destination = destinationOf(ledger, 'a');
  const elsewhere = destinationOf(ledger, 'b');
  const [cat = 0, dog = 0] = tagged(ledger, ['cat', 'dog']);
  ledger.concepts.setAt(cat, destination, 'c1', null);
  const seen = (id: string, name: string | null, at = 5): number =>
    ledger.concepts.ensureRemote(destination, { id, name }, at).conceptId;
  expect(seen('c1', 'other name')).toBe(cat);
  expect(ledger.concepts.at(cat, destination)?.knownAt).toBe(5);
  expect(seen('d1', 'dog')).toBe(dog);
  const second = seen('d2', 'dog');
  expect(ledger.concepts.byId(second)).toEqual({ id: second, name: 'dog (d2)' });
  expect(seen('d2', 'dog', 6)).toBe(second);
  const nameless = seen('x9', null);
  expect(ledger.concepts.byId(nameless)?.name).toBe('x9');
  expect(ledger.concepts.ensureRemote(elsewhere, { id: 'zz', name: 'cat' }, 7).conceptId).toBe(cat);
  expect(ledger.concepts.byRemoteId(elsewhere, 'zz')).toEqual({
    conceptId: cat,
    name: 'cat',
    remoteId: 'zz',
    knownAt: 7,
  });
});

test('one name is one concept, however its accents are written', async () => {
  await using made = await temporaryLedger();
  const { ledger } = made;
  expect(ledger.concepts.ensure('Cafe\u0301', 1)).toEqual(ledger.concepts.ensure('Caf\u00e9', 2));
});
