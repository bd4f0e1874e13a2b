/** What would be sent of what is queued: the same decisions as those of the sending, without acting on them. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { UploadContext } from './context.ts';
import { splitIntoBatches } from './fill.ts';
import { inTurns } from './in-turns.ts';
import type { LinkBudget } from './link-budget.ts';
import { planFor, render, type Preparation } from './prepare.ts';
import { createSizeGuess, guessError, withOpen, type KnownSize, type OpenMeasure } from './rendition-size.ts';
import { candidateOf } from './send.ts';
import type { PlanMade, UploadPlan } from './upload-plan.ts';

/** Plans of one uploader. */
export interface Planning {
  /** `look` is called at the moment that the plan is of: what it sees fits the plan. */
  make<Seen>(look: () => Seen): Promise<PlanMade<Seen>>;
  /** Resolves when no plan is being made any more. */
  stop(): Promise<void>;
}

/** Photos that are planned before others get a turn: about 3 ms. */
const AT_ONCE = 100;
/** Photos that are summed up before others get a turn: about 1 ms. */
const SUMMED_AT_ONCE = 2000;
/** Known sizes of renditions from which the others are guessed, at least; so many are made when there are too few. */
const LEAST_KNOWN = 12;
/** More are made while the sum may be further off than this, a standard error: an `about` is meant within a tenth. */
const GOOD_ERROR = 0.04;
/** And no more than make a known number of this: some seconds for the largest files. */
const MOST_MADE_FOR = 60;
/** Multiples of it, without their whole part, lie evenly wherever one stops. */
const GOLDEN = 0.618_033_988_75;

interface Planned {
  readonly photoId: number;
  readonly isChecked: boolean;
  readonly preparation: Preparation;
  readonly readyBytes: number | null;
}

/** Makes plans over what the ledger has queued. */
export function createPlan(ctx: UploadContext, budget: LinkBudget): Planning {
  const ending = new AbortController();
  const making = new Set<Promise<unknown>>();

  async function make<Seen>(look: () => Seen): Promise<PlanMade<Seen>> {
    const { planned, seen } = await planQueued(ctx, look, ending.signal);
    const known = await knownSizes(ctx, planned, ending.signal);
    return { plan: await summed(ctx, budget, planned, createSizeGuess(known)), seen };
  }

  return {
    make(look) {
      const made = make(look);
      making.add(made);
      const forget = (): void => void making.delete(made);
      made.then(forget, forget);
      return made;
    },
    async stop() {
      ending.abort();
      await Promise.allSettled(making);
    },
  };
}

/** Every photo that is queued at this moment, in the order in which they leave. */
async function planQueued<Seen>(
  ctx: UploadContext,
  look: () => Seen,
  signal: AbortSignal,
): Promise<{ readonly planned: readonly Planned[]; readonly seen: Seen }> {
  using queued = ctx.ledger.queueReads.queuedNow(ctx.destinationId);
  const seen = look();
  const planned: Planned[] = [];
  while (!signal.aborted) {
    const piece = queued.next(AT_ONCE);
    for (const { photoId, isChecked, readyBytes } of piece) {
      planned.push({ photoId, isChecked: isChecked === 1, preparation: planFor(ctx, photoId), readyBytes });
    }
    if (piece.length < AT_ONCE) break;
    await nextTurn();
  }
  return { planned, seen };
}

/** Sizes of renditions to guess others from: those that stand ready, those that were sent, and a few that are made now. */
async function knownSizes(
  ctx: UploadContext,
  planned: readonly Planned[],
  signal: AbortSignal,
): Promise<KnownSize[]> {
  const { ledger, destinationId } = ctx;
  const open = planned.filter(
    ({ preparation, readyBytes }) => preparation.kind === 'render' && readyBytes === null,
  );
  if (open.length === 0) return [];
  const known: KnownSize[] = ledger.queueReads
    .sentSizes(destinationId)
    .map(({ bytes, ...source }) => ({ bytes, source }));
  for (const { photoId, preparation } of planned) {
    if (preparation.kind !== 'ready') continue;
    const source = ledger.photos.source(photoId, destinationId);
    if (source !== undefined) known.push({ source, bytes: preparation.bytes });
  }
  let measure: OpenMeasure = { lossy: 0, plain: 0 };
  await inTurns(open, SUMMED_AT_ONCE, ({ preparation }) => {
    if (preparation.kind === 'render') measure = withOpen(measure, preparation.source);
  });
  const tried = new Set<number>();
  const isEnough = (): boolean =>
    known.length >= MOST_MADE_FOR ||
    (known.length >= LEAST_KNOWN && guessError(known, measure) <= GOOD_ERROR) ||
    tried.size >= Math.min(MOST_MADE_FOR, open.length);
  for (let index = 0; !isEnough() && !signal.aborted && ctx.holds.diskFullUntil() === null; index += 1) {
    const one = open[Math.floor(((index * GOLDEN) % 1) * open.length)];
    if (one === undefined || tried.has(one.photoId)) continue;
    tried.add(one.photoId);
    const size = await sample(ctx, one, signal);
    if (size !== null) known.push(size);
  }
  return known;
}

