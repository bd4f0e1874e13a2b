/** Commands that only read: they open the ledger beside a running owner and change nothing. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { once } from 'node:events';
import { LEDGER_FILE } from '../../engine/engine.ts';
import { openLedger, type Ledger } from '../../engine/ledger/ledger.ts';
import type { ExportRow } from '../../engine/ledger/reports.ts';
import { failuresOf, statusOf } from '../../engine/status.ts';
import { PHOTO_STATES } from '#shared/photo.ts';
import { REMEDIES } from '#shared/problems.ts';
import { dataFolderOf } from '../data-folder.ts';
import { EXIT } from '../exit-codes.ts';
import { plainPath } from '../plain-path.ts';
import type { Terminal } from '../terminal.ts';

interface LookUpOptions {
  readonly dataDir?: string;
  readonly json?: boolean;
}

/** `tagalong status`. */
export async function runStatus(options: LookUpOptions, terminal: Terminal): Promise<number> {
  return withLedger(options, terminal, (ledger) => {
    const status = statusOf(ledger);
    if (options.json === true) {
      terminal.print(JSON.stringify(status));
      return EXIT.ok;
    }
    for (const destination of status.destinations) {
      terminal.print(`${destination.baseUrl} ${destination.userId}/${destination.appId}`);
      for (const state of PHOTO_STATES) {
        if (destination.counts[state] > 0) {
          terminal.print(`  ${state.padEnd(10)} ${destination.counts[state]}`);
        }
      }
      for (const hold of destination.holds) terminal.print(`  ! ${hold.sentence} ${REMEDIES[hold.remedy]}`);
    }
    for (const folder of status.folders) {
      const how = folder.health === 'ok' ? (folder.mode ?? 'not watched now') : 'unreachable';
      const why = folder.detail ?? folder.reason;
      terminal.print(`${plainPath(folder.path)} (${how}${why === null ? '' : `: ${why}`})`);
    }
    return EXIT.ok;
  });
}

/** `tagalong failures`. */
export async function runFailures(options: LookUpOptions, terminal: Terminal): Promise<number> {
  return withLedger(options, terminal, (ledger) => {
    const failures = failuresOf(ledger);
    if (options.json === true) {
      terminal.print(JSON.stringify(failures));
      return EXIT.ok;
    }
    if (failures.length === 0) terminal.print('Nothing has failed.');
    for (const { path, cause, message, remedy } of failures) {
      terminal.print(plainPath(path));
      terminal.print(`  ${cause}: ${message} ${REMEDIES[remedy]}`);
    }
    return EXIT.ok;
  });
}

const EXPORT_COLUMNS = [
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

/** `tagalong export`: local file → input id, a line per file. JSON lines, or CSV as RFC 4180 has it. */
export async function runExport(
  options: { readonly dataDir?: string; readonly csv?: boolean },
  output: NodeJS.WritableStream,
  terminal: Terminal,
): Promise<number> {
  return withLedger(options, terminal, async (ledger) => {
    if (options.csv === true) await writeLine(output, EXPORT_COLUMNS.join(','));
    for (const row of ledger.reports.exported()) {
      const line = exportLine(row);
      await writeLine(
        output,
        options.csv === true
          ? EXPORT_COLUMNS.map((name) => csvCell(line[name])).join(',')
          : JSON.stringify(line),
      );
    }
    return EXIT.ok;
  });
}

async function writeLine(output: NodeJS.WritableStream, line: string): Promise<void> {
  if (!output.write(`${line}\n`)) await once(output, 'drain');
}

type ExportLine = Readonly<Record<(typeof EXPORT_COLUMNS)[number], string | number | null>>;

function exportLine(row: ExportRow): ExportLine {
  return {
    path: join(row.folderPath, row.path),
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

async function withLedger(
  options: { readonly dataDir?: string },
  terminal: Terminal,
  read: (ledger: Ledger) => number | Promise<number>,
): Promise<number> {
  const path = join(dataFolderOf(options.dataDir), LEDGER_FILE);
  if (!existsSync(path)) {
    terminal.say(`There is no ledger in ${dataFolderOf(options.dataDir)} yet: tagalong ingest makes one.`);
    return EXIT.couldNotRun;
  }
  const ledger = openLedger(path, { readonly: true });
  try {
    return await read(ledger);
  } finally {
    ledger.close();
  }
}
