/**
 * Files by a text in their name or path. A path is what the sheet's headings show of it: the watched folder's name,
 * the directories below it, the file's name. Names go by trigrams in the ledger, directories are few.
 */
import type { SheetColumns, SheetFolder } from '../ledger/sheet-columns.ts';
import type { Files } from './columns.ts';

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
  const found: number[] = [];
  const inPath = new Uint8Array(files.directories.length);
  files.directories.forEach(({ folderId, directory }, n) => {
    const path = `${nameOf(folders.get(folderId)?.path ?? '')}/${directory}${directory === '' ? '' : '/'}`;
    if (folded(path).includes(wanted)) inPath[n] = 1;
  });
  files.directoryOf.forEach((place, fileId) => {
    if (place > 0 && inPath[place - 1] === 1) found.push(fileId);
  });
  const slash = text.lastIndexOf('/');
  const name = text.slice(slash + 1);
  if (slash === -1) return Int32Array.from([...found, ...filesNamed(sql, name)]);
  if (name === '') return Int32Array.from(found);
  const path = folded(text.slice(0, slash + 1));
  return Int32Array.from([...found, ...beginningIn(sql, files, folders, path, name)]);
}

function filesNamed(sql: Searched['sql'], name: string): number[] {
  const forms = formsOf(name);
  if (Array.from(name).length < SHORTEST_INDEXED) {
    const cases = forms.flatMap((form) => [form, form.toLowerCase(), form.toUpperCase()]);
    return sql.filesLike([...new Set(cases)].map((form) => `%${escaped(form)}%`));
  }
  return sql.filesByTrigrams(forms.map((form) => `"${form.replaceAll('"', '""')}"`).join(' OR '));
}

/** Files whose name begins with `name`, in directories whose path ends with `path`. */
function beginningIn(
  sql: Searched['sql'],
  files: Files,
  folders: Searched['folders'],
  path: string,
  name: string,
): number[] {
  const fits = files.directories.map(({ folderId, directory }) =>
    folded(
      `${nameOf(folders.get(folderId)?.path ?? '')}/${directory}${directory === '' ? '' : '/'}`,
    ).endsWith(path),
  );
  if (!fits.includes(true)) return [];
  const cases = formsOf(name).flatMap((form) => [form, form.toLowerCase(), form.toUpperCase()]);
  return sql
    .filesLike([...new Set(cases)].map((form) => `${escaped(form)}%`))
    .filter((fileId) => fits[(files.directoryOf[fileId] ?? 0) - 1] === true);
}

/** File systems keep accents in one form or the other. */
const formsOf = (text: string): string[] => [...new Set([text.normalize('NFC'), text.normalize('NFD')])];
const folded = (text: string): string => text.normalize('NFC').toLowerCase();
const escaped = (text: string): string => text.replaceAll(/[\\%_]/g, String.raw`\$&`);

/** The last part of an absolute path, whichever system it is of. */
function nameOf(path: string): string {
  return path.split(/[/\\]/).findLast((part) => part !== '') ?? path;
}
