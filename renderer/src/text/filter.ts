/** Words of the filter bar. */
import { formatCount, formatDay } from './format.ts';
import { stateNames } from './sheet.ts';
import type { FilterPart } from '../sheet/filter-parts.ts';
import type { SheetFilter } from '#shared/sheet.ts';

export const partNames: Readonly<Record<FilterPart, string>> = {
  state: 'State',
  folder: 'Folder',
  concept: 'Concept',
  day: 'Date',
  camera: 'Camera',
  rating: 'Rating',
};

export const filterText = {
  bar: 'Filter',
  group: 'Filter',
  name: 'Name or path',
  focusName: 'Find by name',
  clear: 'Clear',
  clearAll: 'Clear all filters',
  clearPart: (part: FilterPart) => `Take away the filter by ${partNames[part].toLowerCase()}`,
  by: (part: FilterPart) => `Filter by ${partNames[part].toLowerCase()}`,
  ofAll: (shown: number, all: number) => `${formatCount(shown)} of ${formatCount(all)}`,
  untagged: 'Without any tag',
  findConcept: 'Find a concept',
  noConcepts: 'No concept is used here.',
  present: (name: string) => `With ${name}`,
  absent: (name: string) => `Marked as not ${name}`,
  unsaid: (name: string) => `Nothing said of ${name}`,
  unsaidShort: (name: string) => `no word on ${name}`,
  not: (name: string) => `not ${name}`,
  from: 'From',
  to: 'To',
  days: 'Days',
  nothing: 'No photo fits the other parts of the filter.',
  allFolders: 'All folders',
  unknownCamera: 'Camera not known',
  rejected: 'Rejected',
  unrated: 'Not rated',
  stars: (rating: number) => `${formatCount(rating)} of 5`,
  loading: 'Counting',
  saved: {
    title: 'Saved filters',
    save: 'Save this filter',
    name: 'Name of the filter',
    none: 'Filters that you save appear here.',
    nothingToSave: 'Filter the sheet first; then it can be saved here.',
    rename: (name: string) => `Rename ${name}`,
    remove: (name: string) => `Delete ${name}`,
    done: 'Save',
    cancel: 'Cancel',
    labels: {
      save: (name: string) => `save the filter ${name}`,
      rename: (name: string) => `rename a filter to ${name}`,
      remove: (name: string) => `delete the filter ${name}`,
    },
    failed: 'The filters could not be saved. Those from before are still there.',
  },
  view: {
    menu: 'View',
    size: 'Size',
    sizes: { small: 'Small', medium: 'Medium', large: 'Large' },
    larger: 'Larger pictures',
    smaller: 'Smaller pictures',
    sections: 'Sections',
    groups: { day: 'By day', folder: 'By folder' },
    order: 'Order',
    oldest: 'Oldest first',
    newest: 'Newest first',
  },
} as const;

/** A rating as a filter's value. */
export function ratingName(rating: number | null): string {
  if (rating === null) return filterText.unrated;
  return rating < 0 ? filterText.rejected : filterText.stars(rating);
}

/** Names that a filter knows by number. */
export interface FilterNames {
  readonly concept: (id: number) => string;
  readonly folder: (id: number) => string;
}

const DESCRIPTIONS: Readonly<Record<FilterPart, (filter: SheetFilter, names: FilterNames) => string>> = {
  state: ({ states = [] }) => states.map((state) => stateNames[state]).join(', '),
  folder({ folder }, names) {
    if (folder === undefined) return '';
    return folder.directory.split('/').at(-1) || names.folder(folder.folderId);
  },
  concept: ({ untagged, concepts = [] }, names) =>
    [
      ...(untagged === true ? [filterText.untagged] : []),
      ...concepts.map(({ conceptId, value }) => {
        const name = names.concept(conceptId);
        if (value === 1) return name;
        return value === 0 ? filterText.not(name) : filterText.unsaidShort(name);
      }),
    ].join(', '),
  day({ capturedFrom: from, capturedTo: to }) {
    if (from !== undefined && from === to) return formatDay(from);
    return `${from === undefined ? '' : formatDay(from)} – ${to === undefined ? '' : formatDay(to)}`.trim();
  },
  camera: ({ cameras = [] }) => cameras.map((camera) => camera || filterText.unknownCamera).join(', '),
  rating: ({ ratings = [] }) => ratings.map(ratingName).join(', '),
};

/** What a part of the filter asks, in a few words. */
export function describePart(filter: SheetFilter, part: FilterPart, names: FilterNames): string {
  return DESCRIPTIONS[part](filter, names);
}
