import type { Uploader, UploaderOptions } from './uploader-options.ts';

/** Starts the uploader of one destination: recovers what a crash left open, then sends what is queued. */
export function createUploader(options: UploaderOptions): Uploader {
  throw new Error(`The uploader of destination ${String(options.destination.id)} is not written yet.`);
}
