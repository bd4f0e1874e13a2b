/** Watched folders: how each is read, what is sent of its photos, and what leaves this computer for one photo. */
import type { AsOf } from './changes.ts';
import type { FolderStatus } from './destination.ts';
import type { PhotoState, StateCounts } from './photo.ts';

/** How the copy for sending is made. */
export interface RenditionRecipe {
  /** Long edge in pixels; smaller pictures are not enlarged. */
  readonly longEdge: number;
  /** JPEG quality. */
  readonly quality: number;
}

/** What a folder has that the owner gave no recipe of its own. */
export const DEFAULT_RECIPE: RenditionRecipe = { longEdge: 2048, quality: 85 };

/** What a recipe may be. */
export const RECIPE_BOUNDS = {
  longEdge: { least: 256, most: 8192 },
  quality: { least: 30, most: 100 },
} as const;

/** What is sent of a folder's photos. All but the picture itself is off until the owner turns it on. */
export interface UploadProfile {
  /** A sized copy without metadata, or the bytes of the file with all that it holds. */
  readonly sends: 'rendition' | 'original';
  readonly recipe: RenditionRecipe;
  readonly sendsGps: boolean;
  readonly sendsCaptureTime: boolean;
  readonly sendsFileName: boolean;
}

/** How the last whole scan of a folder ended. Times are UTC ms. */
export interface FolderScan {
  /** Why it was scanned: `start`, `timer`, `wake`, `watcher`, `returned`, `more`, `owner`. */
  readonly reason: string;
  readonly startedAt: number;
  readonly finishedAt: number;
  readonly seenCount: number;
  readonly changedCount: number;
  readonly missingCount: number;
  /** What could not be read, in the system's words; null when all was read. */
  readonly detail: string | null;
}

/** A watched folder with everything that the owner may want to know or change. */
export interface WatchedFolder extends FolderStatus, UploadProfile {
  readonly id: number;
  readonly destinationId: number;
  /** False in an engine that works for other folders only. */
  readonly isAtWork: boolean;
  /** What it lies on, as the system names it; null: not known. */
  readonly fileSystem: string | null;
  /** When the system last told of a change in it, since the engine was started; null: not yet. UTC ms. */
  readonly lastEventAt: number | null;
  /** Null before the first scan has ended. */
  readonly lastScan: FolderScan | null;
  readonly isScanning: boolean;
  /** Since when its photos are not sent; null: they are. UTC ms. */
  readonly pausedAt: number | null;
  /** When that ends by itself; null: it does not. UTC ms. */
  readonly pausedUntil: number | null;
  /** Patterns that are left out. */
  readonly excludeGlobs: readonly string[];
  /** When not empty, only files that match one of these count. */
  readonly includeGlobs: readonly string[];
  /** Concepts that its photos get when they come: present (1) or absent (0). */
  readonly concepts: readonly { readonly name: string; readonly value: 0 | 1 }[];
  /** Photos get the name of the folder that they lie in as a concept. */
  readonly addsFolderName: boolean;
  /** JSON object that travels with each input; null: none. */
  readonly metadata: Readonly<Record<string, unknown>> | null;
  /** Photos that it holds, by state at its destination. */
  readonly counts: StateCounts;
}

/** What may be changed; what is absent stays as it is. */
export interface FolderChange extends Partial<UploadProfile> {
  readonly destinationId?: number;
  readonly excludeGlobs?: readonly string[];
  /** Names of the concepts that photos get as present: all of them. Photos keep those that they have. */
  readonly concepts?: readonly string[];
  /** The same for those that photos get as absent. */
  readonly notConcepts?: readonly string[];
  readonly addsFolderName?: boolean;
  /** Nothing of the folder's own travels with its inputs any more. */
  readonly metadata?: null;
}

/** A change that was made; it is an act, so that `undo` takes it back. */
export interface FolderDone extends AsOf {
  /** Null when nothing had to change. */
  readonly editId: number | null;
  readonly label: string;
  /** Photos that were tagged by it. */
  readonly photoCount: number;
}

/** What patterns would leave out of the files that are known. */
export interface ExcludePreview {
  /** Photos and files that count now and would not any more. */
  readonly fileCount: number;
  /** Some of their paths, relative to the folder. */
  readonly examples: readonly string[];
  /** Files that the patterns of now leave out and these would not; they come back if they are still there. */
  readonly returningCount: number;
}

/** A field that travels, with its value as text. */
export interface LeavingField {
  /** As the service gets it: `file_name`, `captured_at`, or a key of the folder's own metadata. */
  readonly name: string;
  readonly value: string;
}

/**
 * Exactly what leaves this computer when the photo is sent as its folder is set up now. Everything is read from the
 * request that the uploader would make.
 */
export interface Leaving extends AsOf {
  readonly destinationId: number;
  /** The destination is the practice account, which is a server on this computer. */
  readonly isPractice: boolean;
  readonly state: PhotoState;
  /** When it came to that state; UTC ms. */
  readonly stateAt: number;
  /** How the service came to have it: sent from here, or found there; null: it does not have it as far as is known. */
  readonly origin: 'posted' | 'adopted' | null;
  /** Why it is not sent, a sentence; null: nothing speaks against it, or it was sent. */
  readonly stays: string | null;
  /** Null when no file is there to make a request of. */
  readonly request: LeavingRequest | null;
}

/** The part of a request that is about one photo. */
export interface LeavingRequest {
  readonly inputId: string;
  readonly picture: {
    readonly sends: 'rendition' | 'original';
    /** Upright pixels; null: not known before the picture is decoded. */
    readonly width: number | null;
    readonly height: number | null;
    /** Null: the copy is not made yet. */
    readonly bytes: number | null;
    /** Of a copy; null for the file itself. */
    readonly quality: number | null;
    /** What is known of the metadata inside of the file itself; none for a copy, which has none. */
    readonly holds: readonly LeavingField[];
  };
  /** What travels beside the picture. */
  readonly fields: readonly LeavingField[];
  readonly place: { readonly longitude: number; readonly latitude: number } | null;
  /** The id that the service gets, and the name that it was told or will be told. */
  readonly concepts: readonly { readonly id: string; readonly name: string; readonly value: 0 | 1 }[];
  /** The JSON of the input as it is written into the body, with a few words in the picture's place. */
  readonly json: string;
}

/** Calls about watched folders, and about what leaves this computer. */
export interface FolderCalls {
  folders(nothing: Record<string, never>): AsOf & { readonly folders: readonly WatchedFolder[] };
  previewExclude(which: {
    readonly folderId: number;
    readonly excludeGlobs: readonly string[];
  }): ExcludePreview;
  /** Undoable. It holds for what is sent from then on: what the service has stays as it was sent. */
  changeFolder(which: { readonly folderId: number; readonly change: FolderChange }): FolderDone;
  /** Looks through the whole folder now. */
  rescanFolder(which: { readonly folderId: number }): null;
  /**
   * Stops watching. Photos, tags and history stay, here and at the service; photos that were not sent are left out.
   * Undoable.
   */
  removeFolder(which: { readonly folderId: number }): FolderDone;
  leaving(which: { readonly photoId: number; readonly destinationId: number }): Leaving;
}
