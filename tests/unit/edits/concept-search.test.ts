import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { draftOf, matchesOf, nearTo } from '../../../electron/engine/edits/concept-search.ts';
import { createNearNames } from '../../../electron/engine/edits/near-names.ts';
import { bareName, foldedName, type ListedConcept } from '../../../electron/engine/ledger/concept-list.ts';

function listed(names: readonly (string | readonly [string, number])[]): ListedConcept[] {
  return names.map((entry, index) => {
    const [name, presentCount] = typeof entry === 'string' ? [entry, 0] : entry;
    const folded = foldedName(name);
    return {
      conceptId: index + 1,
      name,
      folded,
      bare: bareName(folded),
      presentCount,
      absentCount: 0,
      lastUsedAt: null,
    };
  });
}
const names = (concepts: readonly ListedConcept[]): string[] => concepts.map(({ name }) => name);

test('matches: those that begin with it, then words that do, then the rest; the more used first', () => {
  const concepts = listed(['abcafe', 'the café', ['Cafeteria', 2], ['CAFÉ', 5], 'tea', ['pre-café', 1]]);
  expect(names(matchesOf(concepts, ' café ', 10))).toEqual([
    'CAFÉ',
    'Cafeteria',
    'pre-café',
    'the café',
    'abcafe',
  ]);
  expect(names(matchesOf(concepts, 'cafe', 3))).toEqual(['CAFÉ', 'Cafeteria', 'pre-café']);
  expect(names(matchesOf(concepts, '', 2))).toEqual(['CAFÉ', 'Cafeteria']);
});

test.each([
  ['Bride', ['bride', 'brides', 'pride']],
  ['naive', ['naïve', 'native']],
  ['photo booth', ['photo-booth', 'PhotoBooth']],
  ['party', ['parties']],
  ['churches', ['church']],
  ['cat', ['cats']],
  ['grooom', ['groom']],
  ['海', []],
])('near to %j', (name, near) => {
  const others =
    'bride,brides,pride,naïve,native,photo-booth,PhotoBooth,parties,church,cats,car,groom,gorom,grass,山'.split(
      ',',
    );
  const found = names(nearTo(listed(others), name));
  expect(found.toSorted()).toEqual(near.toSorted());
  expect(found[0] ?? null).toBe(near[0] ?? null);
});

const of = (text: string) => draftOf([], text);

test('a draft says what id the name gets, and why it cannot be made', () => {
  expect(of('  first   kiss ')).toMatchObject({ name: 'first kiss', isPlainId: false, problem: null });
  expect(of('bride')).toMatchObject({ name: 'bride', remoteId: 'bride', isPlainId: true, near: [] });
  expect([of('').problem, of('a'.repeat(201)).problem, of('...').problem]).toEqual([
    'A concept needs a name.',
    'A concept has at most 200 characters. Shorten the name.',
    'A name needs at least one letter or digit.',
  ]);
});

test('what is found near among many at once is what is found one by one', () => {
  const word = fc.string({ unit: fc.constantFrom('a', 'b', 's', 'é', '-'), minLength: 1, maxLength: 7 });
  fc.assert(
    fc.property(fc.uniqueArray(word, { maxLength: 12 }), word, (others, name) => {
      const one = nearTo(listed(others), name);
      const many = createNearNames(others.filter((other) => other !== name)).like(name);
      expect(many === null).toBe(one.length === 0);
    }),
  );
});
