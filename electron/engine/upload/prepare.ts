/** Makes the bytes of queued photos ready: a rendition in the spool, or proof that the file may go as it is. */
import { stat } from 'node:fs/promises';
import type { RenditionRecipe } from '#shared/folders.ts';
import type { FailureCause, SkipReason } from '#shared/problems.ts';
import { DiskFullError } from '../imaging/disk-full.ts';
import type { PhotoSource } from '../ledger/photos.ts';
import type { PhotoAndInput } from '../ledger/uploads.ts';
import type { UploadContext } from './context.ts';
import { recordMiss } from './misses.ts';
import { bytesToSend, fitsTheService, releaseUnwanted } from './renditions.ts';

/** When a full disk is tried again, in ms. */
export const DISK_FULL_RETRY_MS = 15_000;
/** When a photo whose folder is out of reach is looked for again, in ms; its return is told before. */
const AWAY_RETRY_MS = 60_000;
/** When a full spool is looked at again, in ms: another destination, which wakes nobody here, may have made room. */
const NO_ROOM_RETRY_MS = 1000;
/** A full spool is looked through for copies that nobody wants at most so often, in ms. */
const RELEASE_GAP_MS = 30_000;
/** Photos that are looked at in one step: those that need no rendition are written down in one transaction. */
const LOOK_AHEAD = 64;

/** What has to be done for one photo. */
export type Preparation =
  | { readonly kind: 'ready'; readonly bytes: number }
  | { readonly kind: 'stat'; readonly path: string; readonly bytes: number; readonly root: string }
  | {
      readonly kind: 'render';
      readonly path: string;
      readonly key: string;
      readonly recipe: RenditionRecipe;
      readonly source: PhotoSource;
    }
  | { readonly kind: 'fail'; readonly cause: FailureCause; readonly detail: string | null }
  /** The file is not where it was: looked for once more before it fails. */
  | { readonly kind: 'gone'; readonly words: string }
  | { readonly kind: 'changed'; readonly words: string }
  /** Its watched folder is out of reach: it waits. */
  | { readonly kind: 'away' }
  /** Since it was queued its folders go to other destinations, or are not watched any more. */
  | { readonly kind: 'moved'; readonly reason: SkipReason };

type Planned = PhotoAndInput & { readonly plan: Preparation };

/** The lane's step, and how to end it. */
export interface Prepare {
  step(): Promise<number | null>;
  /** Ends the renditions that are being made. */
  stop(): void;
}

/**
 * Whether the shared spool has room for renditions of this destination. None are made while nobody knows when a hold ends, and
 * the reserve in a full spool is for a destination that sends: neither fills the disk with what does not leave.
 */
export function hasSpoolRoom({ spool, holds, destinationId }: UploadContext): boolean {
  return !holds.isOpenEnded() && spool.room(destinationId, !holds.isHeld());
}

/** Makes the step of the lane that makes photos ready. */
export function createPrepare(ctx: UploadContext): Prepare {
  const ending = new AbortController();
  /** Photos of the last look that wait for their turn to be rendered: planning them anew each time costs the engine. */
  let inLine: ReadonlySet<number> = new Set();
  let releasedAt = -Infinity;
  /** Copies of photos that came to rest one by one still lie there. */
  const makeRoom = async (): Promise<void> => {
    if (ctx.clock.elapsed() - releasedAt < RELEASE_GAP_MS) return;
    releasedAt = ctx.clock.elapsed();
    await releaseUnwanted(ctx);
  };
  return {
    async step() {
      const diskFullUntil = ctx.holds.diskFullUntil();
      const now = ctx.clock.now();
      if (diskFullUntil !== null && diskFullUntil > now) return diskFullUntil;
      const { renders } = ctx.flight;
      const photos = ctx.ledger.workLists
        .unready(ctx.destinationId, now, LOOK_AHEAD + renders.size)
        .filter(({ photoId }) => !renders.has(photoId));
      // After a full disk a single rendition tries whether there is room again.
      const limit = diskFullUntil === null ? ctx.settings.rendersInFlight : 1;
      const isSpoolOpen = hasSpoolRoom(ctx);
      const hasRoom = (): boolean => renders.size < limit && isSpoolOpen && !ending.signal.aborted;
      const quick: Planned[] = [];
      const waiting = new Set<number>();
      for (const photo of photos) {
        const { photoId } = photo;
        const plan = inLine.has(photoId) && !hasRoom() ? null : planFor(ctx, photoId);
        if (plan !== null && plan.kind !== 'render') quick.push({ ...photo, plan });
        else if (plan !== null && hasRoom()) startRender(ctx, photoId, plan, ending.signal);
        else waiting.add(photoId);
      }
      inLine = waiting;
      await recordQuickOnes(ctx, quick);
      if (waiting.size > 0 && !isSpoolOpen) await makeRoom();
      return waiting.size > 0 && !isSpoolOpen ? ctx.clock.now() + NO_ROOM_RETRY_MS : null;
    },
    stop: () => ending.abort(),
  };
}

