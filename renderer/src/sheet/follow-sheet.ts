/** Keeps the selection to what the sheet shows, whenever the sheet changes. */
import type { Spot } from './selection.ts';
import type { SelectionStore } from './selection-store.ts';
import type { Arrival, SheetRows } from './sheet-rows.ts';

/** So many photos are asked for one by one. */
const FEW = 16;
/** Looking for more of them rests so many times as long as it took the last time. */
const RESTS = 10;

/** Starts following. Returns how to stop it. */
export function followSheet(
  rows: Pick<SheetRows, 'arrival' | 'onChange' | 'idAt' | 'idsBetween' | 'placeOf' | 'total'>,
  selection: SelectionStore,
  onProblem: (problem: unknown) => void,
): () => void {
  let seen = rows.arrival()?.shape ?? 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let restsUntil = 0;
  let isStopped = false;

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
    if (mayHaveLost && now.ids.size > FEW && !arrival.isOther) {
      checkLater();
      if (selection.now() === now)
        selection.follow((id) => id !== watched?.photoId || isHere || !isCursors, cursor);
      return;
    }
    const shown = mayHaveLost ? await shownOf(now.ids) : new Set<number>();
    if (rows.arrival()?.shape !== arrival.shape || selection.now().cursor !== now.cursor) return;
    selection.follow((id) => (id === watched?.photoId && isCursors ? isHere : shown.has(id)), cursor);
  }

  /** Which of these photos the sheet shows. */
  async function shownOf(ids: ReadonlySet<number>): Promise<ReadonlySet<number>> {
    if (rows.total() === 0) return new Set();
    if (ids.size > FEW) return new Set(await rows.idsBetween(0, rows.total() - 1));
    const places = await Promise.all([...ids].map(async (id) => ({ id, place: await rows.placeOf(id) })));
    return new Set(places.filter(({ place }) => place !== null).map(({ id }) => id));
  }

  /** Many photos are looked for in the whole sheet; while it goes on changing, only now and then. */
  function checkLater(): void {
    timer ??= setTimeout(() => check().catch(onProblem), Math.max(0, restsUntil - performance.now()));
  }

  async function check(): Promise<void> {
    const now = selection.now();
    const [shape, begin] = [rows.arrival()?.shape, performance.now()];
    const shown = await shownOf(now.ids).finally(() => {
      restsUntil = performance.now() + (performance.now() - begin) * RESTS;
      timer = undefined;
    });
    if (isStopped) return;
    if (rows.arrival()?.shape !== shape) checkLater();
    if (selection.now().ids === now.ids) selection.follow((id) => shown.has(id), selection.now().cursor);
  }

  const stopHearing = rows.onChange(() => {
    const arrival = rows.arrival();
    if (arrival === null || arrival.shape === seen) return;
    seen = arrival.shape;
    follow(arrival).catch(onProblem);
  });
  return () => {
    isStopped = true;
    clearTimeout(timer);
    timer = undefined;
    stopHearing();
  };
}
