/**
 * What the preload of the desktop window gives to the page, as `window.tagalong`. A list of verbs, nothing generic: the
 * page can do these things and no others. In a browser it is absent, and the page opens a WebSocket of its own.
 */
import type { EngineApi } from './engine-api.ts';
import type { HostCalls } from './host-api.ts';
import type { Remote } from './calls.ts';
import type { OpenedPhotos } from './sheet.ts';

/**
 * How the page stands with the engine. `gone`: it ended and is started again, calls fail with a `PortClosedError`'s
 * words until it is `here`, which also means: ask again for everything. `ended`: it is not started again; `sentence`
 * says why and what can be done.
 */
export type EngineConnection =
  | { readonly state: 'here' }
  | { readonly state: 'gone' }
  | { readonly state: 'ended'; readonly sentence: string };

/** What the application menu asks of the page. Undo inside a text field is the page's to tell apart. */
export const MENU_COMMANDS = [
  'undo',
  'redo',
  'add-folder',
  'import-keywords',
  'scan-folders',
  'toggle-pause',
  'go-sheet',
  'go-queue',
  'go-failures',
  'go-account',
  'go-settings',
  'show-palette',
  'interface-larger',
  'interface-smaller',
  'interface-normal',
  'show-keys',
] as const;
export type MenuCommand = (typeof MENU_COMMANDS)[number];

/** `window.tagalong`. What listens gets a function that ends it. Errors cross with their words, not with their name. */
export interface Bridge {
  readonly kind: 'electron';
  /** Calls that are made before the first engine is there wait for it. */
  readonly engine: EngineApi;
  readonly host: Remote<HostCalls>;
  /** Hears what the engine tells: `ChangedEvent`s. */
  onEvent(listener: (event: unknown) => void): () => void;
  /** Hears how it stands at once, unless no engine was there yet, and after every change. */
  onConnection(listener: (connection: EngineConnection) => void): () => void;
  onCommand(listener: (command: MenuCommand) => void): () => void;
  /** Hears which photos somebody opened with Tagalong. */
  onShow(listener: (photos: OpenedPhotos) => void): () => void;
  /** Absolute paths of what was dropped (a `FileList` or `File`s); what has no path is left out. */
  dropFolders(files: ArrayLike<object>): readonly string[];
}
