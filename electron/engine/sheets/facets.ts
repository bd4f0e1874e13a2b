/** How many photos each value of a facet would show, the other parts of the filter kept. */
import type { Columns } from './column-types.ts';
import { applyFilter, type Shortlist } from './filter.ts';
import { lastPart } from './folder-names.ts';
import { dayName, dayOf } from './outline.ts';
import { PHOTO_STATES } from '#shared/photo.ts';
import type { FacetValue, SheetFacet, SheetFilter, SheetQuery } from '#shared/sheet.ts';

/** Parts of a filter that choose a value of the facet themselves. */
const OWN_PARTS: Readonly<Record<SheetFacet, readonly (keyof SheetFilter)[]>> = {
  state: ['states'],
  folder: ['folder'],
  concept: ['concepts', 'untagged'],
  camera: ['cameras'],
  rating: ['ratings'],
  day: ['capturedFrom', 'capturedTo'],
};

/** Counts a facet. Values that no photo has are left out, but for states. */
export function countFacet(
  columns: Columns,
  { destinationId, filter }: SheetQuery,
  facet: SheetFacet,
): FacetValue[] {
  const others = Object.fromEntries(
    Object.entries(filter).filter(([part]) => !OWN_PARTS[facet].includes(part as keyof SheetFilter)),
  ) as SheetFilter;
  const list = applyFilter(columns, destinationId, others);
  switch (facet) {
    case 'state':
      return byState(columns, destinationId, list);
    case 'folder':
      return byFolder(columns, destinationId, list);
    case 'concept':
      return byConcept(columns, list);
    case 'camera':
      return byShown(columns, list, ({ camera }) => camera).toSorted(
        (a, b) =>
          Number(a.value === '') - Number(b.value === '') || b.count - a.count || compare(a.value, b.value),
      );
    case 'rating':
      return byShown(columns, list, ({ rating }) => (rating === null ? '' : String(rating))).toSorted(
        (a, b) => rankOf(b.value) - rankOf(a.value),
      );
    default:
      return byDay(list);
  }
}

const rankOf = (rating: string): number => (rating === '' ? -2 : Number(rating));
const { compare } = new Intl.Collator('en', { numeric: true });

function byState(columns: Columns, destinationId: number, { ids }: Shortlist): FacetValue[] {
  const stateOf = columns.states(destinationId);
  const counts = new Int32Array(PHOTO_STATES.length + 1);
  for (const id of ids) {
    const code = stateOf[id] ?? 0;
    counts[code] = (counts[code] ?? 0) + 1;
  }
  return PHOTO_STATES.map((state, n) => ({ value: state, label: state, count: counts[n + 1] ?? 0 }));
}

function setOf({ ids }: Shortlist): Uint8Array {
  let most = 0;
  for (const id of ids) if (id > most) most = id;
  const set = new Uint8Array(most + 1);
  for (const id of ids) set[id] = 1;
  return set;
}

function countIn(set: Uint8Array, ids: Int32Array): number {
  let count = 0;
  for (const id of ids) if (set[id] === 1) count += 1;
  return count;
}

function byConcept(columns: Columns, list: Shortlist): FacetValue[] {
  const set = setOf(list);
  const names = columns.conceptNames();
  const values = columns.allTagged().flatMap(({ conceptId, value, photoIds }): FacetValue[] => {
    const count = countIn(set, photoIds);
    const label = names.get(conceptId) ?? String(conceptId);
    return count === 0 ? [] : [{ value: `${conceptId}:${value}`, label, count }];
  });
  values.sort((a, b) => compare(a.label, b.label) || compare(b.value, a.value));
  const untagged = list.ids.length - countIn(set, columns.taggedAtAll());
  return [...values, { value: 'untagged', label: '', count: untagged }];
}

function byShown(
  columns: Columns,
  { ids }: Shortlist,
  valueOf: (shown: { readonly camera: string; readonly rating: number | null }) => string,
): FacetValue[] {
  const { groups, groupOf } = columns.shown();
  const chosen = columns.chosen();
  const counts = new Int32Array(groups.length + 1);
  for (const id of ids) {
    const group = groupOf[chosen[id] ?? 0] ?? 0;
    counts[group] = (counts[group] ?? 0) + 1;
  }
  const byValue = new Map<string, number>();
  counts.forEach((count, n) => {
    const value = valueOf(groups[n - 1] ?? { camera: '', rating: null });
    if (count > 0) byValue.set(value, (byValue.get(value) ?? 0) + count);
  });
  return [...byValue].map(([value, count]) => ({ value, label: value, count }));
}

/** Newest first. */
function byDay({ times }: Shortlist): FacetValue[] {
  const values: FacetValue[] = [];
  let end = times.length;
  while (end > 0) {
    const day = dayOf(times[end - 1] ?? 0);
    let start = end;
    while (start > 0 && dayOf(times[start - 1] ?? 0) === day) start -= 1;
    const value = dayName(day);
    values.push({ value, label: value, count: end - start });
    end = start;
  }
  return values;
}

/** Watched folders of the destination and every level below; a photo counts once in each, however many files hold it. */
function byFolder(columns: Columns, destinationId: number, list: Shortlist): FacetValue[] {
  const { directories } = columns.files();
  const folders = columns.folders();
  const set = setOf(list);
  const nodes = new Map<string, { label: string; count: number; last: Set<number> | null }>();
  const seen = new Uint8Array(set.length);
  const several = new Set<number>();
  const ours = directories.filter(({ folderId }) => {
    const folder = folders.get(folderId);
    return folder !== undefined && folder.destinationId === destinationId;
  });
  for (const { photoIds } of ours) {
    for (const id of photoIds) {
      if (set[id] !== 1) continue;
      if (seen[id] === 1) several.add(id);
      seen[id] = 1;
    }
  }
  for (const { folderId, directory, photoIds } of ours) {
    let alone = 0;
    const shared: number[] = [];
    for (const id of photoIds) {
      if (set[id] !== 1) continue;
      if (several.has(id)) shared.push(id);
      else alone += 1;
    }
    if (alone === 0 && shared.length === 0) continue;
    const name = lastPart(folders.get(folderId)?.path ?? '');
    for (const level of levelsOf(directory)) {
      const value = `${folderId}/${level}`;
      const node = nodes.get(value) ?? { label: level === '' ? name : lastPart(level), count: 0, last: null };
      node.count += alone;
      for (const id of shared) {
        node.last ??= new Set();
        if (node.last.has(id)) continue;
        node.last.add(id);
        node.count += 1;
      }
      nodes.set(value, node);
    }
  }
  return [...nodes]
    .map(([value, { label, count }]) => ({ value, label, count }))
    .toSorted((a, b) => compare(pathOf(a.value), pathOf(b.value)));

  function pathOf(value: string): string {
    const slash = value.indexOf('/');
    const folder = folders.get(Number(value.slice(0, slash)));
    return `${lastPart(folder?.path ?? '')}\u0000${value}`;
  }
}

/** '' and each directory on the way down: `a/b` gives '', 'a', 'a/b'. */
function levelsOf(directory: string): string[] {
  const parts = directory === '' ? [] : directory.split('/');
  return ['', ...parts.map((_, n) => parts.slice(0, n + 1).join('/'))];
}
