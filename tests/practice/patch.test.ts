import { describe, expect, it } from 'vitest';
import { mergeTrees, overwriteParts, removeFromTree } from '../../electron/practice/patch.ts';

const tagged = {
  concepts: [
    { id: 'cat', value: 1 },
    { id: 'dog', value: 0 },
  ],
  metadata: { roll: 7, camera: { make: 'X', lens: 'Y' }, list: [1, 2] },
};

describe('merge', () => {
  it('overwrites keys, merges lists by id, appends other entries', () => {
    const patch = {
      concepts: [
        { id: 'dog', value: 1 },
        { id: 'owl', value: 1 },
      ],
      metadata: { roll: 8, camera: { lens: 'Z' }, list: [3] },
    };
    expect(mergeTrees(tagged, patch)).toStrictEqual({
      concepts: [
        { id: 'cat', value: 1 },
        { id: 'dog', value: 1 },
        { id: 'owl', value: 1 },
      ],
      metadata: { roll: 8, camera: { make: 'X', lens: 'Z' }, list: [1, 2, 3] },
    });
  });

  it('lets an empty list or object replace, and ignores null', () => {
    expect(mergeTrees(tagged, { concepts: [], metadata: null })).toStrictEqual({ ...tagged, concepts: [] });
    expect(mergeTrees(tagged, { metadata: { camera: {} } })['metadata']).toStrictEqual({
      ...tagged.metadata,
      camera: {},
    });
  });
});

describe('remove', () => {
  it('takes entries out by id, whatever their value, and keys that are true', () => {
    const patch = {
      concepts: [{ id: 'cat', value: 0 }],
      metadata: { roll: true, camera: { make: true }, list: [2] },
    };
    expect(removeFromTree(tagged, patch)).toStrictEqual({
      concepts: [{ id: 'dog', value: 0 }],
      metadata: { camera: { lens: 'Y' }, list: [1] },
    });
  });

  it('takes a concept out of a region that stays, or the region itself', () => {
    const old = {
      regions: [{ id: 'r', region_info: { x: 1 }, data: { concepts: [{ id: 'cat', value: 1 }] } }],
    };
    expect(
      removeFromTree(old, { regions: [{ id: 'r', data: { concepts: [{ id: 'cat', value: 1 }] } }] }),
    ).toStrictEqual({
      regions: [{ id: 'r', region_info: { x: 1 }, data: { concepts: [] } }],
    });
    expect(removeFromTree(old, { regions: [{ id: 'r' }] })).toStrictEqual({ regions: [] });
  });
});

it('overwrite replaces the named parts only', () => {
  expect(overwriteParts(tagged, { concepts: [{ id: 'owl', value: 1 }], metadata: null })).toStrictEqual({
    ...tagged,
    concepts: [{ id: 'owl', value: 1 }],
  });
});
