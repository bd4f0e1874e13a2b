/** `tagalong diagnostics`: what others need to help, on standard output, where it can be read before it is given away. */
import { existsSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { diagnose, diagnosticsText, type DiagnosticsSources } from '../../engine/care/diagnostics.ts';
import { LEDGER_FILE } from '../../engine/own-data-folder.ts';
import { openLedger } from '../../engine/ledger/ledger.ts';
import { dataFolderOf } from '../../host/data-folder.ts';
import { EXIT } from '../exit-codes.ts';
import { PROGRAM } from '../program.ts';
import type { Terminal } from '../terminal.ts';

interface DiagnosticsOptions {
  readonly dataDir?: string;
  readonly fileNames?: boolean;
}

/** Prints them, also of a ledger that cannot be opened. */
export function runDiagnostics(options: DiagnosticsOptions, terminal: Terminal): Promise<number> {
  const given = dataFolderOf(options.dataDir);
  const dataFolder = existsSync(given) ? realpathSync(given) : given;
  const opened = openIn(dataFolder);
  try {
    const found = diagnose({
      ...opened,
      dataFolder,
      program: PROGRAM,
      now: Date.now(),
      withFileNames: options.fileNames === true,
    });
    terminal.print(diagnosticsText(found).trimEnd());
  } finally {
    opened.ledger?.close();
  }
  return Promise.resolve(EXIT.ok);
}

function openIn(dataFolder: string): Pick<DiagnosticsSources, 'ledger' | 'ledgerProblem'> {
  const path = join(dataFolder, LEDGER_FILE);
  if (!existsSync(path)) return { ledger: null };
  try {
    return { ledger: openLedger(path, { readonly: true }) };
  } catch (ledgerProblem) {
    // A ledger that cannot be opened is what one asks for help about.
    return { ledger: null, ledgerProblem };
  }
}
