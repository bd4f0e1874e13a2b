/** `tagalong ingest` and `tagalong watch`: take folders in, and say what became of every photo. */
import { resolve } from 'node:path';
import { realpath, stat } from 'node:fs/promises';
import { destinationOf } from '../../host/account-options.ts';
import { dataFolderOf } from '../../host/data-folder.ts';
import { withEngine, type AccessOptions, type EngineAccess } from '../engine-access.ts';
import { EXIT, exitCodeOf } from '../exit-codes.ts';
import { createProgressLine } from '../progress-line.ts';
import { summaryOf } from '../summary.ts';
import type { Terminal } from '../terminal.ts';
import { UsageError } from '../usage-error.ts';
import type { IngestOrder, IngestProgress } from '#shared/engine-api.ts';
import type { IngestReport } from '#shared/report.ts';

/** Options of both commands, as they come from the command line. */
export interface IngestOptions {
  readonly concept?: readonly string[];
  readonly notConcept?: readonly string[];
  readonly metadata?: string;
  readonly original?: boolean;
  readonly exclude?: readonly string[];
  readonly dryRun?: boolean;
  readonly json?: boolean;
  readonly dataDir?: string;
  readonly apiBase?: string;
  readonly userId?: string;
  readonly appId?: string;
  readonly practice?: boolean;
  readonly batchBytes?: number;
  /** Seconds. */
  readonly wait?: number;
}

/** How often progress is asked for, in ms. */
const POLL_MS = 150;

/** Takes folders in and ends when all is final, or only the owner can help. Returns the exit code. */
export async function runIngest(
  folders: readonly string[],
  options: IngestOptions,
  terminal: Terminal,
): Promise<number> {
  const order = await orderOf(folders, options, terminal.env);
  const until = options.wait === undefined ? Infinity : Date.now() + options.wait * 1000;
  return withEngine(dataFolderOf(options.dataDir), accessOptionsOf(options, order, false), async (access) => {
    noteOwner(access, options, terminal);
    const { runId } = await access.api.startIngest(order);
    const ended = await follow(access, runId, until, terminal);
    const report = await access.api.ingestReport({ runId });
    return tell(report, ended, options, terminal);
  });
}

/** Takes folders in and stays until Ctrl-C. Returns the exit code. */
export async function runWatch(
  folders: readonly string[],
  options: IngestOptions,
  terminal: Terminal,
): Promise<number> {
  const order = await orderOf(folders, options, terminal.env);
  return withEngine(dataFolderOf(options.dataDir), accessOptionsOf(options, order, true), async (access) => {
    const { runId, watches } = await access.api.startIngest(order);
    if (!access.isOwner && watches) {
      terminal.say('The Tagalong that runs on this data folder watches these folders now.');
      return EXIT.ok;
    }
    if (!access.isOwner) {
      terminal.say('Another Tagalong is at work on this data folder; this one watches when that has ended.');
      return outlast(access, terminal);
    }
    terminal.say(`Watching ${folders.length === 1 ? 'the folder' : 'the folders'}; Ctrl-C ends it.`);
    const line = createProgressLine(terminal.err);
    while (!terminal.interrupted.aborted) {
      line.show(await access.api.ingestProgress({ runId }), Date.now());
      await terminal.pause(POLL_MS);
    }
    line.end();
    const report = await access.api.ingestReport({ runId });
    tell(report, 'interrupted', options, terminal);
    return EXIT.interrupted;
  });
}

/** Waits for the owner to end, which shows as an error of the next call; returns only on Ctrl-C. */
async function outlast(access: EngineAccess, terminal: Terminal): Promise<number> {
  while (!terminal.interrupted.aborted) {
    await access.api.overallProgress({});
    await terminal.pause(POLL_MS);
  }
  return EXIT.interrupted;
}

function accessOptionsOf(options: IngestOptions, order: IngestOrder, watches: boolean): AccessOptions {
  return {
    watches,
    resumesAll: false,
    ...(order.destination === null ? {} : { tokenBase: order.destination.baseUrl }),
    ...(options.batchBytes === undefined ? {} : { upload: { batchBytes: options.batchBytes } }),
  };
}

function noteOwner(access: EngineAccess, options: IngestOptions, terminal: Terminal): void {
  if (access.isOwner) return;
  terminal.say(
    'Another Tagalong runs on this data folder: it does the work, with its own token; this command reports.',
  );
  if (options.batchBytes !== undefined) {
    terminal.say('--batch-bytes has no effect here: the running Tagalong sends.');
  }
}

type Ended = 'done' | 'owner' | 'waited' | 'interrupted';

async function follow(
  access: EngineAccess,
  runId: number,
  until: number,
  terminal: Terminal,
): Promise<Ended> {
  const line = createProgressLine(terminal.err);
  try {
    for (;;) {
      const progress: IngestProgress = await access.api.ingestProgress({ runId });
      line.show(progress, Date.now());
      if (progress.state !== 'working') return progress.state;
      if (terminal.interrupted.aborted) return 'interrupted';
      if (Date.now() >= until) return 'waited';
      await terminal.pause(POLL_MS);
    }
  } finally {
    line.end();
  }
}

function tell(report: IngestReport, ended: Ended, options: IngestOptions, terminal: Terminal): number {
  const lines = summaryOf(report);
  if (ended === 'interrupted') {
    lines.push('Stopped. Nothing is lost: run the same command again to go on.');
  } else if (ended === 'waited') {
    lines.push('The time given by --wait is over. Run the same command again to go on.');
  }
  if (options.json === true) {
    for (const line of lines) terminal.say(line);
    terminal.print(JSON.stringify(report));
  } else {
    for (const line of lines) terminal.print(line);
  }
  if (ended === 'interrupted') return EXIT.interrupted;
  return ended === 'waited' ? EXIT.pending : exitCodeOf(report);
}

/** @throws UsageError, AccountError */
export async function orderOf(
  folders: readonly string[],
  options: IngestOptions,
  env: Terminal['env'],
): Promise<IngestOrder> {
  const metadata = options.metadata === undefined ? undefined : metadataOf(options.metadata);
  return {
    folders: [...new Set(await Promise.all(folders.map(folderOf)))],
    destination: destinationOf(options, env),
    concepts: options.concept ?? [],
    notConcepts: options.notConcept ?? [],
    ...(metadata === undefined ? {} : { metadata }),
    ...(options.original === true ? { sends: 'original' as const } : {}),
    ...(options.exclude === undefined || options.exclude.length === 0 ? {} : { exclude: options.exclude }),
  };
}

/** The real absolute path of a folder that was named.
 *
 * @throws UsageError when it is none */
export async function folderOf(folder: string): Promise<string> {
  const path = resolve(folder);
  try {
    if (!(await stat(path)).isDirectory()) throw new UsageError(`${folder} is not a folder.`);
    return await realpath(path);
  } catch (error) {
    if (error instanceof UsageError) throw error;
    const isAbsent = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    const why = isAbsent ? 'there is nothing of this name.' : String(error);
    throw new UsageError(`The folder ${folder} cannot be opened: ${why}`);
  }
}

function metadataOf(text: string): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new UsageError(
      `--metadata is not valid JSON: ${error instanceof Error ? error.message : String(error)}.`,
    );
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new UsageError(`--metadata has to be a JSON object, like '{"shoot":"Coast"}'.`);
  }
  return value as Record<string, unknown>;
}
