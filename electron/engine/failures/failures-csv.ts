/** Failures as CSV, a part at a time. Paths begin with the name of their watched folder: nothing above it leaves. */
import { basename } from 'node:path';
import { isSkip } from '../explain.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { withoutHome } from '../without-home.ts';
import { fileRow, meaningOf, photoRow } from './failure-list.ts';
import type { FailedPhoto } from '#shared/failures.ts';

/** Rows of a part: so few that a tag key does not wait for it. */
const CSV_ROWS = 250;

const COLUMNS = [
  'file',
  'cause',
  'sentence',
  'details',
  'status code',
  'request id',
  'attempts',
  'failed at',
  'next attempt',
];

/** The part that begins with row `from`; the first brings the names of the columns. */
export function csvPart(
  ledger: Ledger,
  { destinationId, from, dataFolder }: { destinationId: number; from: number; dataFolder: string },
): { readonly text: string; readonly nextFrom: number | null } {
  const photoCount = ledger.counts.of(destinationId).failed;
  const hide = hiding(ledger, dataFolder);
  const rows = ledger.failures
    .photos({ destinationId, cause: null, from, count: CSV_ROWS })
    .map((failure) => lineOf(failure.cause, photoRow(ledger, failure), hide));
  if (rows.length < CSV_ROWS) {
    const start = Math.max(0, from - photoCount);
    const files = ledger.failures.allFiles(destinationId).filter(({ cause }) => !isSkip(cause));
    for (const file of files.slice(start, start + CSV_ROWS - rows.length)) {
      rows.push(lineOf(file.cause, fileRow(file), hide));
    }
  }
  const head = from === 0 ? [COLUMNS.map(csvCell).join(',')] : [];
  return {
    text: [...head, ...rows].map((line) => `${line}\r\n`).join(''),
    nextFrom: rows.length === CSV_ROWS ? from + CSV_ROWS : null,
  };
}

function lineOf(cause: string, failed: FailedPhoto, hide: (words: string) => string): string {
  const { path, detail, statusCode, requestId, attempts, at, nextAt } = failed;
  return [
    path === null ? null : hide(path),
    cause,
    meaningOf(cause).sentence,
    detail === null ? null : hide(detail),
    statusCode,
    requestId,
    attempts,
    new Date(at).toISOString(),
    nextAt === null ? null : new Date(nextAt).toISOString(),
  ]
    .map(csvCell)
    .join(',');
}

/** Puts names in the place of folders, the longest first: one may lie in another. Words have the home as `~` already. */
function hiding(ledger: Ledger, dataFolder: string): (words: string) => string {
  const names = new Map<string, string>();
  const hide = (folder: string, name: string): void => {
    names.set(folder, name).set(withoutHome(folder), name);
  };
  for (const folder of ledger.failures.folderPaths()) hide(folder, basename(folder));
  hide(dataFolder, 'data folder');
  const longestFirst = [...names.keys()].toSorted((a, b) => b.length - a.length);
  const paths = new RegExp(longestFirst.map((path) => RegExp.escape(path)).join('|'), 'gu');
  return (words) => words.replaceAll(paths, (path) => names.get(path) ?? '');
}

/** A cell as RFC 4180 has it; what a spreadsheet would take for a formula is text. */
function csvCell(value: string | number | null): string {
  if (value === null) return '';
  const text = String(value);
  const safe = /^[=+\-@\t\r]/u.test(text) ? `'${text}` : text;
  return /[",\r\n]/u.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
