/** How paths lie to each other. */
import { isAbsolute, relative, resolve, sep } from 'node:path';

/** Whether an absolute path is a folder or lies below it. Both as the system writes them. */
export function isAtOrBelow(path: string, folder: string): boolean {
  return path === folder || isBelow(path, folder);
}

/** Whether an absolute path lies below a folder. Both as the system writes them. */
export function isBelow(path: string, folder: string): boolean {
  return path !== folder && path.startsWith(folder.endsWith(sep) ? folder : folder + sep);
}

/**
 * Whether a path lies below a folder, whoever wrote it: steps back are followed, and Windows tells no capitals from
 * others. False for a path that does not begin at the top.
 */
export function leadsBelow(path: string, folder: string): boolean {
  const way = relative(resolve(folder), resolve(path));
  return isAbsolute(path) && way !== '' && way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}

/** Where a path lies in a folder that it is or lies below: `/` between names, '' for the folder itself. */
export function placeIn(folder: string, path: string): string {
  return relative(folder, path).split(sep).join('/');
}

/** Whether a place with `/` between names, as in a watched folder, is another or lies below it; '' is above everything. */
export function isPlaceAtOrBelow(place: string, above: string): boolean {
  return above === '' || place === above || (place.startsWith(above) && place[above.length] === '/');
}
