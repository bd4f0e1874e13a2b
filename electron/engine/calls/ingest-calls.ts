/** Calls about taking in and sending. */
import { z } from 'zod';
import { keptName, problemOf } from '../edits/concept-search.ts';
import type { EngineParts } from '../engine-parts.ts';
import { createFilter } from '../ingest/path-filter.ts';
import type { Destination } from '../ledger/destinations.ts';
import { ensurePractice } from '../practice-destination.ts';
import { overallProgress, progressOf } from '../progress.ts';
import { recordOrder } from '../orders.ts';
import { reportRun, type Run } from '../runs.ts';
import { failuresOf, statusOf } from '../status.ts';
import { parseInWords } from './in-words.ts';
import { OrderError } from './order-error.ts';
import { isOwn } from './own-folders.ts';
import type { IngestCalls, IngestOrder } from '#shared/engine-api.ts';
import type { Remote } from '#shared/calls.ts';
import { PREVIEW_SIZE, THUMBNAIL_SIZES, WHOLE_SIZE } from '#shared/thumbnail-names.ts';

const nothing = z.strictObject({});
const run = z.strictObject({ runId: z.int() });
const conceptName = z
  .string()
  .trim()
  .min(1, 'A concept needs a name.')
  .max(200, 'A concept has at most 200 characters.');

/** One schema per call; each has to fit the contract's type. */
export const INGEST_SCHEMAS = {
  startIngest: z.strictObject({
    folders: z.array(z.string().min(1)).min(1, 'Name at least one folder.'),
    destination: z
      .strictObject({ baseUrl: z.string().min(1), userId: z.string().min(1), appId: z.string().min(1) })
      .nullable(),
    concepts: z.array(conceptName),
    notConcepts: z.array(conceptName),
    metadata: z.record(z.string(), z.unknown()).nullable().optional(),
    sends: z.enum(['rendition', 'original']).optional(),
    exclude: z.array(z.string()).optional(),
  }),
  ingestProgress: run,
  overallProgress: nothing,
  ingestReport: run,
  status: nothing,
  failures: nothing,
  thumbnail: z.strictObject({
    photoId: z.int(),
    size: z.literal([...THUMBNAIL_SIZES, PREVIEW_SIZE, WHOLE_SIZE]),
  }),
} as const satisfies Record<keyof IngestCalls, z.ZodType>;

/** Makes these calls over a running engine. */
export function createIngestCalls(parts: EngineParts): Remote<IngestCalls> {
  const { ledger, ingest, host } = parts;
  const runs = new Map<number, Run>();

  function runOf(argument: unknown): Run {
    const { runId } = INGEST_SCHEMAS.ingestProgress.parse(argument);
    const found = runs.get(runId);
    if (found === undefined) throw new OrderError(`There is no ingest run ${runId} in this engine.`);
    return found;
  }

  async function destinationOf(names: IngestOrder['destination']): Promise<Destination> {
    if (names !== null) return ledger.destinations.ensure(names, host.clock.now());
    return ensurePractice(parts);
  }

  async function startIngest(argument: unknown): Promise<{ runId: number; watches: boolean }> {
    const order = orderIn(argument);
    checkOrder(order, host.dataFolder);
    const destination = await destinationOf(order.destination);
    const line = await parts.lineOf(destination);
    const since = host.clock.now();
    const folderIds = recordOrder(
      { ledger, destinationId: destination.id, at: since, isAtWork: (id) => parts.isAtWork(id) },
      order,
    );
    const runId = runs.size + 1;
    runs.set(runId, {
      folderIds,
      line,
      destinationId: destination.id,
      since,
      requestsBefore: line?.requestCount() ?? 0,
      bytesBefore: line?.uploader.stats().bytesSent ?? 0,
      scope: { checkedAt: -Infinity, isFinal: false },
    });
    for (const id of await parts.takeUp(folderIds)) ingest.scan(id, 'owner');
    // Tags of the order may be about photos of other accounts, too.
    for (const open of parts.openLines()) open.wake();
    return { runId, watches: parts.watches };
  }

  return {
    startIngest,
    ingestProgress: async (argument) => {
      const found = runOf(argument);
      const progress = progressOf(parts, found, host.clock.now());
      // No more photos will come once everything is read: batches need not wait to be full.
      found.line?.uploader.setEnding(ingest.isIdle());
      return progress;
    },
    overallProgress: async (argument) => {
      nothing.parse(argument);
      for (const line of parts.openLines()) line.uploader.setEnding(ingest.isIdle());
      return overallProgress(parts);
    },
    ingestReport: async (argument) => reportRun(parts, runOf(argument), host.clock.now()),
    status: async (argument) => {
      nothing.parse(argument);
      return statusOf(ledger, parts.diskRoom);
    },
    failures: async (argument) => {
      nothing.parse(argument);
      return failuresOf(ledger);
    },
    thumbnail: async (argument) => {
      const { photoId, size } = INGEST_SCHEMAS.thumbnail.parse(argument);
      return parts.thumbnails.fileOf(photoId, size);
    },
  };
}

/** @throws OrderError in the words of the schema */
function orderIn(argument: unknown): IngestOrder {
  const data = parseInWords(INGEST_SCHEMAS.startIngest, argument);
  return {
    ...(data as IngestOrder),
    concepts: distinct(data.concepts),
    notConcepts: distinct(data.notConcepts),
  };
}

/** Names as they are kept, each once. */
function distinct(names: readonly string[]): string[] {
  return [...new Set(names.map(keptName))];
}

/** @throws OrderError, GlobError */
function checkOrder(order: IngestOrder, dataFolder: string): void {
  const own = order.folders.find((path) => isOwn(path, dataFolder));
  if (own !== undefined) {
    throw new OrderError(
      `${own} belongs to Tagalong itself: it holds copies of your photos. Name another folder.`,
    );
  }
  createFilter({ include: [], exclude: order.exclude ?? [] });
  for (const name of [...order.concepts, ...order.notConcepts]) {
    const problem = problemOf(name);
    if (problem !== null) throw new OrderError(problem);
  }
  const both = order.concepts.find((name) => order.notConcepts.includes(name));
  if (both !== undefined) {
    throw new OrderError(`"${both}" is given both as a concept and as not a concept. Take one of them away.`);
  }
}
