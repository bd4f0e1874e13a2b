/** Calls about the care of the data: backups, exports, diagnostics. */
import { statfs } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { BACKUP_FOLDER, listBackups, timeInName } from '../care/backups.ts';
import { keptCountOf, saveKeptCount } from '../care/kept-count.ts';
import { diagnose, diagnosticsText } from '../care/diagnostics.ts';
import { writeSaved } from '../care/tasks.ts';
import { versionsHere } from '../care/versions.ts';
import type { EngineParts } from '../engine-parts.ts';
import { parseInWords } from './in-words.ts';
import { OrderError } from './order-error.ts';
import { BACKUP_COUNTS, EXPORT_FORMATS } from '#shared/care.ts';
import type { Backup, Backups, CareCalls, DataFolder } from '#shared/care.ts';
import type { Remote } from '#shared/calls.ts';

const nothing = z.strictObject({});
/** Previews that can still be saved: of the windows that are open, the last ones. */
const PREVIEW_COUNT = 8;

/** One schema per call; each has to fit the contract's type. */
const SCHEMAS = {
  dataFolder: nothing,
  backups: nothing,
  saveBackupSettings: z.strictObject({ keptCount: z.literal([...BACKUP_COUNTS]) }),
  backUp: nothing,
  exportLedger: z.strictObject({ format: z.enum(EXPORT_FORMATS) }),
  versions: nothing,
  diagnostics: z.strictObject({ withFileNames: z.boolean() }),
  saveDiagnostics: z.strictObject({ previewId: z.int() }),
} as const satisfies Record<keyof CareCalls, z.ZodType>;

/** Makes these calls over a running engine. */
export function createCareCalls(parts: EngineParts): Remote<CareCalls> {
  const { ledger, ledgerPath, host, care } = parts;
  const folder = dirname(ledgerPath);
  const backupFolder = join(folder, BACKUP_FOLDER);
  const previews = new Map<number, string>();
  let lastPreview = 0;
  let running: Promise<Backup> | null = null;

  const backups = (): Backups => ({ backups: listBackups(backupFolder), keptCount: keptCountOf(ledger) });
  const measure = async (): Promise<Pick<DataFolder, 'bytes' | 'freeBytes'>> => {
    const [bytes, disk] = await Promise.all([care.ask({ kind: 'measure', folder }), statfs(folder)]);
    return { bytes, freeBytes: disk.bavail * disk.bsize };
  };

  return {
    dataFolder: async (argument) => {
      nothing.parse(argument);
      return { path: folder, ledgerPath, ...(await measure()) };
    },
    backups: async (argument) => {
      nothing.parse(argument);
      return backups();
    },
    saveBackupSettings: async (argument) => {
      saveKeptCount(ledger, parseInWords(SCHEMAS.saveBackupSettings, argument).keptCount);
      return backups();
    },
    backUp: async (argument) => {
      nothing.parse(argument);
      const order = {
        ledgerPath,
        folder: backupFolder,
        at: host.clock.now(),
        keptCount: keptCountOf(ledger),
      };
      running ??= care.ask({ kind: 'back-up', order }).finally(() => {
        running = null;
        // Other windows list backups, too.
        parts.changes.note('settings');
      });
      return running;
    },
    exportLedger: async (argument) => {
      const { format } = parseInWords(SCHEMAS.exportLedger, argument);
      const path = join(folder, 'exports', `ledger-${timeInName(host.clock.now())}.${format}`);
      return care.ask({ kind: 'export', ledgerPath, path, format });
    },
    versions: async (argument) => {
      nothing.parse(argument);
      return versionsHere(host.program);
    },
    diagnostics: async (argument) => {
      const { withFileNames } = parseInWords(SCHEMAS.diagnostics, argument);
      const measured = await measure();
      const found = diagnose({
        dataFolder: folder,
        program: host.program,
        ledger,
        now: host.clock.now(),
        withFileNames,
        measured,
      });
      lastPreview += 1;
      previews.set(lastPreview, diagnosticsText(found));
      previews.delete(lastPreview - PREVIEW_COUNT);
      return { previewId: lastPreview, text: previews.get(lastPreview) ?? '' };
    },
    saveDiagnostics: async (argument) => {
      const text = previews.get(parseInWords(SCHEMAS.saveDiagnostics, argument).previewId);
      if (text === undefined) {
        throw new OrderError(
          'These diagnostics are not there any more, and nothing was saved. Look at new ones, and save those.',
        );
      }
      return writeSaved(join(folder, 'diagnostics', `diagnostics-${timeInName(host.clock.now())}.json`), [
        text,
      ]);
    },
  };
}
