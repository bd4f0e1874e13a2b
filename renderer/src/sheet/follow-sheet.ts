/** Keeps the selection to what the sheet shows, whenever the sheet changes. */
import type { Spot } from './selection.ts';
import type { SelectionStore } from './selection-store.ts';
import type { Arrival, SheetRows } from './sheet-rows.ts';

/** Starts following. Returns how to stop it. */
export function followSheet(
  rows: Pick<SheetRows, 'arrival' | 'onChange' | 'idAt' | 'idsBetween' | 'total'>,
  selection: SelectionStore,
  onProblem: (problem: unknown) => void,
): () => void {
  let seen = rows.arrival()?.shape ?? 0;

  /** The cursor's photo left: the one that came to its place, unless the owner asked for another sheet. */
  async function nextTo(arrival: Arrival): Promise<Spot | null> {
    const before = selection.now().cursor;
    if (before === null || arrival.isOther || rows.total() === 0) return null;
    // What the loupe shows stays there, between the two that were beside it.
    if (selection.focus() === 'one-photo') return { ...before, place: Math.ceil(before.place) - 0.5 };
    const place = Math.min(Math.ceil(before.place), rows.total() - 1);
    const photoId = rows.idAt(place) ?? (await rows.idsBetween(place, place))[0];
    return photoId === undefined ? null : { photoId, place };
  }

  async function follow(arrival: Arrival): Promise<void> {
    const now = selection.now();
    const { watched } = arrival;
    const isCursors = watched !== null && watched.photoId === now.cursor?.photoId;
    const isHere = isCursors && watched.place !== null;
    const cursor = isHere
      ? { photoId: watched.photoId, place: watched.place }
      : isCursors
        ? await nextTo(arrival)
        : now.cursor;
    if (now.isWholeSheet && arrival.isOther) selection.selectNone();
    const mayHaveLost =
      now.ids.size > 1 || (now.ids.size === 1 && !(isCursors && now.ids.has(watched.photoId)));
    const shown = new Set(mayHaveLost && rows.total() > 0 ? await rows.idsBetween(0, rows.total() - 1) : []);
    if (rows.arrival()?.shape !== arrival.shape || selection.now().cursor !== now.cursor) return;
    selection.follow((id) => (id === watched?.photoId && isCursors ? isHere : shown.has(id)), cursor);
  }

  return rows.onChange(() => {
    const arrival = rows.arrival();
    if (arrival === null || arrival.shape === seen) return;
    seen = arrival.shape;
    follow(arrival).catch(onProblem);
  });
}
