/** Work over very many photos that lets others in between: a key press is owed its few milliseconds. */
import { setImmediate as nextTurn } from 'node:timers/promises';

/** Visits all, and gives others a turn after every `atOnce`. */
export async function inTurns<T>(
  items: readonly T[],
  atOnce: number,
  visit: (item: T) => void,
): Promise<void> {
  for (let from = 0; from < items.length; from += atOnce) {
    for (const item of items.slice(from, from + atOnce)) visit(item);
    await nextTurn();
  }
}

/** A place in the order of sending. */
interface Place {
  readonly turn: number;
  readonly photoId: number;
}

/** Lists that are in the order of sending, as one list in it. */
export function mergeByTurn<T extends Place>(lists: readonly (readonly T[])[]): T[] {
  const merged: T[] = [];
  const at = lists.map(() => 0);
  for (;;) {
    let first: T | undefined;
    let from = -1;
    for (const [index, list] of lists.entries()) {
      const next = list[at[index] ?? 0];
      if (next !== undefined && (first === undefined || isBefore(next, first))) {
        first = next;
        from = index;
      }
    }
    if (first === undefined) return merged;
    merged.push(first);
    at[from] = (at[from] ?? 0) + 1;
  }
}

function isBefore(left: Place, right: Place): boolean {
  return left.turn < right.turn || (left.turn === right.turn && left.photoId < right.photoId);
}
