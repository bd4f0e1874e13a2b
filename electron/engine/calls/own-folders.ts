import { sep } from 'node:path';

/** Folders of the data folder that the program fills by itself; they are no photos to take in. */
export const OWN_FOLDERS = ['thumbnails', 'spool', 'practice', 'window', 'backups', 'exports', 'diagnostics'];

/** Whether one absolute path is another one, or lies in it. */
export function isAtOrBelow(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder + sep);
}
