/** Which photos of a destination a filter shows: every part of it is a set, and the sets are laid over each other. */
import { isPlaceAtOrBelow } from '../path-relations.ts';
import type { Columns, Order, PhotoSet } from './column-types.ts';
import { PHOTO_STATES } from '#shared/photo.ts';
import type { SheetFilter } from '#shared/sheet.ts';

const DAY_MS = 86_400_000;

/** Ids of the photos that the filter shows, oldest first, with their times. */
export interface Shortlist {
  readonly ids: Int32Array;
  readonly times: Float64Array;
}

/** Applies a filter. An empty one costs nothing. */
export function applyFilter(columns: Columns, destinationId: number, filter: SheetFilter): Shortlist {
  const order = columns.order(destinationId);
  const [from, to] = dayRange(order, filter);
  const sets = setsOf(columns, destinationId, filter, order.size);
  if (sets.length === 0) return { ids: order.ids.subarray(from, to), times: order.times.subarray(from, to) };
  const ids = new Int32Array(to - from);
  const times = new Float64Array(to - from);
  let count = 0;
  for (let place = from; place < to; place += 1) {
    const id = order.ids[place] ?? 0;
    if (!isInAll(sets, id)) continue;
    ids[count] = id;
    times[count] = order.times[place] ?? 0;
    count += 1;
  }
  return { ids: ids.subarray(0, count), times: times.subarray(0, count) };
}

function isInAll(sets: readonly PhotoSet[], id: number): boolean {
  for (const set of sets) if (set[id] !== 1) return false;
  return true;
}

/** Places of the first photo that is shown, and after the last one. */
function dayRange({ times }: Order, { capturedFrom, capturedTo }: SheetFilter): [number, number] {
  const from = capturedFrom === undefined ? 0 : firstFrom(times, Date.parse(capturedFrom));
  const to = capturedTo === undefined ? times.length : firstFrom(times, Date.parse(capturedTo) + DAY_MS);
  return [from, Math.max(from, to)];
}

/** The place of the first time that is not before `time`. */
function firstFrom(times: Float64Array, time: number): number {
  let low = 0;
  let high = times.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((times[middle] ?? 0) < time) low = middle + 1;
    else high = middle;
  }
  return low;
}

function setsOf(columns: Columns, destinationId: number, filter: SheetFilter, size: number): PhotoSet[] {
  const { states, folder, concepts = [], untagged, cameras, ratings, text } = filter;
  const sets: PhotoSet[] = [];
  if (states !== undefined) {
    const stateOf = columns.states(destinationId);
    const isWanted = Uint8Array.from([0, ...PHOTO_STATES.map((state) => (states.includes(state) ? 1 : 0))]);
    sets.push(stateOf.map((code) => isWanted[code] ?? 0));
  }
  if (folder !== undefined) {
    const { folderId, directory } = folder;
    const below = columns
      .files()
      .directories.filter((one) => one.folderId === folderId && isPlaceAtOrBelow(one.directory, directory));
    sets.push(setOf(size, ...below.map(({ photoIds }) => photoIds)));
  }
  for (const { conceptId, value } of concepts) {
    if (value === null) {
      sets.push(allBut(size, columns.tagged(conceptId, 0), columns.tagged(conceptId, 1)));
    } else sets.push(setOf(size, columns.tagged(conceptId, value)));
  }
  if (untagged !== undefined) {
    sets.push((untagged ? allBut : setOf)(size, columns.taggedAtAll()));
  }
  if (cameras !== undefined) sets.push(shownSet(columns, size, ({ camera }) => cameras.includes(camera)));
  if (ratings !== undefined) sets.push(shownSet(columns, size, ({ rating }) => ratings.includes(rating)));
  if (text !== undefined && text.trim() !== '') {
    const { photoOf } = columns.files();
    const set = new Uint8Array(size);
    for (const fileId of columns.withText(text.trim())) set[photoOf[fileId] ?? 0] = 1;
    sets.push(set);
  }
  return sets;
}

function setOf(size: number, ...lists: readonly Int32Array[]): PhotoSet {
  const set = new Uint8Array(size);
  for (const list of lists) for (const id of list) set[id] = 1;
  return set;
}

function allBut(size: number, ...lists: readonly Int32Array[]): PhotoSet {
  const set = new Uint8Array(size).fill(1);
  for (const list of lists) for (const id of list) set[id] = 0;
  return set;
}

/** Photos by camera and rating of their chosen file; a photo without one has neither. */
function shownSet(
  columns: Columns,
  size: number,
  isWanted: (shown: { readonly camera: string; readonly rating: number | null }) => boolean,
): PhotoSet {
  const { groups, groupOf } = columns.shown();
  const chosen = columns.chosen();
  const wanted = Uint8Array.from(
    [{ camera: '', rating: null }, ...groups].map((group) => (isWanted(group) ? 1 : 0)),
  );
  const set = new Uint8Array(size);
  for (let id = 0; id < size; id += 1) set[id] = wanted[groupOf[chosen[id] ?? 0] ?? 0] ?? 0;
  return set;
}
