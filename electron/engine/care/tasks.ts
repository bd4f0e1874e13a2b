/** What takes long about the data folder: done on a thread, see care-thread. */
import {
  closeSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { dirname, join, sep } from 'node:path';
import { openLedger } from '../ledger/ledger.ts';
import { makeBackup, type BackupOrder } from './backups.ts';
import { exportLines } from './export-lines.ts';
import { DATA_PARTS, type Backup, type DataPart, type ExportFormat, type SavedFile } from '#shared/care.ts';

/** Something to do. */
export type CareTask =
  | { readonly kind: 'back-up'; readonly order: BackupOrder }
  | {
      readonly kind: 'export';
      readonly ledgerPath: string;
      readonly path: string;
      readonly format: ExportFormat;
    }
  | { readonly kind: 'measure'; readonly folder: string };

/** What each kind answers. */
export interface CareAnswers {
  readonly 'back-up': Backup;
  readonly export: SavedFile;
  readonly measure: Readonly<Record<DataPart, number>>;
}

/** What a thread says in the end. */
export type CareReply =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly message: string };

/** Characters that are gathered before they are written. */
const WRITE_LENGTH = 256_000;

/** Does it; blocks its thread. */
export async function perform(task: CareTask): Promise<CareAnswers[CareTask['kind']]> {
  switch (task.kind) {
    case 'back-up':
      return makeBackup(task.order);
    case 'export':
      return writeExport(task.ledgerPath, task.path, task.format);
    default:
      return measure(task.folder);
  }
}

/** Writes a file whole or not at all; only its user may read it. */
export function writeSaved(path: string, parts: Iterable<string>): SavedFile {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const unfinished = `${path}.unfinished`;
  try {
    const file = openSync(unfinished, 'w', 0o600);
    try {
      let gathered = '';
      for (const part of parts) {
        gathered += part;
        if (gathered.length < WRITE_LENGTH) continue;
        writeWhole(file, gathered);
        gathered = '';
      }
      writeWhole(file, gathered);
    } finally {
      closeSync(file);
    }
    renameSync(unfinished, path);
  } catch (error) {
    rmSync(unfinished, { force: true });
    throw error;
  }
  return { path, bytes: statSync(path).size };
}

function writeWhole(file: number, text: string): void {
  let bytes = Buffer.from(text);
  while (bytes.length > 0) bytes = bytes.subarray(writeSync(file, bytes));
}

function writeExport(ledgerPath: string, path: string, format: ExportFormat): SavedFile {
  const ledger = openLedger(ledgerPath, { readonly: true });
  try {
    return writeSaved(path, exportLines(ledger, { format }));
  } finally {
    ledger.close();
  }
}

const FOLDERS: Readonly<Record<string, DataPart>> = {
  thumbnails: 'thumbnails',
  spool: 'spool',
  practice: 'practice',
  backups: 'backups',
  exports: 'saved',
  diagnostics: 'saved',
};

function measure(folder: string): Record<DataPart, number> {
  const bytes = Object.fromEntries(DATA_PARTS.map((part) => [part, 0])) as Record<DataPart, number>;
  const waiting = [folder];
  for (let below = waiting.pop(); below !== undefined; below = waiting.pop()) {
    for (const entry of entriesOf(below)) {
      const path = join(below, entry.name);
      if (entry.isDirectory()) waiting.push(path);
      // Files come and go meanwhile.
      const size = entry.isFile() ? statSync(path, { throwIfNoEntry: false })?.size : undefined;
      if (size !== undefined) bytes[partOf(path.slice(folder.length + 1))] += size;
    }
  }
  return bytes;
}

function entriesOf(folder: string) {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  }
}

function partOf(path: string): DataPart {
  const [top = ''] = path.split(sep);
  if (/^ledger\.db(?:-wal|-shm)?$/u.test(path)) return 'ledger';
  return Object.hasOwn(FOLDERS, top) ? (FOLDERS[top] ?? 'other') : 'other';
}
