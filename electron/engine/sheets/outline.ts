/** The order of a sheet and its sections. */
import type { Columns } from './column-types.ts';
import { applyFilter, type Shortlist } from './filter.ts';
import { shootName, trail } from './folder-names.ts';
import type { SheetQuery, SheetSection } from '#shared/sheet.ts';

const DAY_MS = 86_400_000;
/** So many folders a heading names. */
const FOLDER_NAMES = 3;

/** A sheet laid out. */
export interface Layout {
  /** Photos in the order of the sheet. */
  readonly ids: Int32Array;
  readonly sections: readonly SheetSection[];
}

/** Where photos stand, by photo id: one more than the place of the directory; 0: nowhere. */
type Standing = (photoId: number) => number;

/** Filters, orders and groups. */
export function layOut(columns: Columns, { destinationId, filter, groupBy, descending }: SheetQuery): Layout {
  const list = inDirection(applyFilter(columns, destinationId, filter), descending);
  const standing = standingOf(columns, destinationId);
  return groupBy === 'day' ? byDay(columns, list, standing) : byFolder(columns, list, standing, descending);
}

function inDirection({ ids, times }: Shortlist, descending: boolean): Shortlist {
  return descending ? { ids: ids.toReversed(), times: times.toReversed() } : { ids, times };
}

/** A photo stands where its chosen file lies, if that is there and in a folder of the destination, else where another does. */
function standingOf(columns: Columns, destinationId: number): Standing {
  const { directories, directoryOf, anyFileOf, photoOf } = columns.files();
  const chosen = columns.chosen();
  const folders = columns.folders();
  const isOurs = directories.map(({ folderId }) => folders.get(folderId)?.destinationId === destinationId);
  return (photoId) => {
    const file = chosen[photoId] ?? 0;
    const place = directoryOf[file] ?? 0;
    if (place > 0 && photoOf[file] === photoId && isOurs[place - 1] === true) return place;
    const other = directoryOf[anyFileOf[photoId] ?? 0] ?? 0;
    return other > 0 && isOurs[other - 1] === true ? other : place > 0 ? place : other;
  };
}

function byDay(columns: Columns, { ids, times }: Shortlist, standing: Standing): Layout {
  const { directories } = columns.files();
  const folders = columns.folders();
  const sections: SheetSection[] = [];
  const names = directories.map(({ folderId, directory }) => shootName(folders.get(folderId), directory));
  let start = 0;
  while (start < ids.length) {
    const day = dayOf(times[start] ?? 0);
    const counts = new Map<string, number>();
    let end = start;
    let place = -1;
    let count = 0;
    const close = (): void => {
      const name = names[place - 1];
      if (name !== undefined) counts.set(name, (counts.get(name) ?? 0) + count);
    };
    for (; end < ids.length && dayOf(times[end] ?? 0) === day; end += 1) {
      const next = standing(ids[end] ?? 0);
      if (next !== place) {
        close();
        place = next;
        count = 0;
      }
      count += 1;
    }
    close();
    const named = [...counts].toSorted((a, b) => b[1] - a[1]).slice(0, FOLDER_NAMES);
    const key = dayName(day);
    sections.push({ key, day: key, folders: named.map(([name]) => name), start, count: end - start });
    start = end;
  }
  return { ids, sections };
}

/** Days since 1970 of a wall clock time. */
export function dayOf(time: number): number {
  return Math.floor(time / DAY_MS);
}

/** `YYYY-MM-DD` of a day since 1970; years beyond four digits have a sign and six digits. */
export function dayName(day: number): string {
  const text = new Date(day * DAY_MS).toISOString();
  return text.slice(0, text.indexOf('T'));
}

function byFolder(
  columns: Columns,
  { ids, times }: Shortlist,
  standing: Standing,
  descending: boolean,
): Layout {
  const { directories } = columns.files();
  const folders = columns.folders();
  const counts = new Int32Array(directories.length + 1);
  const firstAt = new Float64Array(directories.length + 1);
  const places = ids.map((id) => standing(id));
  places.forEach((place, n) => {
    if (counts[place] === 0) firstAt[place] = times[n] ?? 0;
    counts[place] = (counts[place] ?? 0) + 1;
  });
  const groups = new Map<
    string,
    { key: string; name: string | null; at: number; places: number[]; count: number }
  >();
  counts.forEach((count, place) => {
    if (count === 0) return;
    const directory = directories[place - 1];
    const key = directory === undefined ? 'none' : `${directory.folderId}/${directory.directory}`;
    const at = firstAt[place] ?? 0;
    const known = groups.get(key);
    // Files that are missing and files that are there may be of the same directory.
    const name = directory === undefined ? null : trail(folders.get(directory.folderId), directory.directory);
    groups.set(key, {
      key,
      name,
      at: known === undefined ? at : descending ? Math.max(at, known.at) : Math.min(at, known.at),
      places: [...(known?.places ?? []), place],
      count: (known?.count ?? 0) + count,
    });
  });
  const ordered = [...groups.values()].toSorted(
    (a, b) =>
      (descending ? b.at - a.at : a.at - b.at) ||
      compare(a.name ?? '', b.name ?? '') ||
      compare(a.key, b.key),
  );
  const sections: SheetSection[] = [];
  const next = new Int32Array(directories.length + 1);
  const sectionOf = new Int32Array(directories.length + 1);
  let start = 0;
  for (const { key, name, places: own, count } of ordered) {
    for (const place of own) sectionOf[place] = sections.length;
    next[sections.length] = start;
    sections.push({ key, day: null, folders: name === null ? [] : [name], start, count });
    start += count;
  }
  const grouped = new Int32Array(ids.length);
  ids.forEach((id, n) => {
    const section = sectionOf[places[n] ?? 0] ?? 0;
    const at = next[section] ?? 0;
    grouped[at] = id;
    next[section] = at + 1;
  });
  return { ids: grouped, sections };
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
