/** Shapes of the sheets' columns: arrays by photo id and by file id, quick to filter and count. */
import type { SheetFolder } from '../ledger/sheet-columns.ts';

/** Photos by id: 1 for those that are in the set. Ids beyond its end are not. */
export type PhotoSet = Uint8Array;

/** Photos of a destination, oldest first. */
export interface Order {
  readonly ids: Int32Array;
  /** Side by side with `ids`, ms; within the calendar. */
  readonly times: Float64Array;
  /** One more than the largest photo id. */
  readonly size: number;
}

/** A directory below a watched folder, with the photos that its files hold now. */
export interface Directory {
  readonly folderId: number;
  readonly directory: string;
  readonly photoIds: Int32Array;
}

/** Files that hold photos. */
export interface Files {
  readonly directories: readonly Directory[];
  /** By file id: the photo, 0 for files that are missing. */
  readonly photoOf: Int32Array;
  /** By file id: one more than the place of its directory; 0: no such file. */
  readonly directoryOf: Int32Array;
  /** By photo id: some of its files that is there, else one that is missing; 0: none. */
  readonly anyFileOf: Int32Array;
}

/** Camera and rating that files state. */
export interface Shown {
  readonly groups: readonly { readonly camera: string; readonly rating: number | null }[];
  /** By file id: one more than the place of its group. */
  readonly groupOf: Int32Array;
}

/** All columns, read when they are wanted. */
export interface Columns {
  order(destinationId: number): Order;
  /** By photo id: one more than the place of its state in PHOTO_STATES; 0: not at the destination. */
  states(destinationId: number): Uint8Array;
  folders(): ReadonlyMap<number, SheetFolder>;
  files(): Files;
  /** By photo id: the file whose facts it shows; 0: none. */
  chosen(): Int32Array;
  shown(): Shown;
  tagged(conceptId: number, value: 0 | 1): Int32Array;
  allTagged(): readonly {
    readonly conceptId: number;
    readonly value: 0 | 1;
    readonly photoIds: Int32Array;
  }[];
  taggedAtAll(): Int32Array;
  conceptNames(): ReadonlyMap<number, string>;
  /** Files whose name or path has the text. */
  withText(text: string): Int32Array;
}
