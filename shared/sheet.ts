/**
 * The contact sheet as the page sees it: a filter, its outline (how many photos, in which sections), and rows by their
 * place. The page keeps an outline and the rows around what it shows, never more.
 */
import type { AsOf } from './changes.ts';
import type { CaptureFacts } from './capture.ts';
import type { Orientation, PhotoFormat, PhotoState } from './photo.ts';

/** Which photos a sheet shows. All parts that are given apply together; an empty filter shows all. */
export interface SheetFilter {
  /** In any of these states. */
  readonly states?: readonly PhotoState[];
  /** Held by a file of this watched folder, at or below `directory` (relative, `/` between levels; '' = all of it). */
  readonly folder?: { readonly folderId: number; readonly directory: string };
  /** 1: tagged present; 0: tagged absent; null: neither. All of them. */
  readonly concepts?: readonly { readonly conceptId: number; readonly value: 0 | 1 | null }[];
  /** True: without any tag; false: with at least one. */
  readonly untagged?: boolean;
  /** First and last day of the photos' own calendar (`YYYY-MM-DD`), both shown. */
  readonly capturedFrom?: string;
  readonly capturedTo?: string;
  /** Taken with any of these (camera model; '' = not known). */
  readonly cameras?: readonly string[];
  /** Rated so: -1 (rejected) to 5; null = not rated. Any of them. */
  readonly ratings?: readonly (number | null)[];
  /** Occurs in the name or path of a file of the photo; upper and lower case are the same. */
  readonly text?: string;
}

/** A sheet: photos of one destination. */
export interface SheetQuery {
  readonly destinationId: number;
  readonly filter: SheetFilter;
  readonly groupBy: 'day' | 'folder';
  /** Newest first. */
  readonly descending: boolean;
}

/** A run of neighbours under one heading. */
export interface SheetSection {
  /** Unique within the sheet, and the same in the next answer. */
  readonly key: string;
  /** `YYYY-MM-DD` when grouped by day. */
  readonly day: string | null;
  /** Folder names that the heading names: for a day the watched folders of its photos, at most three. */
  readonly folders: readonly string[];
  /** Place of the first photo in the sheet. */
  readonly start: number;
  readonly count: number;
}

/** The shape of a sheet. */
export interface SheetOutline extends AsOf {
  /** Photos that the filter shows. */
  readonly total: number;
  /** Photos at the destination, whatever the filter. */
  readonly unfiltered: number;
  readonly sections: readonly SheetSection[];
}

/** A tag as it is shown. */
export interface ShownTag {
  readonly conceptId: number;
  readonly name: string;
  readonly value: 0 | 1;
}

/** One photo of a sheet. */
export interface SheetRow {
  readonly photoId: number;
  /** Null for photos without a file of ours. With orientation it names the thumbnails, see thumbnail-names. */
  readonly pictureHash: string | null;
  readonly orientation: Orientation;
  /** Upright pixels; null until something told them. */
  readonly width: number | null;
  readonly height: number | null;
  readonly hasThumbnails: boolean;
  readonly state: PhotoState;
  /** Failure cause or skip reason. */
  readonly reason: string | null;
  /** Name of the file whose facts it shows, without its folders; null when no file holds it now. */
  readonly name: string | null;
  /** Capture time as ms of the wall clock read as UTC; the file's mtime where it has none. */
  readonly sortAt: number;
  readonly rating: number | null;
  /** In the order of their names. */
  readonly tags: readonly ShownTag[];
  /** Tags that the service does not know yet. */
  readonly hasUnsentTags: boolean;
}

/**
 * Rows of a sheet from `from` on. What a row says is as of `asOf`; which photos stand where may be as the outline before
 * said, while the next one takes its time.
 */
export interface SheetRows extends AsOf {
  readonly from: number;
  /** Photos of the sheet as it is now: when it is not what the outline said, the outline has to be asked again. */
  readonly total: number;
  readonly rows: readonly SheetRow[];
}

/** What facets count by. */
export const SHEET_FACETS = ['state', 'folder', 'concept', 'camera', 'rating', 'day'] as const;
export type SheetFacet = (typeof SHEET_FACETS)[number];

