import { describe, expect, it } from 'vitest';
import {
  conceptCounts,
  depthOf,
  folderOf,
  isActive,
  isFiltered,
  toggleConcept,
  toggled,
  withFields,
  withoutPart,
} from '../../../renderer/src/sheet/filter-parts.ts';
import { describePart } from '../../../renderer/src/text/filter.ts';

const NAMES = { concept: (id: number) => `concept ${id}`, folder: (id: number) => `folder ${id}` };

describe('a filter', () => {
  it('is composed of parts, and looks like no filter when all of them are gone', () => {
    const states = withFields({}, { states: toggled(undefined, 'failed' as const) });
    const both = withFields(states, { text: 'dsc', cameras: [] });
    expect(both).toEqual({ states: ['failed'], text: 'dsc' });
    expect([isActive(both, 'state'), isActive(both, 'camera')]).toEqual([true, false]);
    const none = withFields(withoutPart(both, 'state'), { text: '' });
    expect([none, isFiltered(none)]).toEqual([{}, false]);
  });

  it('asks one thing of a concept, and never a tag of photos without any', () => {
    const untagged = { untagged: true };
    const absent = toggleConcept(untagged, 1, null);
    expect(absent).toEqual({ untagged: true, concepts: [{ conceptId: 1, value: null }] });
    const present = toggleConcept(absent, 1, 1);
    expect(present).toEqual({ concepts: [{ conceptId: 1, value: 1 }] });
    expect(toggleConcept(present, 1, 1)).toEqual({});
  });

  it('reads the values of facets', () => {
    expect([folderOf('12/2024/May'), depthOf('12/2024/May'), depthOf('12/')]).toEqual([
      { folderId: 12, directory: '2024/May' },
      2,
      0,
    ]);
    const values = [
      { value: '3:1', label: 'bride', count: 4 },
      { value: '3:0', label: 'bride', count: 2 },
      { value: 'untagged', label: '', count: 9 },
    ];
    expect(conceptCounts(values)).toEqual({
      concepts: [{ conceptId: 3, name: 'bride', present: 4, absent: 2 }],
      untagged: 9,
    });
  });

  it('says in words what it asks', () => {
    const concepts = [1, 0, null].map((value, id) => ({ conceptId: id, value: value as 0 | 1 | null }));
    expect(describePart({ concepts }, 'concept', NAMES)).toBe(
      'concept 0, not concept 1, no word on concept 2',
    );
    expect(describePart({ folder: { folderId: 1, directory: '' } }, 'folder', NAMES)).toBe('folder 1');
    expect(describePart({ folder: { folderId: 1, directory: 'a/b' } }, 'folder', NAMES)).toBe('b');
    expect(describePart({ ratings: [-1, null, 3] }, 'rating', NAMES)).toBe('Rejected, Not rated, 3 of 5');
  });
});