/** Decides what has to be done for a queued photo; changes nothing. */
export function planFor(
  ctx: Pick<UploadContext, 'ledger' | 'destinationId' | 'spool'>,
  photoId: number,
): Preparation {
  const { ledger, destinationId, spool } = ctx;
  const photo = ledger.photos.byId(photoId);
  const upload = ledger.uploads.get(photoId, destinationId);
  const source = ledger.photos.source(photoId, destinationId);
  if (photo === undefined || upload === undefined || source === undefined) {
    const isElsewhere = ledger.photos.source(photoId, null) !== undefined;
    if (isElsewhere) return { kind: 'moved', reason: 'other-destination' };
    const isHeld = ledger.files.ofPhoto(photoId).some(({ missingAt }) => missingAt === null);
    if (isHeld) return { kind: 'moved', reason: 'folder-removed' };
    return { kind: 'gone', words: 'no file of a watched folder holds the photo' };
  }
  const { pictureHash } = photo;
  const bytes = bytesToSend(ctx, { ...upload, pictureHash }, source);
  const isAway = ledger.folders.byId(source.folderId)?.health === 'unreachable';
  if (bytes.kind === 'original') {
    const cause = fitsTheService(source);
    if (cause !== null) return { kind: 'fail', cause, detail: null };
    if (isAway) return { kind: 'away' };
    return { kind: 'stat', path: bytes.path, bytes: source.size, root: source.folderPath };
  }
  const spooled = spool.bytesOf(bytes.key);
  if (spooled !== null) return { kind: 'ready', bytes: spooled };
  if (isAway) return { kind: 'away' };
  return {
    kind: 'render',
    path: `${source.folderPath}/${source.path}`,
    key: bytes.key,
    recipe: bytes.recipe,
    source,
  };
}

/** Writes down, in one transaction, photos that need no rendition made. */
async function recordQuickOnes(ctx: UploadContext, planned: readonly Planned[]): Promise<void> {
  const quick = await Promise.all(
    planned.map(async (photo) => ({ ...photo, plan: await checked(photo.plan) })),
  );
  if (quick.length === 0) return;
  ctx.ledger.transaction(() => {
    for (const { photoId, plan } of quick) recordPlan(ctx, photoId, plan);
  });
  ctx.changed();
}

/** Looks whether an original is there and has the size that the ledger knows. */
async function checked(plan: Preparation): Promise<Preparation> {
  if (plan.kind !== 'stat') return plan;
  try {
    const { size } = await stat(plan.path);
    if (size === plan.bytes) return { kind: 'ready', bytes: size };
    return { kind: 'changed', words: `${String(size)} bytes instead of ${String(plan.bytes)}` };
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : null;
    if (code === 'ENOENT' || code === 'ENOTDIR') return await goneFrom(plan.root, String(error));
    return { kind: 'fail', cause: 'file-unreadable', detail: String(error) };
  }
}