/** One value of a facet: how many photos the sheet would show with it, all other parts of the filter kept. */
export interface FacetValue {
  /** State; `folderId/directory`; concept id and value as `12:1`, `12:0`, or `untagged`; camera; rating or ''; day. */
  readonly value: string;
  readonly label: string;
  readonly count: number;
}

export interface FacetCounts extends AsOf {
  readonly values: readonly FacetValue[];
}

/** A file that holds a photo. */
export interface PhotoFile {
  /** Absolute. */
  readonly path: string;
  readonly size: number;
  readonly modifiedAt: number;
  /** When it was found gone; null: it is there. */
  readonly missingAt: number | null;
  /** Whether its facts are those that the photo shows. */
  readonly isChosen: boolean;
}

/** Something that happened to a photo at a destination, with the service's words where it spoke. */
export interface HistoryEntry {
  /** UTC ms. */
  readonly at: number;
  /** The state that it came into; `tags`: its tags were brought to the service. */
  readonly what: PhotoState | 'tags';
  readonly reason: string | null;
  readonly detail: string | null;
  readonly statusCode: number | null;
  readonly requestId: string | null;
}

/** Everything about one photo: facts, places, its way. */
export interface PhotoFacts extends AsOf {
  readonly row: SheetRow;
  readonly format: PhotoFormat | null;
  /** Facts of the chosen file. */
  readonly capture: CaptureFacts | null;
  readonly files: readonly PhotoFile[];
  readonly inputId: string;
  readonly stateAt: number;
  /** Whether it goes before others in every order, when it waits to be sent. */
  readonly goesFirst: boolean;
  /** It waits, and every folder that holds it is paused. */
  readonly isResting: boolean;
  /** A failed or skipped photo's sentence; null else. */
  readonly sentence: string | null;
  /** Share of rows that decoded, when a damaged picture was recovered. */
  readonly recoveredShare: number | null;
  /** Oldest first. */
  readonly history: readonly HistoryEntry[];
}

/** How a picture was taken, read from its file when somebody looks. Lines are in the order of the panel. */
export interface ExposureFacts {
  readonly lines: readonly { readonly name: ExposureName; readonly value: number | string }[];
}

/** Exposure time in s, aperture as f-number, focal lengths in mm, bias in EV. */
export const EXPOSURE_NAMES = [
  'exposureTime',
  'aperture',
  'iso',
  'focalLength',
  'focalLength35mm',
  'exposureBias',
  'flash',
  'exposureProgram',
  'meteringMode',
  'whiteBalance',
  'software',
  'artist',
  'copyright',
  'colorSpace',
] as const;
export type ExposureName = (typeof EXPOSURE_NAMES)[number];

/** Photos of one account that were opened from outside, in their order. */
export interface OpenedPhotos {
  readonly destinationId: number;
  readonly photoIds: readonly number[];
}

/** Calls about sheets and photos. */
export interface SheetCalls {
  sheet(which: { readonly query: SheetQuery }): SheetOutline;
  /** At most 500 rows. */
  sheetRows(which: { readonly query: SheetQuery; readonly from: number; readonly count: number }): SheetRows;
  /** Photo ids from one place to another, both included: for selections. */
  sheetIds(which: {
    readonly query: SheetQuery;
    readonly from: number;
    readonly to: number;
  }): readonly number[];
  /** The place of a photo in a sheet; null when the sheet does not show it. */
  sheetPlace(which: { readonly query: SheetQuery; readonly photoId: number }): number | null;
  facets(which: { readonly query: SheetQuery; readonly facet: SheetFacet }): FacetCounts;
  /** Rows of these photos (at most 500), in the given order; photos that are not at the destination are left out. */
  rowsOf(which: { readonly destinationId: number; readonly photoIds: readonly number[] }): AsOf & {
    readonly rows: readonly SheetRow[];
  };
  /** What these files (absolute paths, at most 1000) hold, at the account of the first; null: none is a known photo. */
  photosOfFiles(which: { readonly paths: readonly string[] }): OpenedPhotos | null;
  photo(which: { readonly destinationId: number; readonly photoId: number }): PhotoFacts;
  /** Reads the chosen file. */
  exposure(which: { readonly photoId: number }): ExposureFacts;
}
