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
