/** The whole engine in the test's own process, over a real practice account behind the recording proxy. */
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { expect, vi } from 'vitest';
import { startEngine, type Engine, type EngineOptions } from '../../electron/engine/engine.ts';
import type { Clock } from '../../electron/engine/clock.ts';
import type { WorkerHandle } from '../../electron/engine/host.ts';
import type { WorkerJob } from '../../electron/engine/workers/jobs.ts';
import { forkWorker } from '../../electron/local/fork-worker.ts';
import { createTerminalHost } from '../../electron/local/terminal-host.ts';
import { startCheckedPractice, type CheckedPractice } from './checked-practice.ts';
import { temporaryFolder } from './tree.ts';

/** How the engine is started, and where. */
export interface EngineHereOptions extends EngineOptions {
  /** Default: a new one, removed at the end. */
  readonly dataFolder?: string;
  readonly startWorker?: () => WorkerHandle;
  /** Default: the machine's. */
  readonly clock?: Clock;
  /** The host tells of its rules, as Electron does. Default false. */
  readonly tellsRests?: boolean;
}

/** A line of the engine's log. */
export interface LogLine {
  readonly event: string;
  readonly facts: Readonly<Record<string, unknown>>;
}

/** A file as the ledger knows it. */
export interface KnownFile {
  readonly path: string;
  readonly state: string | null;
  readonly reason: string | null;
}

/** A running engine, and what a test asks about it. */
export interface EngineHere extends AsyncDisposable {
  readonly engine: Engine;
  readonly practice: CheckedPractice;
  readonly dataFolder: string;
  readonly log: readonly LogLine[];
  /** Jobs that workers were given since the start or the last `jobs.splice(0)`. */
  readonly jobs: WorkerJob[];
  /** Orders the folders with their default choices. */
  ingest(...folders: string[]): Promise<{ readonly runId: number }>;
  /** Files that are not missing: absolute path, state at the destination of its folder, reason; by path. */
  files(): KnownFile[];
  /** Resolves when `check` passes and everything is final. Fails with the check's own words after `patienceMs`, default 40 s. */
  until(check: () => void | Promise<void>, patienceMs?: number): Promise<void>;
  /** Resolves when the ledger holds exactly the files of these folders (as `photosIn` lists them), all of them indexed. */
  untilSynced(...folders: string[]): Promise<void>;
  /** POSTs of inputs since the start. */
  postCount(): Promise<number>;
  /** Stops engine, workers and account; rejects when anything departed from the service's protos. */
  stop(): Promise<void>;
}

const KNOWN = `SELECT folder.path || '/' || file.path AS path, upload.state AS state,
    coalesce(upload.reason, file.problem) AS reason
  FROM file JOIN folder ON folder.id = file.folder_id
  LEFT JOIN upload ON upload.photo_id = file.photo_id AND upload.destination_id = folder.destination_id
  WHERE file.missing_at IS NULL AND file.kind <> 'other' ORDER BY 1`;

/** Short times, so that a test is not as long as a card reader's pauses. */
const QUICK = { quietMs: 300, incompleteQuietMs: 1500 } as const;

/** Starts account and engine. */
export async function startEngineHere(options: EngineHereOptions = {}): Promise<EngineHere> {
  const own = await temporaryFolder();
  const dataFolder = options.dataFolder ?? path.join(own.path, 'data');
  const practice = await startCheckedPractice({ indexingMs: 20, unlimitedRate: true });
  const host = createTerminalHost(dataFolder);
  const log: LogLine[] = [];
  const jobs: WorkerJob[] = [];
  const note =
    () =>
    (event: string, facts: LogLine['facts'] = {}): void =>
      void log.push({ event, facts });
  const startWorker = options.startWorker ?? ((): WorkerHandle => forkWorker());
  const engine = await startEngine(
    {
      ...host,
      ...(options.clock === undefined ? {} : { clock: options.clock }),
      tellsRests: options.tellsRests === true,
      log: { debug: note(), info: note(), warn: note(), error: note() },
      practice: () => Promise.resolve(practice),
      startWorker: () => countingJobs(startWorker(), jobs),
    },
    {
      ...options,
      ingest: { ...QUICK, ...options.ingest },
      upload: { idleMs: 100, gatherMs: 20, ...options.upload },
    },
  );
  let isStopped = false;
  const here: EngineHere = {
    engine,
    practice,
    dataFolder,
    log,
    jobs,
    ingest: (...folders) =>
      engine.api.startIngest({ folders, destination: null, concepts: [], notConcepts: [] }),
    files: () => engine.ledger.db.prepare<[], KnownFile>(KNOWN).all(),
    until: (check, patienceMs = 40_000) =>
      vi.waitFor(
        async () => {
          const { state, activity, holds } = await engine.api.overallProgress({});
          await check();
          expect({ state, activity, holds }).toMatchObject({ state: 'done' });
        },
        { timeout: patienceMs, interval: 50 },
      ),
    untilSynced: (...folders) =>
      here.until(() => {
        const wanted = folders.flatMap((folder) => filesIn(folder)).toSorted();
        expect(here.files()).toEqual(wanted.map((one) => ({ path: one, state: 'indexed', reason: null })));
      }),
    postCount: async () => (await practice.stats()).requests['POST /inputs']?.count ?? 0,
    async stop() {
      if (isStopped) return;
      isStopped = true;
      await engine.stop();
      await host.stop();
      await practice.stop();
    },
    async [Symbol.asyncDispose]() {
      await here.stop();
      await own[Symbol.asyncDispose]();
    },
  };
  return here;
}

function countingJobs(worker: WorkerHandle, jobs: WorkerJob[]): WorkerHandle {
  return {
    ...worker,
    post(message) {
      if (typeof message === 'object' && message !== null && 'job' in message) {
        jobs.push(message.job as WorkerJob);
      }
      worker.post(message);
    },
  };
}

/** All files below a folder, absolute; none when it is not there. */
export function filesIn(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .toSorted();
}
