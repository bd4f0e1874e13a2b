import { describe, expect, it } from 'vitest';
import { ordered } from '../../../renderer/src/tagging/concept-order.ts';
import {
  bound,
  conflictOf,
  freeDigit,
  freeName,
  starterBindings,
  unbound,
  withoutSet,
  withSet,
} from '../../../renderer/src/tagging/key-set-edits.ts';
import {
  drafted,
  effectOf,
  isUnchanged,
  nameless,
  rulesOf,
  UNCHANGED,
  withDefault,
  withRules,
} from '../../../renderer/src/tagging/mapping-edits.ts';
import type { ConceptUse, KeySet, KeywordMapping } from '../../../shared/tagging.ts';

const bride = { key: '1', conceptId: 1, name: 'bride' };
const groom = { key: '2', conceptId: 2, name: 'groom' };
const church = { key: 'c', conceptId: 3, name: 'church' };
const wedding: KeySet = { id: 'w', name: 'Wedding', bindings: [bride, groom, church] };

describe('key sets', () => {
  it('give a key to one concept only, and one key to a concept, as they lie on the keyboard', () => {
    expect(bound(wedding, { ...church, key: '1' }).bindings).toEqual([{ ...church, key: '1' }, groom]);
    const ten = bound(bound(wedding, { key: '0', conceptId: 4, name: 'rain' }), { ...bride, key: '9' });
    expect(ten.bindings.map(({ key }) => key)).toEqual(['2', '9', '0', 'c']);
    expect(unbound(wedding, 2).bindings).toEqual([bride, church]);
  });

  it('explain what stands in the way of a key', () => {
    const commands = [
      { id: 'tagging.advance', label: 'Go on', keys: 'Y' },
      { id: 'x.y', label: 'Sequence', keys: 'X Y' },
      { id: 'sheet.zoom', label: 'Zoom', keys: 'Z', alsoKeys: ['W'] },
    ];
    const conflict = (key: string) => conflictOf(wedding, { key, conceptId: 1 }, commands);
    expect(conflict('3')).toBeNull();
    expect(conflict('1')).toBeNull();
    expect(conflict('2')).toEqual({ sentence: '2 gives “groom” in this set already.', holder: groom });
    for (const key of ['t', '!', 'y', 'x', 'w']) {
      expect(conflict(key)?.sentence).toMatch(/belongs to|cannot be bound/u);
      expect(conflict(key)?.holder).toBeNull();
    }
  });

  it('give the first free digit to what is added, and digits to what is used most', () => {
    const pause = { id: 'sending.pause', label: 'Pause', keys: '3' };
    expect(freeDigit(wedding, [pause])).toBe('4');
    const used = Array.from({ length: 12 }, (_, index) => ({
      ...use(`c${String(index)}`, 12 - index, null),
      conceptId: index,
    }));
    const full = { ...wedding, bindings: starterBindings(used) };
    expect(full.bindings.map(({ key, conceptId }) => `${key} ${String(conceptId)}`).join(', ')).toBe(
      '1 0, 2 1, 3 2, 4 3, 5 4, 6 5, 7 6, 8 7, 9 8',
    );
    expect(freeDigit(full, [])).toBe('0');
    expect(freeDigit(bound(full, { key: '0', conceptId: 99, name: 'rain' }), [])).toBeNull();
  });

  it('put a new set to use, and another one when that goes', () => {
    const sport: KeySet = { id: 's', name: 'Sport', bindings: [] };
    const both = withSet({ sets: [wedding], activeId: 'w' }, sport);
    expect(both.activeId).toBe('s');
    expect(withoutSet(both, 's')).toEqual({ sets: [wedding], activeId: 'w' });
    expect(withoutSet({ sets: [wedding], activeId: 'w' }, 'w')).toEqual({ sets: [], activeId: null });
    expect(freeName([wedding], (count) => ['', 'wedding', 'wedding 2'][count] ?? '')).toBe('wedding 2');
  });
});

describe('the mapping of keywords', () => {
  const mapping: KeywordMapping = {
    defaultMode: 'suggest',
    keywords: [
      { keyword: 'Nature|sea', mode: 'suggest', conceptName: 'sea', photoCount: 6, hasOwnRule: false },
      { keyword: 'dawn', mode: 'automatic', conceptName: 'dawn', photoCount: 5, hasOwnRule: true },
      { keyword: 'IMG', mode: 'off', conceptName: 'IMG', photoCount: 30, hasOwnRule: true },
    ],
    asOf: 1,
  };
  const [sea, dawn] = mapping.keywords;
  if (sea === undefined || dawn === undefined) throw new Error('The mapping has two keywords.');

  it('keeps only what differs, and says what saving does', () => {
    let draft = withRules(mapping, UNCHANGED, [{ ...sea, mode: 'automatic' }]);
    draft = withRules(mapping, draft, [{ ...dawn, mode: 'off' }]);
    expect(rulesOf(draft)).toEqual([
      { keyword: 'Nature|sea', mode: 'automatic', conceptName: 'sea' },
      { keyword: 'dawn', mode: 'off', conceptName: 'dawn' },
    ]);
    expect(effectOf(mapping, draft)).toEqual({
      changedCount: 2,
      automaticCount: 1,
      photoCount: 6,
      stoppedCount: 1,
      defaultMode: null,
    });
    const back = withRules(mapping, draft, [sea, dawn]);
    expect(isUnchanged(back)).toBe(true);
  });

  it('shows a new default where no rule stands, and keeps a choice against it', () => {
    const off = withDefault(mapping, UNCHANGED, 'off');
    expect(drafted(mapping, off, '').map(({ mode }) => mode)).toEqual(['off', 'automatic', 'off']);
    const kept = withRules(mapping, off, [{ ...sea, mode: 'suggest' }]);
    expect(rulesOf(kept)).toEqual([{ keyword: 'Nature|sea', mode: 'suggest', conceptName: 'sea' }]);
    expect(withDefault(mapping, off, 'suggest').defaultMode).toBeNull();
  });

  it('finds by keyword or concept, and tells of used keywords without a name', () => {
    expect(drafted(mapping, UNCHANGED, 'NATURE').map(({ keyword }) => keyword)).toEqual(['Nature|sea']);
    const nothing = withRules(mapping, UNCHANGED, [{ ...sea, conceptName: ' ' }]);
    expect(nameless(nothing)).toEqual(['Nature|sea']);
  });
});

function use(name: string, presentCount: number, lastUsedAt: number | null): ConceptUse {
  return { conceptId: presentCount, name, presentCount, absentCount: 0, lastUsedAt };
}

describe('the order of concepts', () => {
  it('is by use, by time or by name', () => {
    const concepts = [use('b', 1, 30), use('c', 9, null), use('A', 1, 20)];
    const names = (order: 'used' | 'recent' | 'name') => ordered(concepts, order).map(({ name }) => name);
    expect([names('used'), names('recent'), names('name')]).toEqual([
      ['c', 'A', 'b'],
      ['b', 'A', 'c'],
      ['A', 'b', 'c'],
    ]);
  });
});
