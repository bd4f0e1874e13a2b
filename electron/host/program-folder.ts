/** Where the program's own files lie, whether it runs from its sources or was built. */
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Absolute path of the program's folder, which holds `package.json`, `electron` and `out`. */
export function programFolder(): string {
  const isBuilt = extname(fileURLToPath(import.meta.url)) === '.js';
  return fileURLToPath(new URL(isBuilt ? '../../..' : '../..', import.meta.url)).replace(/[/\\]$/u, '');
}

/**
 * The same folder for what is copied out of it: a packaged program is one archive, and its files that have to be real
 * ones lie beside it.
 */
export function unpackedFolder(folder: string = programFolder()): string {
  return folder.replace(/(?<=[/\\])app\.asar$/u, 'app.asar.unpacked');
}
