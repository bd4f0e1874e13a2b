/** The whole engine in the test's own process, over a real account that a test bends. */
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { onTestFinished } from 'vitest';
import { startEngine, type EngineOptions } from '../../electron/engine/engine.ts';
import { createTerminalHost } from '../../electron/local/terminal-host.ts';
import type { CheckedPractice } from '../support/checked-practice.ts';
import { inputIdOfFile } from '../support/input-id.ts';
import { bytesJpeg, variantsOf } from '../support/pictures.ts';
import type { PracticeInput, PracticeStats } from '../support/practice.ts';
import { temporaryFolder } from '../support/tree.ts';
import type { IngestOrder, IngestProgress } from '#shared/engine-api.ts';

/** Waits that are long in the product and that nobody counts on are short here. */
const QUICK = { askAgainMs: 150, stopGraceMs: 500 } as const;

/** What a fault is tried on. */
export interface FaultBenchOptions extends Pick<EngineOptions, 'upload'> {
  readonly photos: number;
  /** About so many bytes each; default 3,000. */
  readonly photoBytes?: number;
  readonly order?: Partial<IngestOrder>;
  /** Goes to the account past the proxy, whose buffers hide how fast bytes arrive. */
  readonly direct?: boolean;
}

let seed = 1;

/**
 * Writes photos that no other test has, and starts an engine on a new data folder that would send them to the account
 * as they are. Everything ends with the test.
 */
export async function openFaultBench(practice: CheckedPractice, options: FaultBenchOptions) {
  const home = await temporaryFolder();
  const folder = await temporaryFolder();
  const files = variantsOf(await bytesJpeg(options.photoBytes ?? 3000, (seed += 1)), options.photos);
  const paths = files.map((_, index) => path.join(folder.path, `DSC_${String(index).padStart(4, '0')}.jpg`));
  await Promise.all(files.map((bytes, index) => writeFile(paths[index] ?? '', bytes)));
  const inputIds = await Promise.all(paths.map(inputIdOfFile));
  const baseUrl = options.direct === true ? practice.directBase : practice.apiBase;
  const host = createTerminalHost(home.path, { CLARIFAI_PAT: practice.pat }, { tokenBase: baseUrl });
  const engine = await startEngine(host, {
    watches: false,
    resumesAll: false,
    workerCount: 2,
    upload: { ...QUICK, ...options.upload },
  });
  onTestFinished(async () => {
    await engine.stop();
    await host.stop();
    await practice.clearFaults();
    await home[Symbol.asyncDispose]();
    await folder[Symbol.asyncDispose]();
  });
  const { api, ledger } = engine;
  await practice.resetStats();
  let runId = 0;

  async function progress(): Promise<IngestProgress> {
    return runId === 0 ? api.overallProgress({}) : api.ingestProgress({ runId });
  }

  const bench = {
    api,
    ledger,
    /** In the order of the files. */
    inputIds,
    folder: folder.path,
    dataFolder: home.path,
    async ingest(): Promise<void> {
      ({ runId } = await api.startIngest({
        folders: [folder.path],
        destination: { baseUrl, userId: practice.userId, appId: practice.appId },
        concepts: ['A'],
        notConcepts: [],
        sends: 'original',
        ...options.order,
      }));
    },
    report: () => api.ingestReport({ runId }),
    /** States that have photos, with their numbers. */
    async counts(): Promise<Record<string, number>> {
      const { counts } = await progress();
      return Object.fromEntries(Object.entries(counts).filter(([, count]) => count > 0));
    },
    holds: async () => (await progress()).holds.map(({ kind }) => kind),
    /** Causes of failures, each with the number of photos. */
    async failures(): Promise<Record<string, number>> {
      const counted: Record<string, number> = {};
      for (const { cause } of await api.failures({})) counted[cause] = (counted[cause] ?? 0) + 1;
      return counted;
    },
    /** Resolves when the condition holds. Rejects with how everything stands when it does not within 50 s. */
    async until(what: string, condition: (now: IngestProgress) => boolean | Promise<boolean>): Promise<void> {
      const giveUpAt = Date.now() + 50_000;
      for (;;) {
        const now = await progress();
        if (await condition(now)) return;
        if (Date.now() > giveUpAt) {
          const stand = JSON.stringify({ ...now, failures: await bench.failures() });
          throw new Error(`Waited in vain until ${what}: ${stand}`);
        }
        await sleep(25);
      }
    },
    /** Resolves when these states have these numbers of photos, no others have any, and all tags are sent. */
    reached: (counts: Readonly<Record<string, number>>): Promise<void> =>
      bench.until(`the states are ${JSON.stringify(counts)}`, async (now) => {
        const states = Object.entries(now.counts).filter(([, count]) => count > 0);
        const isThere =
          states.length === Object.keys(counts).length &&
          states.every(([state, count]) => counts[state] === count);
        return isThere && (await bench.report()).tagsPending === 0;
      }),
    /** The bench's own inputs at the account. */
    async inputs(): Promise<PracticeInput[]> {
      const own = new Set(inputIds);
      return (await practice.inputs()).filter(({ id }) => own.has(id));
    },
    stats: (): Promise<PracticeStats> => practice.stats(),
  };
  return bench;
}
export type FaultBench = Awaited<ReturnType<typeof openFaultBench>>;

/** Requests to the service since the counters were reset, those of one method or all. */
export function requestCount({ requests }: PracticeStats, method = ''): number {
  return Object.entries(requests)
    .filter(([route]) => route.startsWith(method))
    .reduce((sum, [, { count }]) => sum + count, 0);
}
