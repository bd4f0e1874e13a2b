/** What the page asks of its host, the program around the engine: what only a desktop or a file system can do. */

import type { DesktopChange, DesktopState, UpdateAct } from './desktop.ts';

/** Where tokens are kept. `basic-text`: Electron without a keychain of the system, which is no protection. */
export const PAT_STORES = ['keychain', 'basic-text', 'file', 'environment'] as const;
export type PatStore = (typeof PAT_STORES)[number];

/** Where the token of a base URL is kept; the token itself is never told. */
export interface PatPlace {
  /** Null: there is none. */
  readonly store: PatStore | null;
  /** Why the one that is there cannot be used, for people; null: it can. */
  readonly trouble: string | null;
}

/** A backup became the ledger. */
export interface LedgerExchanged {
  /** Absolute path where the ledger that was there lies now; null: there was none. */
  readonly asidePath: string | null;
}

/** What this host is and can do. */
export interface HostFacts {
  readonly kind: 'electron' | 'local';
  readonly version: string;
  readonly platform: 'darwin' | 'win32' | 'linux' | 'other';
  /** A folder dialog of the system; else `listFolder` serves a chooser in the page. */
  readonly hasFolderDialog: boolean;
  /** Showing a file in the system's file manager; else its path can be copied. */
  readonly canReveal: boolean;
  readonly patStore: PatStore;
  /** What a thumbnail's name is put behind: `thumb://thumbnails/`, or a path with the session's token. */
  readonly thumbnailBase: string;
  /** `npm start -- --demo`: the demo shoot is taken in already. */
  readonly isDemo: boolean;
}

/** A folder as the chooser shows it. */
export interface ListedFolder {
  /** Absolute. */
  readonly path: string;
  /** The folder above; null at the top of what may be looked at. */
  readonly parent: string | null;
  /** Names of the folders in it, in the order of people; hidden ones are left out. */
  readonly folders: readonly string[];
  /** Files in it that look like photos, at most 1,000 counted. */
  readonly photoCount: number;
  /** Whether not all folders could be listed. */
  readonly isCut: boolean;
}

/** Every call to the host. */
export interface HostCalls {
  hostFacts(nothing: Record<string, never>): HostFacts;
  /** The system's folder dialog; an empty list when it was closed. Only where `hasFolderDialog`. */
  chooseFolders(nothing: Record<string, never>): Promise<readonly string[]>;
  /** Folders at or below the home folder; null: the home folder. Only where there is no dialog. */
  listFolder(which: { readonly path: string | null }): Promise<ListedFolder>;
  /** Shows a photo's file in the system's file manager. Only where `canReveal`; the path is one that the engine told. */
  reveal(which: { readonly path: string }): Promise<null>;
  /** Copies the demo shoot into the data folder, unless it is there, and names its folder. */
  demoFolder(nothing: Record<string, never>): Promise<{ readonly path: string }>;
  /** Keeps the token of a base URL. It is never told again. */
  savePat(pat: { readonly baseUrl: string; readonly pat: string }): Promise<{ readonly store: PatStore }>;
  patPlace(which: { readonly baseUrl: string }): Promise<PatPlace>;
  /**
   * Removes the token of a base URL from wherever this host keeps it, and tells where there still is one: what the
   * environment gives is not the host's to take away.
   */
  forgetPat(which: { readonly baseUrl: string }): Promise<PatPlace>;
  /**
   * Makes the backup that was begun at `at` (as the engine lists it) the ledger again: the engine ends in order, and
   * begins on it. The line to the engine is a new one then. Refused in words when nothing was changed.
   */
  goBackToBackup(which: { readonly at: number }): Promise<LedgerExchanged>;
  /**
   * Saves a text as a file where the owner says, in the system's dialog; `name` is what the dialog suggests. A browser
   * downloads by itself: not there.
   */
  saveText(file: { readonly name: string; readonly text: string }): Promise<{ readonly isSaved: boolean }>;
  /** The desktop's settings; null where there is no desktop, as in a browser. */
  desktop(nothing: Record<string, never>): Promise<DesktopState | null>;
  /** Changes the parts that are given. Only where `desktop` answers. */
  saveDesktop(change: DesktopChange): Promise<DesktopState>;
  /**
   * Looks for a newer Tagalong now, begins to download the one that is offered, or restarts to use it (the owner is
   * asked first while photos are on their way). Only where `desktop` tells of an `update`.
   */
  updateTagalong(what: { readonly act: UpdateAct }): Promise<DesktopState>;
}
export type HostCall = keyof HostCalls;

const HOST_CALL_TABLE = {
  hostFacts: true,
  chooseFolders: true,
  listFolder: true,
  reveal: true,
  demoFolder: true,
  savePat: true,
  patPlace: true,
  forgetPat: true,
  goBackToBackup: true,
  saveText: true,
  desktop: true,
  saveDesktop: true,
  updateTagalong: true,
} as const satisfies Record<HostCall, true>;

/** Names of all calls to the host. */
export const HOST_CALLS = Object.keys(HOST_CALL_TABLE) as readonly HostCall[];
