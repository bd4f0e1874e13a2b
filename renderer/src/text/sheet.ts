/** Words of the contact sheet: cells, headings, filter bar. */
import { counted, formatCount, formatDay } from './format.ts';
import type { PhotoState } from '#shared/photo.ts';
import type { SheetRow, SheetSection } from '#shared/sheet.ts';

/** States as the owner sees them. */
export const stateNames: Readonly<Record<PhotoState, string>> = {
  found: 'Found',
  queued: 'Queued',
  sending: 'Sending',
  accepted: 'Accepted',
  indexed: 'Indexed',
  failed: 'Failed',
  skipped: 'Skipped',
  deleting: 'Deleting',
  removed: 'Removed',
};

export const sheetText = {
  group: 'Sheet',
  commands: {
    left: 'Photo to the left',
    right: 'Photo to the right',
    up: 'Photo above',
    down: 'Photo below',
    first: 'First photo',
    last: 'Last photo',
    'page-up': 'A page up',
    'page-down': 'A page down',
    extend: (move: string) => `${move}, extending the selection`,
    extendAny: 'Any of these, extending the selection',
    withoutSelecting: (move: string) => `${move}, leaving the selection`,
    withoutSelectingAny: 'Any of these, leaving the selection',
    'select-all': 'Select all photos',
    'select-none': 'Select nothing',
    invert: 'Invert the selection',
    toggle: 'Select or deselect the photo at the cursor',
    'select-section': 'Select the section of the cursor',
    loupe: 'Look at the photo',
    compare: 'Compare the selected photos',
    inspector: 'Show or hide the inspector',
  },
  grid: 'Photos',
  loading: 'Loading photos',
  photo: 'Photo',
  noFile: 'No file',
  unsentTags: 'Tags not sent yet',
  noThumbnail: 'No preview',
  rating: (rating: number) => (rating < 0 ? 'rejected' : `${formatCount(rating)} of 5`),
  selectSection: (heading: string) => `Select ${heading}`,
  moreTags: (count: number) => `+${formatCount(count)}`,
  absent: (name: string) => `not ${name}`,
  selected: 'selected',
  selectedCount: (count: number) =>
    count === 0 ? 'Nothing selected' : `${counted(count, 'photo', 'photos')} selected`,
  noDay: 'No date',
  cannotAsk: 'The photos could not be listed. They are safe where they are.',
  again: 'Try again',
  empty: {
    title: 'No photos here yet',
    words: 'Add a folder, and its photos appear as they are found.',
    filteredTitle: 'No photo fits the filter',
    filteredWords: 'Take away a part of it, or all of it.',
    clear: 'Clear filters',
  },
} as const;

/** `Sat 4 May 2024 · Card 12`. */
export function headingOf({ day, folders }: SheetSection): string {
  return (
    [day === null ? null : formatDay(day), ...folders].filter((part) => part !== null).join(' · ') ||
    sheetText.noDay
  );
}

/** `214 photos`. */
export function photosIn({ count }: SheetSection): string {
  return counted(count, 'photo', 'photos');
}

/** A photo for screen readers: `DSC_0405.jpg, indexed, 4 of 5, tags bride, not guest, selected`. */
export function nameOfPhoto(row: SheetRow, isSelected: boolean): string {
  const tags = row.tags.map(({ name, value }) => (value === 1 ? name : sheetText.absent(name)));
  return [
    row.name ?? sheetText.noFile,
    stateNames[row.state].toLowerCase(),
    row.rating === null ? null : sheetText.rating(row.rating),
    tags.length === 0 ? null : `tags ${tags.join(', ')}`,
    row.hasUnsentTags ? sheetText.unsentTags.toLowerCase() : null,
    isSelected ? sheetText.selected : null,
  ]
    .filter((part) => part !== null)
    .join(', ');
}