/** A file that is gone together with its watched folder is not gone: the drive may have been unplugged just now. */
async function goneFrom(root: string, words: string): Promise<Preparation> {
  try {
    await stat(root);
    return { kind: 'gone', words };
  } catch (error) {
    if (error instanceof Error && 'code' in error) return { kind: 'away' };
    throw error;
  }
}

/** Runs inside a transaction of the caller. */
function recordPlan(ctx: UploadContext, photoId: number, plan: Preparation): void {
  const { ledger, destinationId, flight, clock } = ctx;
  if (ledger.uploads.get(photoId, destinationId)?.state !== 'queued') return;
  const at = clock.now();
  if (plan.kind === 'ready') {
    ledger.uploads.ready(photoId, destinationId, plan.bytes);
    flight.lastReadyAt = clock.elapsed();
  } else if (plan.kind === 'fail') {
    ledger.uploads.fail(photoId, destinationId, { cause: plan.cause, detail: plan.detail, at });
  } else if (plan.kind === 'away') {
    const retryAt = at + AWAY_RETRY_MS;
    ledger.uploads.again(photoId, destinationId, { at, costsAttempt: false, retryAt });
    ctx.alarm.at(retryAt);
  } else if (plan.kind === 'moved') {
    flight.misses.delete(photoId);
    ledger.uploads.skip(photoId, destinationId, plan.reason, at);
  } else if (plan.kind === 'changed' || (plan.kind === 'gone' && !flight.misses.has(photoId))) {
    recordMiss(ctx, photoId, plan.words);
  } else if (plan.kind === 'gone') {
    flight.misses.delete(photoId);
    ledger.uploads.fail(photoId, destinationId, { cause: 'file-gone', detail: plan.words, at });
  }
}

/** Starts a rendition; nothing waits for it, so that a slow one holds up no other photo. */
function startRender(
  ctx: UploadContext,
  photoId: number,
  plan: Extract<Preparation, { kind: 'render' }>,
  signal: AbortSignal,
): void {
  const { flight, ledger, shield } = ctx;
  flight.renders.add(photoId);
  void render(ctx, plan, signal)
    .catch((error: unknown): Preparation | null => {
      if (signal.aborted) return null;
      shield.caught('upload.render-failed', { photoId }, error);
      return { kind: 'changed', words: String(error) };
    })
    .then((made) => {
      // As long as it cannot be written down the rendition counts as being made: it is not begun anew meanwhile.
      shield.run('upload.render-not-recorded', { photoId }, () => {
        // A rendition that is forgotten is found in the spool, or made again.
        if (made !== null && !signal.aborted)
          ledger.transaction(() => recordPlan(ctx, photoId, made), { outlives: 'kill' });
        flight.renders.delete(photoId);
        ctx.changed();
      });
    });
}

/** Makes a rendition into the spool. Null: stopped, or held up by a full disk. */
export async function render(
  ctx: UploadContext,
  { path, key, recipe, source }: Extract<Preparation, { kind: 'render' }>,
  signal: AbortSignal,
): Promise<Preparation | null> {
  const { pool, spool, holds } = ctx;
  const { format, orientation } = source;
  const target = spool.targetFor(key);
  try {
    const made = await pool.run({ kind: 'rendition', path, format, orientation, recipe, target }, { signal });
    if (signal.aborted) return null;
    if (made.kind === 'made') {
      spool.added(key, made.bytes, ctx.destinationId);
      if (holds.diskFullUntil() !== null) holds.lift('disk-full');
      return { kind: 'ready', bytes: made.bytes };
    }
    return await planAfter(made, source.folderPath);
  } catch (error) {
    if (!(error instanceof DiskFullError)) throw error;
    holds.place('disk-full', error.message, DISK_FULL_RETRY_MS);
    return null;
  }
}

async function planAfter(
  problem: { readonly cause: FailureCause; readonly detail: string },
  root: string,
): Promise<Preparation> {
  if (problem.cause === 'file-gone') return await goneFrom(root, problem.detail);
  return { kind: 'fail', cause: problem.cause, detail: problem.detail };
}
