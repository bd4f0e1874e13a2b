/** Subject of the upload benchmark: the product's engine, as `tagalong ingest --original` runs it. */
import { setFlagsFromString } from 'node:v8';
import { createTerminalHost } from '../../electron/local/terminal-host.ts';
import { startEngine } from '../../electron/engine/engine.ts';
import type { IngestOrder } from '#shared/engine-api.ts';
import { answerQuestions, peakBytes, residentBytes } from './measure.ts';

/** One ingest run. */
export interface EngineQuestion {
  readonly dataFolder: string;
  readonly folder: string;
  readonly destination: NonNullable<IngestOrder['destination']>;
  readonly pat: string;
  /** False: hash and thumbnail only. */
  readonly sends: boolean;
}

/** How it went; times in ms from the order. */
export interface EngineAnswer {
  readonly acceptedMs: number;
  readonly indexedMs: number;
  readonly doneMs: number;
  readonly startMs: number;
  readonly counts: Readonly<Record<string, number>>;
  readonly requestCount: number;
  readonly baselineBytes: number;
  readonly peakBytes: number;
}

// As the command does.
setFlagsFromString('--semi-space-growth-factor=1');

/** How often a host asks for progress, in ms; as the command does. */
const POLL_MS = 150;
const baselineBytes = residentBytes();

answerQuestions(async (question: EngineQuestion): Promise<EngineAnswer> => {
  const host = createTerminalHost(
    question.dataFolder,
    { CLARIFAI_PAT: question.pat },
    { tokenBase: question.destination.baseUrl },
  );
  const startedAt = performance.now();
  const engine = await startEngine(host, { watches: false, resumesAll: false, sends: question.sends });
  const orderedAt = performance.now();
  const orderedAtMs = Date.now();
  const { runId } = await engine.api.startIngest({
    folders: [question.folder],
    destination: question.destination,
    concepts: [],
    notConcepts: [],
    sends: 'original',
  });
  for (;;) {
    const { state } = await engine.api.ingestProgress({ runId });
    if (state !== 'working') break;
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
  const doneMs = performance.now() - orderedAt;
  const report = await engine.api.ingestReport({ runId });
  const { last, final } = engine.ledger.db
    .prepare<[], { last: number | null; final: number | null }>(
      'SELECT max(accepted_at) AS last, max(indexed_at) AS final FROM upload',
    )
    .get() ?? { last: null, final: null };
  const destination = engine.ledger.destinations.all().find(({ baseUrl }) => baseUrl !== 'practice:');
  const answer = {
    acceptedMs: (last ?? 0) - orderedAtMs,
    indexedMs: (final ?? 0) - orderedAtMs,
    doneMs,
    startMs: orderedAt - startedAt,
    counts: destination === undefined ? {} : { ...engine.ledger.counts.of(destination.id) },
    requestCount: report.requests,
    baselineBytes,
    peakBytes: peakBytes(),
  };
  await engine.stop();
  await host.stop();
  return answer;
});
