/** What an application owes its desktop: settings of this machine, and what only the desktop notices. */

/** How Tagalong behaves on this machine's desktop. Kept beside the window's place, not in the ledger. */
export interface DesktopSettings {
  /** Closing the window leaves Tagalong at work, with its icon in the tray. macOS does so anyway. */
  readonly staysInTray: boolean;
  /** Tells when a run has ended, and when something needs the owner. */
  readonly notifies: boolean;
  /** Sending rests while the computer runs on its battery. */
  readonly pausesOnBattery: boolean;
  /** Sending rests while the system calls the network metered. macOS does not tell. */
  readonly pausesOnMetered: boolean;
  /** Asks at the start and once a day whether there is a newer Tagalong. */
  readonly looksForUpdates: boolean;
}

/** The folder of a data folder that is the desktop program's, and its file of these settings. */
export const DESKTOP_FOLDER = 'desktop';
export const DESKTOP_FILE = 'desktop.json';

/** Before anybody chose anything. */
export const DEFAULT_DESKTOP: DesktopSettings = {
  staysInTray: false,
  notifies: true,
  pausesOnBattery: false,
  pausesOnMetered: false,
  looksForUpdates: true,
};

/** What is known of a newer Tagalong. */
export type UpdateState =
  /** There is none, or nobody has asked yet. */
  | { readonly state: 'none' }
  /** It can be downloaded; `hasFailed`: that was tried, in vain. */
  | { readonly state: 'offered'; readonly version: string; readonly hasFailed: boolean }
  /** `fraction` of it is here, 0 to 1. */
  | { readonly state: 'loading'; readonly version: string; readonly fraction: number }
  /** It is here, and takes the place of this one when the owner wants that. */
  | { readonly state: 'ready'; readonly version: string };

/** What the owner can do about it. */
export const UPDATE_ACTS = ['look', 'load', 'restart'] as const;
export type UpdateAct = (typeof UPDATE_ACTS)[number];

/** The settings, and what the system says about the rest. */
export interface DesktopState {
  readonly settings: DesktopSettings;
  /** Whether the system starts Tagalong when its user logs in; null: it cannot be asked to, as from a checkout. */
  readonly opensAtLogin: boolean | null;
  /** Null: this program does not bring itself up to date, as a checkout, or a package of another's. */
  readonly update: UpdateState | null;
}

/** What is to change; parts that are left out stay as they are. */
export type DesktopChange = Partial<DesktopSettings & { readonly opensAtLogin: boolean }>;

/** Calls to the engine about what its host noticed. */
export interface DesktopCalls {
  /**
   * The computer was asleep: connections from before are given up, holds are tried at once, and every folder is looked
   * through. What was being sent is asked about before anything of it is sent again.
   */
  wokeUp(nothing: Record<string, never>): null;
}
