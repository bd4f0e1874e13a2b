/** Trying failures of one destination again, when the owner says so. */
import { explainHold, isSkip } from '../explain.ts';
import type { EngineParts } from '../engine-parts.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { restart } from './restart.ts';
import { factsOf } from './retry-facts.ts';
import { stepFor, type RetryStep } from './retry-plan.ts';
import { createRetryTally, type RetryTally } from './retry-tally.ts';
import type { FailureTarget, RetryDone, RetryWay } from '#shared/failures.ts';
import type { Hold, HoldKind } from '#shared/problems.ts';

type Target = { readonly photoIds: readonly number[]; readonly fileIds: readonly number[] };

/** The photos and files that a target means, those that failed by now. */
export function meantBy(ledger: Ledger, destinationId: number, which: FailureTarget): Target {
  if ('photoIds' in which) {
    return { photoIds: [...new Set(which.photoIds)], fileIds: [...new Set(which.fileIds)] };
  }
  const cause = 'cause' in which ? which.cause : null;
  return {
    photoIds: ledger.workLists.failed(destinationId, cause).map(({ photoId }) => photoId),
    fileIds: ledger.failures
      .allFiles(destinationId)
      .filter((file) => !isSkip(file.cause) && (cause === null || file.cause === cause))
      .map(({ fileId }) => fileId),
  };
}

/** Tries them again in the way that is wanted, and tells what became of each. */
export async function retryFailures(
  parts: EngineParts,
  order: { readonly destinationId: number; readonly which: FailureTarget; readonly way: RetryWay },
): Promise<RetryDone> {
  const { ledger } = parts;
  const { destinationId, which, way } = order;
  const { photoIds, fileIds } = meantBy(ledger, destinationId, which);
  const tally = createRetryTally();
  const at = parts.host.clock.now();
  const toRemove = ledger.transaction(() => takeSteps(ledger, { destinationId, photoIds, way, at }, tally));
  await removeAndQueue(parts, destinationId, toRemove, tally);
  const ofFiles = countFiles(ledger, destinationId, fileIds, tally);
  const folderCount = lookAgain(parts, destinationId, ofFiles, tally);
  return begin(parts, destinationId, { ...tally.done(), folderCount });
}

/** The same at every destination, one after the other; the numbers are those of all together. */
export async function retryEverywhere(
  parts: EngineParts,
  { cause, way }: { readonly cause: string | null; readonly way: RetryWay },
): Promise<RetryDone> {
  const which: FailureTarget = cause === null ? { all: true } : { cause };
  const tally = createRetryTally();
  // What holds several of them is told once.
  const holds = new Map<HoldKind, Hold>();
  let folderCount = 0;
  for (const { id } of parts.ledger.destinations.all()) {
    const done = await retryFailures(parts, { destinationId: id, which, way });
    tally.add(done);
    folderCount += done.folderCount;
    if (done.queuedCount > 0) for (const hold of done.holds) holds.set(hold.kind, hold);
  }
  return { ...tally.done(), folderCount, holds: [...holds.values()], asOf: parts.changes.asOf() };
}

/** Takes in again what the owner left out; what fails for the same reason says so again, and is not sent. */
export function takeInLeftOut(parts: EngineParts, destinationId: number): RetryDone {
  const { ledger, ingest, host } = parts;
  const tally = createRetryTally();
  const at = host.clock.now();
  const files = ledger.failures.allFiles(destinationId).filter(({ cause }) => cause === 'skipped-by-owner');
  ledger.transaction(() => {
    tally.add(restart(ledger, ledger.failures.leftOut(destinationId), destinationId, at));
    for (const { folderId, path } of files) {
      // What is not known is looked at by the next scan.
      ledger.files.markMissing(folderId, path, at);
      tally.readAgain();
    }
  });
  const folderIds = new Set(files.map(({ folderId }) => folderId));
  for (const id of folderIds) ingest.scan(id, 'owner');
  return begin(parts, destinationId, { ...tally.done(), folderCount: folderIds.size });
}

