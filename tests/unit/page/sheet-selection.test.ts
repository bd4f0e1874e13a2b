import { describe, expect, it } from 'vitest';
import {
  NO_SELECTION,
  afterChange,
  countSelected,
  isSelected,
  selectOnly,
  targetOf,
  type Selection,
} from '../../../renderer/src/sheet/selection.ts';
import { createSelectionStore } from '../../../renderer/src/sheet/selection-store.ts';
import type { SheetQuery } from '#shared/sheet.ts';

const QUERY: SheetQuery = { destinationId: 1, filter: {}, groupBy: 'day', descending: false };
const idAt = (place: number): number => place + 101;
const spotAt = (place: number) => ({ photoId: idAt(place), place });

/** A sheet of 1,000 photos of which the first 100 are loaded; the others are answered when the test says so. */
function createSheet() {
  const answers: (() => void)[] = [];
  const store = createSelectionStore(
    {
      total: () => 1000,
      idAt: (place) => (place < 100 ? idAt(place) : undefined),
      idsBetween: (from, to) =>
        new Promise((resolve) => {
          const ids = Array.from({ length: to - from + 1 }, (_, index) => idAt(from + index));
          answers.push(() => resolve(ids));
        }),
    },
    (problem) => {
      throw problem;
    },
  );
  return {
    store,
    answer: async (): Promise<void> => {
      for (const resolve of answers.splice(0)) resolve();
      for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
    },
    ids: () => [...store.now().ids].sort((a, b) => a - b),
  };
}

describe('selecting', () => {
  it('takes one by a click, a run with shift, single ones in and out with ctrl, more runs with both', () => {
    const { store, ids } = createSheet();
    store.click(spotAt(3));
    expect(ids()).toEqual([104]);
    store.click(spotAt(6), { extends: true });
    expect(ids()).toEqual([104, 105, 106, 107]);
    store.click(spotAt(2), { extends: true });
    expect(ids()).toEqual([103, 104]);
    store.click(spotAt(9), { adds: true });
    store.click(spotAt(2), { adds: true });
    expect(ids()).toEqual([104, 110]);
    store.click(spotAt(20), { adds: true });
    store.click(spotAt(22), { extends: true, adds: true });
    expect(ids()).toEqual([104, 110, 121, 122, 123]);
  });

  it('moves, extends and leaves the selection by keys, within the sheet', () => {
    const { store, ids } = createSheet();
    store.moveTo(-5);
    expect(store.now().cursor).toEqual(spotAt(0));
    store.moveTo(2, 'extend');
    store.moveTo(1, 'extend');
    expect([ids(), store.now().cursor]).toEqual([[101, 102], spotAt(1)]);
    store.moveTo(7, 'move');
    expect([ids(), store.now().cursor]).toEqual([[101, 102], spotAt(7)]);
    store.toggleCursor();
    expect(ids()).toEqual([101, 102, 108]);
  });

  it('asks for photos that are not loaded, and forgets what was asked when another act came', async () => {
    const { store, ids, answer } = createSheet();
    store.click(spotAt(98));
    store.click(spotAt(102), { extends: true });
    await answer();
    expect(ids()).toEqual([199, 200, 201, 202, 203]);
    store.click(spotAt(500), { extends: true });
    store.click(spotAt(1));
    await answer();
    expect(ids()).toEqual([102]);
    store.moveTo(5000, 'extend');
    await answer();
    await answer();
    expect([ids().length, store.now().cursor]).toEqual([999, spotAt(999)]);
  });

  it('takes the whole sheet by its query, and single ones out of it', async () => {
    const { store, ids, answer } = createSheet();
    store.selectAll();
    expect(targetOf(store.now(), QUERY)).toEqual({ query: QUERY });
    expect([countSelected(store.now(), 1000), isSelected(store.now(), 7)]).toEqual([1000, true]);
    store.click(spotAt(4), { adds: true });
    await answer();
    expect([ids().length, isSelected(store.now(), idAt(4))]).toEqual([999, false]);
    store.invert();
    await answer();
    expect(ids()).toEqual([105]);
    store.selectNone();
    expect([ids(), store.now().cursor]).toEqual([[], spotAt(4)]);
  });

  it('goes on from what was selected while one rectangle is drawn', () => {
    const { store, ids } = createSheet();
    store.click(spotAt(50));
    const base = store.now();
    store.selectRuns([{ from: 0, to: 3 }], { adds: true, base });
    store.selectRuns(
      [
        { from: 0, to: 1 },
        { from: 10, to: 11 },
      ],
      { adds: true, base },
    );
    expect(ids()).toEqual([101, 102, 111, 112, 151]);
  });
});

describe('a sheet that changes under a selection', () => {
  const before: Selection = { ...selectOnly(spotAt(5)), ids: new Set([105, 106, 107]) };

  it('keeps the photos that stay, at their new places', () => {
    const after = afterChange(before, (id) => id !== 105, { photoId: 106, place: 4 });
    expect(after).toEqual({
      isWholeSheet: false,
      ids: new Set([106, 107]),
      cursor: { photoId: 106, place: 4 },
      anchor: { photoId: 106, place: 4 },
    });
  });

  it('goes on with the photo that came to the place of the only one, and selects nothing for the owner else', () => {
    const next = { photoId: 107, place: 5 };
    expect([...afterChange(selectOnly(spotAt(5)), () => false, next).ids]).toEqual([107]);
    expect([...afterChange(before, (id) => id === 105, next).ids]).toEqual([105]);
    const none = { ...before, ids: new Set<number>() };
    expect([...afterChange(none, () => false, next).ids]).toEqual([]);
    expect(afterChange(before, () => false, null)).toEqual({ ...NO_SELECTION });
  });
});
