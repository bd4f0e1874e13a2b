/** Puts ready photos into batches and keeps several of them in flight. */
import { BATCH_INPUT_LIMIT } from '#shared/limits.ts';
import type { Timer } from '../clock.ts';
import { pauseFor } from './context.ts';
import type { UploadContext } from './context.ts';
import { fillBatch, guessBodyBytes } from './fill.ts';
import type { FillCandidate, Filled } from './fill.ts';
import { findGuilty } from './find-guilty.ts';
import type { LinkBudget } from './link-budget.ts';
import { postBatch, TRIES } from './post-batch.ts';
import { mostTogether } from './record.ts';

/** After a batch that threw (a bug, or a ledger that cannot be written) nothing is sent for so long, in ms. */
const RETRY_MS = 1000;
/** After a choice of photos none of which could be claimed, in ms: whoever changes them gets a turn. */
const UNCLAIMED_MS = 50;

/** The lane's step, and what it has started. */
export interface Send {
  step(): Promise<number | null>;
  batchCount(): number;
  /** Resolves when nothing that was started is running any more. */
  rest(): Promise<void>;
}

/** Makes the step of the lane that sends. `isPreparing` tells whether photos are being checked or made ready. */
export function createSend(ctx: UploadContext, budget: LinkBudget, isPreparing: () => boolean): Send {
  const running = new Set<Promise<void>>();
  let backingOff: Timer | null = null;
  const { reserved } = ctx.flight;
  const letGo = (photoIds: readonly number[]): void => {
    for (const photoId of photoIds) reserved.delete(photoId);
  };

  function start(photoIds: readonly number[]): void {
    for (const photoId of photoIds) reserved.add(photoId);
    const run = sendOne(ctx, budget, photoIds, letGo)
      .catch((error: unknown) => {
        // The batch stays open, so that the service is asked what became of it.
        ctx.shield.caught('upload.batch-failed', {}, error);
        backOff();
      })
      .finally(() => {
        letGo(photoIds);
        running.delete(run);
        ctx.changed();
      });
    running.add(run);
  }

  function backOff(): void {
    backingOff?.cancel();
    backingOff = ctx.clock.setTimer(() => {
      backingOff = null;
      ctx.changed();
    }, RETRY_MS);
  }

  return {
    step: () => {
      for (;;) {
        if (backingOff !== null) return Promise.resolve(null);
        if (!ctx.steering.isSettled()) return Promise.resolve(null);
        const chosen = ctx.settings.batchesInFlight ?? ctx.steering.batchesInFlight();
        const limit = ctx.holds.isOnTrial() ? 1 : chosen;
        if (ctx.holds.isHeld() || running.size >= limit) return Promise.resolve(null);
        const next = nextBatch(ctx, budget, isPreparing);
        if (next.reason === 'wait') {
          const quietUntil = ctx.clock.now() + ctx.settings.idleMs - quietMs(ctx);
          return Promise.resolve(next.photoIds.length === 0 ? null : quietUntil);
        }
        start(next.photoIds);
      }
    },
    batchCount: () => running.size,
    rest: async () => {
      await Promise.all(running);
      backingOff?.cancel();
    },
  };
}

function quietMs({ clock, flight }: UploadContext): number {
  return clock.elapsed() - flight.lastReadyAt;
}

/** A photo as batches are filled with it. */
export function candidateOf(
  { flight }: Pick<UploadContext, 'flight'>,
  photoId: number,
  bytes: number,
): FillCandidate {
  return {
    photoId,
    bodyBytes: guessBodyBytes(bytes),
    mostTogether: mostTogether(flight.cuts.get(photoId) ?? 0),
  };
}

function nextBatch(ctx: UploadContext, budget: LinkBudget, isPreparing: () => boolean): Filled {
  const { ledger, destinationId, clock, settings, flight } = ctx;
  const candidates = ledger.workLists
    .ready(destinationId, clock.now(), BATCH_INPUT_LIMIT + flight.reserved.size)
    .filter(({ photoId }) => !flight.reserved.has(photoId))
    .map(({ photoId, readyBytes }) => candidateOf(ctx, photoId, readyBytes));
  return fillBatch(candidates, {
    budgetBytes: budget.bytes(),
    quietMs: quietMs(ctx),
    idleMs: settings.idleMs,
    ending: flight.isEnding,
    moreToCome: isPreparing(),
  });
}

async function sendOne(
  ctx: UploadContext,
  budget: LinkBudget,
  photoIds: readonly number[],
  letGo: (photoIds: readonly number[]) => void,
): Promise<void> {
  let isClaimed = false;
  const result = await postBatch(ctx, budget, {
    photoIds,
    parentId: null,
    budgetBytes: budget.bytes(),
    tries: TRIES,
    onClaimed: (claimed) => {
      isClaimed = claimed.length > 0;
      const isIn = new Set(claimed);
      letGo(photoIds.filter((photoId) => !isIn.has(photoId)));
    },
  });
  if (result.kind === 'guilty') await findGuilty(ctx, budget, result, letGo);
  if (!isClaimed) await pauseFor(ctx, UNCLAIMED_MS, ctx.holds.signal());
}
