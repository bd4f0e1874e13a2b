import { join } from 'node:path';
import { isAtOrBelow } from '../path-relations.ts';

/** Folders of the data folder that the program fills by itself; they are no photos to take in. */
const OWN_FOLDERS = ['thumbnails', 'spool', 'practice', 'window', 'backups', 'exports', 'diagnostics'];

/** Whether an absolute path is one of them, or lies in one. */
export function isOwn(path: string, dataFolder: string): boolean {
  return OWN_FOLDERS.some((name) => isAtOrBelow(path, join(dataFolder, name)));
}
