/** The ledger for other programs: local file → input id, a line per file. JSON lines, or CSV as RFC 4180 has it. */
import { join } from 'node:path';
import type { Ledger } from '../ledger/ledger.ts';
import type { ExportRow } from '../ledger/reports.ts';
import { withoutHome } from '../without-home.ts';
import type { ExportFormat } from '#shared/care.ts';

const COLUMNS = [
  'path',
  'photo',
  'pictureHash',
  'inputId',
  'state',
  'reason',
  'apiBase',
  'userId',
  'appId',
  'foundAt',
  'acceptedAt',
  'indexedAt',
] as const;

type ExportLine = Readonly<Record<(typeof COLUMNS)[number], string | number | null>>;

/** How lines are written. */
export interface ExportOptions {
  readonly format: ExportFormat;
  /** Paths from the top of the disk; else those in the home folder begin with `~`. */
  readonly fullPaths?: boolean;
}

/** The lines one by one, each with its end. */
export function* exportLines(ledger: Ledger, options: ExportOptions): Generator<string> {
  const { format, fullPaths = false } = options;
  if (format === 'csv') yield `${COLUMNS.join(',')}\r\n`;
  for (const row of ledger.reports.exported()) {
    const line = lineOf(row, fullPaths);
    yield format === 'csv'
      ? `${COLUMNS.map((name) => csvCell(line[name])).join(',')}\r\n`
      : `${JSON.stringify(line)}\n`;
  }
}

function lineOf(row: ExportRow, fullPaths: boolean): ExportLine {
  const folder = fullPaths ? row.folderPath : withoutHome(row.folderPath);
  return {
    path: join(folder, row.path),
    photo: row.photoId,
    pictureHash: row.pictureHash,
    inputId: row.inputId,
    state: row.state,
    reason: row.reason,
    apiBase: row.baseUrl,
    userId: row.userId,
    appId: row.appId,
    foundAt: timeOf(row.foundAt),
    acceptedAt: timeOf(row.acceptedAt),
    indexedAt: timeOf(row.indexedAt),
  };
}

function timeOf(at: number | null): string | null {
  return at === null ? null : new Date(at).toISOString();
}

/** A spreadsheet takes a cell that starts with = + - @ for a formula; a quote before it keeps it text. */
function csvCell(value: string | number | null): string {
  if (value === null) return '';
  const text = String(value);
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
