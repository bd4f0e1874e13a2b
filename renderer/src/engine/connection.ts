/**
 * The page's line to the engine and to its host, whichever host that is. A line may break; it is opened again by
 * itself, and every life of the engine is an epoch of its own.
 */
import type { MenuCommand } from '#shared/bridge.ts';
import type { Remote } from '#shared/calls.ts';
import type { ChangedEvent } from '#shared/changes.ts';
import type { EngineApi } from '#shared/engine-api.ts';
import type { HostCalls } from '#shared/host-api.ts';
import type { OpenedPhotos } from '#shared/sheet.ts';

/**
 * `connecting`: for the first time; `open`; `lost`: it is opened again; `refused`: the key of this page is not, or no
 * longer, the right one, and only opening the page anew helps; `ended`: the engine was restarted too often and stays down.
 */
export type ConnectionState = 'connecting' | 'open' | 'lost' | 'refused' | 'ended';

/** How the line stands. */
export interface ConnectionStatus {
  readonly state: ConnectionState;
  /** Rises with every new line: answers of different epochs are not to be compared. */
  readonly epoch: number;
  /** What happened and what can be done, when the host tells; absent: the page's own words do. */
  readonly sentence?: string;
}

/** A line to an engine and its host. Calls on a line that is not open reject with `PortClosedError`. */
export interface Connection {
  readonly engine: EngineApi;
  readonly host: Remote<HostCalls>;
  readonly status: () => ConnectionStatus;
  /** Returns how to stop it, like the others. */
  readonly onStatus: (listener: () => void) => () => void;
  readonly onChanged: (listener: (event: ChangedEvent) => void) => () => void;
  /** What the host's menu asks of the page. */
  readonly onCommand: (listener: (command: MenuCommand) => void) => () => void;
  /** Which photos somebody opened with the program. */
  readonly onShow: (listener: (photos: OpenedPhotos) => void) => () => void;
  /** Absolute paths of folders that were dropped on the window; null where the host cannot tell them. */
  readonly droppedPaths: (files: readonly File[]) => readonly string[] | null;
}
