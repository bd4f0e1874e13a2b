import { describe, expect, it } from 'vitest';
import { createListeners } from '../../../renderer/src/engine/listeners.ts';
import { followSheet } from '../../../renderer/src/sheet/follow-sheet.ts';
import { createSelectionStore } from '../../../renderer/src/sheet/selection-store.ts';
import type { Arrival } from '../../../renderer/src/sheet/sheet-rows.ts';

/** A sheet of photos 0, 1, 2 … that the test changes, and a selection that follows it. */
function createFollowed(count: number) {
  let ids = Array.from({ length: count }, (_, id) => id);
  let shape = 1;
  const { add: onChange, tell } = createListeners<void>();
  const asked: string[] = [];
  const rows = {
    onChange,
    total: () => ids.length,
    idAt: (place: number) => ids[place],
    async idsBetween(from: number, to: number) {
      asked.push('whole sheet');
      return ids.slice(from, to + 1);
    },
    async placeOf(photoId: number) {
      asked.push(`place of ${photoId}`);
      return ids.includes(photoId) ? ids.indexOf(photoId) : null;
    },
    arrival(): Arrival {
      const photoId = store.now().cursor?.photoId ?? -1;
      const place = ids.includes(photoId) ? ids.indexOf(photoId) : null;
      return {
        query: { destinationId: 1, filter: {}, groupBy: 'day', descending: false },
        outline: { asOf: shape, total: ids.length, unfiltered: count, sections: [] },
        moved: null,
        watched: { photoId, place },
        isOther: false,
        shape,
      };
    },
  };
  const problems: unknown[] = [];
  const store = createSelectionStore(rows, (problem) => problems.push(problem));
  const stop = followSheet(rows, store, (problem) => problems.push(problem));
  return {
    store,
    asked,
    problems,
    stop,
    remove: (...gone: readonly number[]): void => {
      ids = ids.filter((id) => !gone.includes(id));
      shape += 1;
      tell();
    },
  };
}

describe('a selection that follows its sheet', () => {
  it('asks for few photos one by one', async () => {
    const { store, asked, remove, problems } = createFollowed(1000);
    store.selectRuns([{ from: 2, to: 4 }], { cursor: { photoId: 4, place: 4 } });
    remove(0, 3);
    await expect.poll(() => [...store.now().ids]).toEqual([2, 4]);
    expect(store.now().cursor).toEqual({ photoId: 4, place: 2 });
    expect(asked).toEqual(['place of 2', 'place of 3', 'place of 4']);
    expect(problems).toEqual([]);
  });

  it('asks once for many photos, however often the sheet changes meanwhile, and loses none that stays', async () => {
    const { store, asked, remove, problems, stop } = createFollowed(1000);
    store.selectRuns([{ from: 0, to: 99 }], { cursor: { photoId: 50, place: 50 } });
    for (let gone = 10; gone < 20; gone += 1) remove(gone);
    await expect.poll(() => store.now().ids.size).toBe(90);
    expect(store.now().cursor).toEqual({ photoId: 50, place: 40 });
    expect(asked).toEqual(['whole sheet']);
    remove(50, 500);
    await expect.poll(() => store.now().ids.size).toBe(89);
    expect(store.now().cursor).toEqual({ photoId: 51, place: 40 });
    expect(problems).toEqual([]);
    stop();
  });
});
