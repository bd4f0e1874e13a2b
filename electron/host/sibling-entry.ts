import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * Path of another process's entry, given as in the sources but without its ending: `.ts` when this program runs from
 * its sources, `.js` when it was built.
 *
 * @param here `import.meta.url` of the caller
 */
export function siblingEntry(entry: string, here: string): string {
  return fileURLToPath(new URL(`${entry}${extname(fileURLToPath(here))}`, here));
}