/** Makes a photo's rendition. It waits in the spool until its photo leaves. Null: there is none. */
async function sample(ctx: UploadContext, one: Planned, signal: AbortSignal): Promise<KnownSize | null> {
  const { photoId, preparation } = one;
  // Nobody would wait for the copy of one that has left since.
  if (preparation.kind !== 'render' || !isQueued(ctx, photoId)) return null;
  const { source } = preparation;
  try {
    const rendition = await render(ctx, preparation, signal);
    return rendition?.kind === 'ready' ? { source, bytes: rendition.bytes } : null;
  } catch (error) {
    // The photo itself is none the worse: it is made again, and judged, when its turn comes.
    if (!signal.aborted) ctx.log.warn('upload.sample-not-made', { error: String(error) });
    return null;
  }
}

function isQueued({ ledger, destinationId }: UploadContext, photoId: number): boolean {
  return ledger.uploads.get(photoId, destinationId)?.state === 'queued';
}

async function summed(
  ctx: UploadContext,
  budget: LinkBudget,
  planned: readonly Planned[],
  guess: ReturnType<typeof createSizeGuess>,
): Promise<UploadPlan> {
  const notSent = new Map<string, UploadPlan['notSent'][number]>();
  const sizes: { readonly photoId: number; readonly bytes: number; readonly isExact: boolean }[] = [];
  let uncheckedCount = 0;
  let awayCount = 0;
  await inTurns(planned, SUMMED_AT_ONCE, ({ photoId, isChecked, preparation, readyBytes }) => {
    const left = leftOut(preparation);
    if (left !== null) {
      notSent.set(left.reason, { ...left, count: (notSent.get(left.reason)?.count ?? 0) + 1 });
    } else if (preparation.kind === 'away') {
      awayCount += 1;
    } else {
      if (!isChecked) uncheckedCount += 1;
      const bytes = readyBytes ?? exactBytes(ctx, preparation);
      const source = preparation.kind === 'render' ? preparation.source : null;
      sizes.push({
        photoId,
        bytes: bytes ?? (source === null ? 0 : guess(source)),
        isExact: bytes !== null,
      });
    }
  });
  const batches = splitIntoBatches(
    sizes.map(({ photoId, bytes }) => candidateOf(ctx, photoId, bytes)),
    budget.bytes(),
  );
  const isExact = sizes.every((size) => size.isExact) && uncheckedCount === 0;
  const endsByBudget = batches.some(({ isBudgetFull }) => isBudgetFull);
  return {
    photoCount: sizes.length,
    uncheckedCount,
    pictureBytes: { value: sizes.reduce((sum, { bytes }) => sum + bytes, 0), isExact },
    // What goes with a picture besides it is read when it leaves.
    bodyBytes: {
      value: batches.reduce((sum, { bodyBytes }) => sum + bodyBytes, 0),
      isExact: sizes.length === 0,
    },
    // The budget of bytes follows the link, and so does where they cut.
    batches: { value: batches.length, isExact: isExact && (budget.isFixed || !endsByBudget) },
    awayCount,
    notSent: [...notSent.values()],
  };
}

/** Bytes that are known without a guess; a sample may have been made since the photo was planned. */
function exactBytes({ spool }: UploadContext, preparation: Preparation): number | null {
  if (preparation.kind === 'ready' || preparation.kind === 'stat') return preparation.bytes;
  return preparation.kind === 'render' ? spool.bytesOf(preparation.key) : null;
}

function leftOut(preparation: Preparation): Omit<UploadPlan['notSent'][number], 'count'> | null {
  if (preparation.kind === 'fail') return { kind: 'failed', reason: preparation.cause };
  if (preparation.kind === 'gone') return { kind: 'failed', reason: 'file-gone' };
  return preparation.kind === 'moved' ? { kind: 'skipped', reason: preparation.reason } : null;
}
