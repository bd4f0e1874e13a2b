/** What folders are called where people read of them. */
import type { SheetFolder } from '../ledger/sheet-columns.ts';

/** Folders that cameras make by themselves: they say nothing of the shoot. */
const MADE_BY_CAMERA = /^(?:DCIM|PRIVATE|AVCHD|MISC|\d{3}[A-Z0-9_]{5})$/i;

/** The last part of an absolute path, whichever system it is of. */
export function lastPart(path: string): string {
  return path.split(/[/\\]/).findLast((part) => part !== '') ?? path;
}

/** What a photographer calls the place of a photo: the lowest folder that no camera named ("Card 12"). */
export function shootName(folder: SheetFolder | undefined, directory: string): string {
  const named = directory.split('/').findLast((part) => part !== '' && !MADE_BY_CAMERA.test(part));
  return named ?? lastPart(folder?.path ?? '');
}

/** The way from the watched folder to a directory, as people read it: "Weddings / Card 12". */
export function trail(folder: SheetFolder | undefined, directory: string): string {
  return [lastPart(folder?.path ?? ''), ...directory.split('/').filter((part) => part !== '')].join(' / ');
}
