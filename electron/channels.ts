/** Names of the few lines between main and the page's preload. */
import type { HostCall } from '#shared/host-api.ts';

/** Preload to main: a page is here and wants to speak with the engine. */
export const WANTS_ENGINE = 'wants-engine';
/** Main to preload, with a port: the engine is here. */
export const ENGINE_PORT = 'engine-port';
/** Main to preload: the engine is gone, or has ended for good. An `EngineConnection`. */
export const ENGINE_CONNECTION = 'engine-connection';
/** Main to preload: a `MenuCommand`. */
export const COMMAND = 'command';
/** Main to preload: `OpenedPhotos` that the page is to show. */
export const SHOW = 'show';

/** Preload to main: a call to the host. */
export function hostChannel(call: HostCall): string {
  return `host-${call}`;
}

/** How a call to the host ended; errors would otherwise come with the words of the transport around them. */
export type HostAnswer =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly message: string };

/** What the thumbnails' protocol serves, before a thumbnail's name. */
export const THUMBNAIL_BASE = 'thumb://thumbnails/';
/** Where the page comes from. */
export const PAGE_ORIGIN = 'app://tagalong';
