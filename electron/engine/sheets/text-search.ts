/**
 * Files by a text in their name or path. A path is what the sheet's headings show of it: the watched folder's name,
 * the directories below it, the file's name. Names go by trigrams in the ledger, directories are few.
 */
import type { SheetColumns, SheetFolder } from '../ledger/sheet-columns.ts';
import type { Files } from './column-types.ts';
import { lastPart } from './folder-names.ts';

/** The trigram index knows nothing shorter, in characters. */
const SHORTEST_INDEXED = 3;

/** Where a text is searched. */
export interface Searched {
  readonly sql: Pick<SheetColumns, 'filesByTrigrams' | 'filesLike'>;
  readonly files: Files;
  readonly folders: ReadonlyMap<number, SheetFolder>;
}

/** Ids of the files, in no order, some of them twice. Upper and lower case are the same, so are forms of accents. */
export function filesWithText(text: string, { sql, files, folders }: Searched): Int32Array {
  const wanted = folded(text);
  const inPath = Uint8Array.from(files.directories, ({ folderId, directory }) => {
    const path = `${lastPart(folders.get(folderId)?.path ?? '')}/${directory}${directory === '' ? '' : '/'}`;
    return folded(path).includes(wanted) ? 1 : 0;
  });
  const inDirectories: number[] = [];
  files.directoryOf.forEach((place, fileId) => {
    if (place > 0 && inPath[place - 1] === 1) inDirectories.push(fileId);
  });
  const named =
    text.includes('/') || Array.from(text).length < SHORTEST_INDEXED
      ? sql.filesLike(variantsOf(text).map((variant) => `%${escaped(variant)}%`))
      : sql.filesByTrigrams(formsOf(text).map(quoted).join(' OR '));
  return Int32Array.from([...inDirectories, ...named, ...acrossTheRoot(text, { sql, files, folders })]);
}

/** Files for which a text begins in the watched folder's name and ends in the path below it. */
function acrossTheRoot(text: string, { sql, files, folders }: Searched): number[] {
  const found: number[] = [];
  for (let slash = text.indexOf('/'); slash !== -1; slash = text.indexOf('/', slash + 1)) {
    const above = folded(text.slice(0, slash));
    const below = text.slice(slash + 1);
    const fits = new Set(
      [...folders.values()].flatMap(({ id, path }) => (folded(lastPart(path)).endsWith(above) ? [id] : [])),
    );
    if (below === '' || fits.size === 0) continue;
    for (const fileId of sql.filesLike(variantsOf(below).map((variant) => `${escaped(variant)}%`))) {
      const directory = files.directories[(files.directoryOf[fileId] ?? 0) - 1];
      if (directory !== undefined && fits.has(directory.folderId)) found.push(fileId);
    }
  }
  return found;
}

/** File systems keep accents in one form or the other. */
const formsOf = (text: string): string[] => [...new Set([text.normalize('NFC'), text.normalize('NFD')])];
/** LIKE takes upper and lower case for the same in A to Z only. */
const variantsOf = (text: string): string[] => [
  ...new Set(formsOf(text).flatMap((form) => [form, form.toLowerCase(), form.toUpperCase()])),
];
const folded = (text: string): string => text.normalize('NFC').toLowerCase();
const escaped = (text: string): string => text.replaceAll(/[\\%_]/g, String.raw`\$&`);
const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;
