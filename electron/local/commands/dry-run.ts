/** `tagalong ingest --dry-run`: everything but the sending, on a copy of the ledger that is thrown away. */
import { mkdtemp, rm } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { LEDGER_FILE, startEngine, type Engine } from '../../engine/engine.ts';
import { dataFolderOf } from '../../host/data-folder.ts';
import { EXIT, exitCodeOf } from '../exit-codes.ts';
import { planLines, type PlanSaid } from '../plan-words.ts';
import { createProgressLine } from '../progress-line.ts';
import { summaryOf } from '../summary.ts';
import { createTerminalHost } from '../terminal-host.ts';
import type { Terminal } from '../terminal.ts';
import { orderOf, type IngestOptions } from './ingest.ts';
import type { IngestOrder } from '#shared/engine-api.ts';
import type { IngestReport } from '#shared/report.ts';

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
    const report = await lookIn(folder, order, options, terminal);
    const plan = terminal.interrupted.aborted ? null : await planIn(folder, order);
    tell(report, plan, options, terminal);
    if (terminal.interrupted.aborted) return EXIT.interrupted;
    // What would be sent is pending here by its nature.
    return exitCodeOf({ ...report, pending: 0, tagsPending: 0 });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Takes the folders in, until all is decoded or the time is over. */
function lookIn(
  folder: string,
  order: IngestOrder,
  options: IngestOptions,
  terminal: Terminal,
): Promise<IngestReport> {
  const until = options.wait === undefined ? Infinity : Date.now() + options.wait * 1000;
  return withQuietEngine(folder, { sends: false }, async ({ api }) => {
    const line = createProgressLine(terminal.err);
    try {
      const { runId } = await api.startIngest(order);
      for (;;) {
        const progress = await api.ingestProgress({ runId });
        line.show(progress, Date.now());
        if (progress.state !== 'working' || terminal.interrupted.aborted || Date.now() >= until) break;
        await terminal.pause(POLL_MS);
      }
      line.end();
      return await api.ingestReport({ runId });
    } finally {
      line.end();
    }
  });
}

/** What the sending itself would make of what waits now for the account of the order. */
function planIn(folder: string, order: IngestOrder): Promise<PlanSaid | null> {
  return withQuietEngine(folder, { sends: true }, async ({ api, ledger }) => {
    await api.pause({});
    const ordered = ledger.folders.byPath(order.folders[0] ?? '');
    if (ordered === undefined) return null;
    const { asOf: _, destinationId: __, ...plan } = await api.plan({ destinationId: ordered.destinationId });
    return plan;
  });
}

/** Does something with an engine from which no request gets out, whatever it is told. */
async function withQuietEngine<T>(
  folder: string,
  options: { readonly sends: boolean },
  act: (engine: Engine) => Promise<T>,
): Promise<T> {
  const practice = { apiBase: 'http://127.0.0.1', userId: 'practice', appId: 'photos', pat: '' };
  const host = {
    ...createTerminalHost(folder),
    practice: () => Promise.resolve(practice),
    fetch: () => Promise.reject(new Error('A dry run asks nobody.')),
  };
  const engine = await startEngine(host, { ...options, watches: false, resumesAll: false });
  try {
    return await act(engine);
  } finally {
    await engine.stop();
    await host.stop();
  }
}

function tell(
  report: IngestReport,
  plan: PlanSaid | null,
  { json }: IngestOptions,
  terminal: Terminal,
): void {
  const lines = [...summaryOf(report), ...(plan === null ? [] : planLines(plan, report))];
  for (const text of lines) {
    if (json === true) terminal.say(text);
    else terminal.print(text);
  }
  terminal.say('Dry run: nothing was sent.');
  if (json === true) terminal.print(JSON.stringify({ dryRun: true, ...report, plan }));
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
