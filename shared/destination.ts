/** Where photos go, and the folders that they come from, as they are named and shown. */

/** Names of an account's app. */
export interface DestinationNames {
  readonly baseUrl: string;
  readonly userId: string;
  readonly appId: string;
}

/** A watched folder as it is shown. */
export interface FolderStatus {
  readonly path: string;
  readonly destination: DestinationNames;
  readonly mode: 'events' | 'polling' | 'scan' | null;
  readonly reason: string | null;
  readonly health: 'ok' | 'unreachable';
  readonly detail: string | null;
}
