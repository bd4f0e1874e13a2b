/** `tagalong ingest --dry-run`: everything but the sending, on a copy of the ledger that is thrown away. */
import { mkdtemp, rm } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { startEngine } from '../../engine/engine.ts';
import { LEDGER_FILE } from '../../engine/own-data-folder.ts';
import { dataFolderOf } from '../../host/data-folder.ts';
import { EXIT, exitCodeOf } from '../exit-codes.ts';
import { createProgressLine } from '../progress-line.ts';
import { createTerminalHost } from '../terminal-host.ts';
import type { Terminal } from '../terminal.ts';
import { orderOf, type IngestOptions } from './ingest.ts';
import { summaryOf } from '../summary.ts';

const POLL_MS = 100;

/** Says what an ingest would send, without a request and without a trace. Returns the exit code. */
export async function runDryRun(
  folders: readonly string[],
  options: IngestOptions,
  terminal: Terminal,
): Promise<number> {
  const order = await orderOf(folders, options, terminal.env);
  const folder = await mkdtemp(join(tmpdir(), 'tagalong-dry-run-'));
  try {
    copyLedger(join(dataFolderOf(options.dataDir), LEDGER_FILE), join(folder, LEDGER_FILE));
    const practice = { apiBase: 'http://127.0.0.1', userId: 'practice', appId: 'photos', pat: '' };
    const host = { ...createTerminalHost(folder), practice: () => Promise.resolve(practice) };
    const engine = await startEngine(host, { watches: false, resumesAll: false, sends: false });
    const line = createProgressLine(terminal.err);
    const until = options.wait === undefined ? Infinity : Date.now() + options.wait * 1000;
    try {
      const { runId } = await engine.api.startIngest(order);
      for (;;) {
        const progress = await engine.api.ingestProgress({ runId });
        line.show(progress, Date.now());
        if (progress.state !== 'working' || terminal.interrupted.aborted || Date.now() >= until) break;
        await terminal.pause(POLL_MS);
      }
      line.end();
      const report = await engine.api.ingestReport({ runId });
      for (const text of summaryOf(report)) {
        if (options.json === true) terminal.say(text);
        else terminal.print(text);
      }
      terminal.say(`Dry run: nothing was sent. ${report.pending} would be, unless the account has them.`);
      if (options.json === true) terminal.print(JSON.stringify({ dryRun: true, ...report }));
      if (terminal.interrupted.aborted) return EXIT.interrupted;
      // What would be sent is pending here by its nature.
      return exitCodeOf({ ...report, pending: 0, tagsPending: 0 });
    } finally {
      line.end();
      await engine.stop();
      await host.stop();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** A consistent copy, also beside a running owner. */
function copyLedger(from: string, to: string): void {
  if (!existsSync(from)) return;
  const db = new Database(from, { readonly: true });
  try {
    db.prepare('VACUUM INTO ?').run(to);
  } finally {
    db.close();
  }
}
