/** What the frame of the window shows: accounts, counts, holds, what waits. And the calls that set them up. */
import type { AsOf } from './changes.ts';
import type { DestinationNames, FolderStatus } from './destination.ts';
import type { StateCounts } from './photo.ts';
import type { Hold } from './problems.ts';
import type { SheetFilter } from './sheet.ts';

/** A destination to choose. */
export interface DestinationChoice extends DestinationNames {
  readonly id: number;
  readonly isPractice: boolean;
  readonly photoCount: number;
}

/** Everything that the frame shows about one destination. */
export interface Glance extends AsOf {
  readonly destinationId: number;
  readonly destinations: readonly DestinationChoice[];
  readonly folders: readonly (FolderStatus & { readonly id: number; readonly isAtWork: boolean })[];
  readonly counts: StateCounts;
  /** Queued photos that rest with their folders, which are paused. */
  readonly restingCount: number;
  /** Photos that failed, and files that could not become one. */
  readonly failureCount: number;
  /** Those of them that are tried again by themselves; the others want the owner. */
  readonly retryingCount: number;
  /** Photos, and files that could not become one, that are left out: not sent, and not for a failure. */
  readonly leftOutCount: number;
  readonly holds: readonly Hold[];
  /** Paths found and not looked at yet. */
  readonly waitingPaths: number;
  /** What is happening, in a few words. */
  readonly activity: string;
  /** Bytes per second of the last seconds; 0 when nothing is sent. */
  readonly bytesPerSecond: number;
  /** Until all that may go has gone, as the queue tells it; null: it cannot be told. In s. */
  readonly secondsLeft: number | null;
  /** Photos whose tags the service does not know yet: those that are there, and those that travel with their photo. */
  readonly editsWaiting: { readonly there: number; readonly withPhoto: number };
  /** When the waiting edits are tried next (UTC ms); null: as soon as nothing holds them. */
  readonly editsNextAt: number | null;
  readonly notices: readonly string[];
}

/** How an account answered. */
export const ACCOUNT_PROBLEMS = [
  'no-token',
  'wrong-token',
  'wrong-user-or-app',
  'missing-scope',
  'offline',
  'not-the-service',
  'throttled',
  'other',
] as const;
export type AccountProblem = (typeof ACCOUNT_PROBLEMS)[number];

export type AccountCheck =
  | { readonly ok: true; readonly inputCount: number | null }
  | {
      readonly ok: false;
      readonly problem: AccountProblem;
      /** What is wrong and what to do, for people. */
      readonly sentence: string;
      /** The service's own words and code, or the system's; for the details. */
      readonly detail: string | null;
    };

/** A filter with a name. */
export interface SavedFilter {
  readonly id: string;
  readonly name: string;
  readonly filter: SheetFilter;
}

/** How large the interface is shown, in percent of its normal size. */
export const INTERFACE_SIZES = [90, 100, 115, 130, 150, 175, 200] as const;
export type InterfaceSize = (typeof INTERFACE_SIZES)[number];

/** How the owner likes the window. Kept in the ledger, one for all windows. */
export interface ViewSettings {
  readonly theme: 'system' | 'light' | 'dark';
  readonly interfaceSize: InterfaceSize;
  readonly sheetSize: 'small' | 'medium' | 'large';
  readonly groupBy: 'day' | 'folder';
  readonly descending: boolean;
  readonly inspectorIsOpen: boolean;
  /** Whether the keys of the key set are shown below the sheet. */
  readonly keyStripIsOpen: boolean;
  /** Whether the cursor goes to the next photo after a key that tags one photo. */
  readonly advancesAfterKey: boolean;
  /** The destination that was looked at last; null: none yet. */
  readonly destinationId: number | null;
  /** Keys of commands that were changed: command id → keys, as `Mod+Shift+K`; null: no key. */
  readonly keys: Readonly<Record<string, string | null>>;
}

/** Before anybody chose anything. */
export const DEFAULT_VIEW: ViewSettings = {
  theme: 'system',
  interfaceSize: 100,
  sheetSize: 'medium',
  groupBy: 'day',
  descending: false,
  inspectorIsOpen: true,
  keyStripIsOpen: true,
  advancesAfterKey: false,
  destinationId: null,
  keys: {},
};

/** Calls of the frame. */
export interface GlanceCalls {
  /** `destinationId` null: the one looked at last, else the first; the practice account is made when there is none. */
  glance(which: { readonly destinationId: number | null }): Glance;
  /** Somebody uses the window now: for three seconds the workers leave a core to it. */
  ownerIsHere(nothing: Record<string, never>): null;
  /** Asks the service whether token, user and app fit and may do what Tagalong does. Changes nothing there. */
  checkAccount(account: DestinationNames & { readonly pat: string }): Promise<AccountCheck>;
  /** The same for an account that is known, with the token that the host keeps for it. */
  checkDestination(which: { readonly destinationId: number }): Promise<AccountCheck>;
  /** Makes a destination known; the token goes to the host (`savePat`), never here. */
  addDestination(names: DestinationNames): { readonly destinationId: number };
  /** Watches folders (absolute paths) for a destination. */
  addFolders(order: { readonly paths: readonly string[]; readonly destinationId: number }): {
    readonly folderIds: readonly number[];
  };
  viewSettings(nothing: Record<string, never>): AsOf & { readonly settings: ViewSettings };
  /** Changes the parts that are given. No edit: undo does not touch it. */
  saveViewSettings(part: {
    readonly settings: Partial<ViewSettings>;
  }): AsOf & { readonly settings: ViewSettings };
  savedFilters(nothing: Record<string, never>): AsOf & { readonly filters: readonly SavedFilter[] };
  /** Replaces all; undoable. */
  saveFilters(filters: { readonly filters: readonly SavedFilter[]; readonly label: string }): AsOf;
}
