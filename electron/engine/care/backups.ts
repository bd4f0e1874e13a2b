/** Backups of the ledger as files: named by time, complete when they have their name, the oldest go. */
import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { join } from 'node:path';
import { BackupDamagedError, copyLedger } from '../ledger/backup.ts';
import { isDiskFull } from '../ledger/open-errors.ts';
import type { Backup } from '#shared/care.ts';

/** Name of the folder of backups in a data folder. */
export const BACKUP_FOLDER = 'backups';
const NAME = /^ledger-(\d{4}-\d{2}-\d{2})T(\d{2})-(\d{2})-(\d{2})-(\d{3})Z\.db$/u;
const UNFINISHED = /^ledger-.*\.db\.\d+\.unfinished(?:-journal|-wal|-shm)?$/u;
/** What nobody wrote to for so long was left by a process that ended, in ms. */
const ABANDONED_MS = 60 * 60 * 1000;

/** What is backed up, and where to. */
export interface BackupOrder {
  /** Absolute. */
  readonly ledgerPath: string;
  /** Absolute; made if it is not there. */
  readonly folder: string;
  /** UTC ms. */
  readonly at: number;
  /** So many backups stay in the folder, the new one included. */
  readonly keptCount: number;
}

/** A time as it stands in names of files: to the ms, without what some file systems refuse. */
export function timeInName(at: number): string {
  return new Date(at).toISOString().replaceAll(/[:.]/g, '-');
}

/** The finished backups of a folder, newest first; none when there is no folder. */
export function listBackups(folder: string): readonly Backup[] {
  return namesIn(folder)
    .flatMap((name) => {
      const match = NAME.exec(name);
      if (match === null) return [];
      const [, day, hour, minute, second, ms] = match;
      const path = join(folder, name);
      const bytes = statSync(path, { throwIfNoEntry: false })?.size;
      const at = Date.parse(`${day}T${hour}:${minute}:${second}.${ms}Z`);
      return bytes === undefined || Number.isNaN(at) ? [] : [{ path, at, bytes }];
    })
    .toSorted((a, b) => b.at - a.at);
}

/**
 * Makes a backup. It blocks its thread for as long as the ledger takes to be copied and checked.
 *
 * @throws Error in words for the owner; then there is no new file, and no old one is gone
 */
export async function makeBackup({ ledgerPath, folder, at, keptCount }: BackupOrder): Promise<Backup> {
  makeFolder(folder);
  removeAbandoned(folder, at);
  const path = join(folder, `ledger-${timeInName(at)}.db`);
  const unfinished = `${path}.${process.pid}.unfinished`;
  try {
    const found = await copyLedger(ledgerPath, unfinished);
    if (found !== 'ok') throw new BackupDamagedError(path, found);
    flush(unfinished);
    renameSync(unfinished, path);
  } catch (error) {
    for (const end of ['', '-journal', '-wal', '-shm']) rmSync(`${unfinished}${end}`, { force: true });
    if (!isDiskFull(error)) throw error;
    throw new Error(
      `There is no room for a backup in ${folder}. The ledger and its older backups are as they were. ` +
        'Free some disk space, or choose a folder on another disk.',
      { cause: error },
    );
  }
  for (const old of listBackups(folder).slice(keptCount)) {
    if (old.path !== path) rmSync(old.path, { force: true });
  }
  return { path, at, bytes: statSync(path).size };
}

function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  } catch (error) {
    const words = error instanceof Error ? error.message : String(error);
    throw new Error(
      `The folder ${folder} cannot take backups (${words}). No backup was made. Choose another one.`,
      {
        cause: error,
      },
    );
  }
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  }
}

function removeAbandoned(folder: string, now: number): void {
  for (const name of namesIn(folder).filter((one) => UNFINISHED.test(one))) {
    const path = join(folder, name);
    const touchedAt = statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? now;
    if (now - touchedAt > ABANDONED_MS) rmSync(path, { force: true });
  }
}

/** A name is only given to what is on the disk. */
function flush(path: string): void {
  const file = openSync(path, 'r+');
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}
