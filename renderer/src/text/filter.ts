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

/** What a part of the filter asks, in a few words. */
export function describePart(
  filter: SheetFilter,
  part: FilterPart,
  names: { readonly concept: (id: number) => string; readonly folder: (id: number) => string },
): string {
  switch (part) {
    case 'state':
      return (filter.states ?? []).map((state) => stateNames[state]).join(', ');
    case 'folder': {
      if (filter.folder === undefined) return '';
      const { folderId, directory } = filter.folder;
      return directory === '' ? names.folder(folderId) : (directory.split('/').at(-1) ?? directory);
    }
    case 'concept':
      return [
        ...(filter.untagged === true ? [filterText.untagged] : []),
        ...(filter.concepts ?? []).map(({ conceptId, value }) => {
          const name = names.concept(conceptId);
          return value === 1 ? name : value === 0 ? filterText.not(name) : filterText.unsaidShort(name);
        }),
      ].join(', ');
    case 'day': {
      const { capturedFrom: from, capturedTo: to } = filter;
      if (from !== undefined && from === to) return formatDay(from);
      return `${from === undefined ? '' : formatDay(from)} – ${to === undefined ? '' : formatDay(to)}`.trim();
    }
    case 'camera':
      return (filter.cameras ?? [])
        .map((camera) => (camera === '' ? filterText.unknownCamera : camera))
        .join(', ');
    case 'rating':
      return (filter.ratings ?? []).map(ratingName).join(', ');
  }
}