/** Has the work begin, and tells what keeps it. */
function begin(
  parts: EngineParts,
  destinationId: number,
  done: Omit<RetryDone, 'holds' | 'asOf'>,
): RetryDone {
  const { ledger, changes, diskRoom } = parts;
  parts.ingest.wake();
  for (const line of parts.openLines()) {
    if (line.destination.id !== destinationId) continue;
    line.uploader.probe();
    line.wake();
  }
  return {
    ...done,
    holds: diskRoom.withHold(destinationId, ledger.holds.of(destinationId)).map(explainHold),
    asOf: changes.asOf(),
  };
}

/** Does for each photo what can help, all those with the same end at once. Returns those to be removed there before. */
function takeSteps(
  { failures, uploadSets }: Ledger,
  order: {
    readonly destinationId: number;
    readonly photoIds: readonly number[];
    readonly way: RetryWay;
    readonly at: number;
  },
  tally: RetryTally,
): readonly number[] {
  const { destinationId, photoIds, way, at } = order;
  const stored = failures.facts(photoIds, destinationId);
  tally.leave('not-failed', photoIds.length - stored.length);
  const steps = stored.map((facts) => ({ photoId: facts.photoId, step: stepFor(factsOf(facts), way) }));
  for (const { step } of steps) if (step.kind === 'left') tally.leave(step.why);
  const those = (wanted: (step: RetryStep) => boolean): readonly number[] =>
    steps.filter(({ step }) => wanted(step)).map(({ photoId }) => photoId);
  const again = (kind: 'queue' | 'read'): readonly number[] => those((step) => step.kind === kind);
  uploadSets.sendAsItIs(
    those((step) => step.kind === 'queue' && step.as === 'file'),
    destinationId,
  );
  uploadSets.sendSmall(
    those((step) => step.kind === 'queue' && step.as === 'copy'),
    destinationId,
  );
  tally.queue(uploadSets.restart(again('queue'), destinationId, 'queued', at));
  tally.readAgain(uploadSets.restart(again('read'), destinationId, 'found', at));
  return those((step) => step.kind === 'remove');
}

async function removeAndQueue(
  parts: EngineParts,
  destinationId: number,
  photoIds: readonly number[],
  tally: RetryTally,
): Promise<void> {
  if (photoIds.length === 0) return;
  const { ledger, host } = parts;
  const inputs = photoIds.map((photoId) => {
    return { photoId, inputId: ledger.uploads.get(photoId, destinationId)?.inputId ?? '' };
  });
  const line = parts.openLines().find(({ destination }) => destination.id === destinationId);
  const free = await line?.removal.removeFailed(inputs.map(({ inputId }) => inputId));
  ledger.transaction(() => {
    for (const { photoId, inputId } of inputs) {
      if (free?.has(inputId) !== true) tally.leave('not-reached');
      else if (ledger.uploads.get(photoId, destinationId)?.reason !== 'indexing-failed')
        tally.leave('not-failed');
      else if (ledger.uploads.restart(photoId, destinationId, 'queued', host.clock.now())) tally.queue();
    }
  });
}

/** Counts the files without a photo that failed; the thorough scan that follows reads them. Returns their folders. */
function countFiles(
  { failures }: Ledger,
  destinationId: number,
  fileIds: readonly number[],
  tally: RetryTally,
): ReadonlySet<number> {
  if (fileIds.length === 0) return new Set();
  const wanted = new Set(fileIds);
  const failed = failures
    .allFiles(destinationId)
    .filter(({ fileId, cause }) => wanted.has(fileId) && !isSkip(cause));
  tally.readAgain(failed.length);
  tally.leave('not-failed', fileIds.length - failed.length);
  return new Set(failed.map(({ folderId }) => folderId));
}

/** Looks for what may have changed: in folders of failed files, and in all where a photo stays that another file would help. */
function lookAgain(
  { ledger, ingest }: EngineParts,
  destinationId: number,
  ofFiles: ReadonlySet<number>,
  tally: RetryTally,
): number {
  const isForAll = tally.hasLeft('unchanged', 'gone');
  const folders = ledger.folders
    .all()
    .filter((folder) => folder.destinationId === destinationId && (isForAll || ofFiles.has(folder.id)));
  for (const { id } of folders) ingest.scan(id, 'owner');
  return folders.length;
}
