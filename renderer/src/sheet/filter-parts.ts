/** A sheet's filter, part by part: what a choice in a menu makes of it. */
import type { SheetFacet, SheetFilter } from '#shared/sheet.ts';

/** Parts as the bar shows them; each is one menu. `state` … `rating` are facets too. */
export const FILTER_PARTS = [
  'state',
  'folder',
  'concept',
  'day',
  'camera',
  'rating',
] as const satisfies SheetFacet[];
export type FilterPart = (typeof FILTER_PARTS)[number];

const FIELDS: Readonly<Record<FilterPart, readonly (keyof SheetFilter)[]>> = {
  state: ['states'],
  folder: ['folder'],
  concept: ['concepts', 'untagged'],
  day: ['capturedFrom', 'capturedTo'],
  camera: ['cameras'],
  rating: ['ratings'],
};

/** The filter with some fields set; those that are undefined or empty are taken out, so that equal filters look equal. */
export function withFields(
  filter: SheetFilter,
  fields: { readonly [Field in keyof SheetFilter]?: SheetFilter[Field] | undefined },
): SheetFilter {
  const all = Object.entries({ ...filter, ...fields });
  return Object.fromEntries(
    all.filter(
      ([, value]) => value !== undefined && value !== '' && !(Array.isArray(value) && value.length === 0),
    ),
  );
}

/** Whether a part of the filter leaves anything out. */
export function isActive(filter: SheetFilter, part: FilterPart): boolean {
  return FIELDS[part].some((field) => filter[field] !== undefined);
}

/** Whether the filter leaves anything out. */
export function isFiltered(filter: SheetFilter): boolean {
  return Object.keys(filter).length > 0;
}

/** The filter without a part. */
export function withoutPart(filter: SheetFilter, part: FilterPart): SheetFilter {
  return withFields(filter, Object.fromEntries(FIELDS[part].map((field) => [field, undefined])));
}

/** A value in or out of a list. */
export function toggled<Value>(list: readonly Value[] | undefined, value: Value): readonly Value[] {
  const before = list ?? [];
  return before.includes(value) ? before.filter((one) => one !== value) : [...before, value];
}

/** What the filter says of a concept; undefined: nothing. */
export function wishFor(filter: SheetFilter, conceptId: number): 0 | 1 | null | undefined {
  return filter.concepts?.find((wish) => wish.conceptId === conceptId)?.value;
}

/** The filter with a wish for a concept, or without when it is the same wish again. */
export function toggleConcept(filter: SheetFilter, conceptId: number, value: 0 | 1 | null): SheetFilter {
  const others = (filter.concepts ?? []).filter((wish) => wish.conceptId !== conceptId);
  const concepts = wishFor(filter, conceptId) === value ? others : [...others, { conceptId, value }];
  // Photos without any tag have no concept: the two together would show nothing.
  return withFields(filter, { concepts, untagged: value === 1 ? undefined : filter.untagged });
}

/** The folder that a facet's value names: `12/2024/May` is the directory `2024/May` of folder 12. */
export function folderOf(value: string): NonNullable<SheetFilter['folder']> {
  const at = value.indexOf('/');
  return at < 0
    ? { folderId: Number(value), directory: '' }
    : { folderId: Number(value.slice(0, at)), directory: value.slice(at + 1) };
}

/** How deep a folder's value lies: 0 is the watched folder itself. */
export function depthOf(value: string): number {
  const { directory } = folderOf(value);
  return directory === '' ? 0 : directory.split('/').length;
}

/** A concept of the facet, with how many photos have it and have it not. */
export interface ConceptCount {
  readonly conceptId: number;
  readonly name: string;
  readonly present: number;
  readonly absent: number;
}

/** The concept facet's values by concept, and the photos without tags. */
export function conceptCounts(
  values: readonly { readonly value: string; readonly label: string; readonly count: number }[],
): { readonly concepts: readonly ConceptCount[]; readonly untagged: number } {
  const concepts = new Map<number, ConceptCount>();
  let untagged = 0;
  for (const { value, label, count } of values) {
    if (value === 'untagged') {
      untagged = count;
      continue;
    }
    const [id = '', said] = value.split(':');
    const conceptId = Number(id);
    const before = concepts.get(conceptId) ?? { conceptId, name: label, present: 0, absent: 0 };
    concepts.set(conceptId, { ...before, [said === '1' ? 'present' : 'absent']: count });
  }
  return { concepts: [...concepts.values()], untagged };
}
