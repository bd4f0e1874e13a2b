/** Takes photos into a batch: concepts first, then the open files, then the ledger, all before any byte leaves. */
import type { BatchInput, ClaimedPhoto } from '../ledger/batches.ts';
import {
  BODY_FRAME_BYTES,
  bodyBytesOf,
  createInputsBody,
  FileChangedError,
  FileUnreadableError,
} from './body.ts';
import type { BodyEntry, InputsBody } from './body.ts';
import type { UploadContext } from './context.ts';
import { conceptsOf, entryOf } from './entries.ts';
import { bytesToSend } from './renditions.ts';
import { recordUnsendable } from './misses.ts';

/** A batch that stands in the ledger and is ready to be sent. */
export interface ClaimedBatch {
  readonly id: number;
  readonly photos: readonly BatchInput[];
  readonly body: InputsBody;
}

/** One photo as it would travel. */
interface Candidate extends ClaimedPhoto {
  readonly entry: BodyEntry;
}

export interface ClaimWanted {
  /** In the order in which they travel. */
  readonly photoIds: readonly number[];
  /** The batch that was split. */
  readonly parentId: number | null;
  readonly budgetBytes: number;
}

/** Photos may be tagged while their files are opened; after so many rounds they wait for the next batch. */
const ROUNDS = 5;

/**
 * Claims those of the photos that can go. Null when none can, when a hold is in the way, or while turns are being
 * changed. Photos that are left out stay queued.
 */
export async function claimBatch(ctx: UploadContext, wanted: ClaimWanted): Promise<ClaimedBatch | null> {
  for (let round = 0; round < ROUNDS && ctx.steering.isSettled(); round += 1) {
    const remote = await askForConcepts(ctx, wanted.photoIds);
    if (remote === null) return null;
    const candidates = withinBudget(candidatesOf(ctx, wanted.photoIds, remote), wanted.budgetBytes);
    if (candidates.length === 0) return null;
    const body = await openBody(ctx, candidates);
    if (body === null) continue;
    let id: number | null = null;
    try {
      id = commit(ctx, candidates, wanted.parentId, body.contentLength);
    } finally {
      if (id === null) await body.close();
    }
    if (id !== null) return { id, photos: candidates, body };
  }
  return null;
}

/** What the service says about the concepts of some photos. */
interface RemoteConcepts {
  readonly ids: ReadonlyMap<number, string>;
  /** Concepts that it does not take: the photos go without them. */
  readonly refused: ReadonlySet<number>;
}

/** Makes all concepts that the photos have exist; null when the service could not be asked. */
async function askForConcepts(
  ctx: UploadContext,
  photoIds: readonly number[],
): Promise<RemoteConcepts | null> {
  const wanted = new Set(photoIds.flatMap((id) => ctx.ledger.tags.of(id).map(({ conceptId }) => conceptId)));
  if (wanted.size === 0) return { ids: new Map(), refused: new Set() };
  if (ctx.holds.isHeld()) return null;
  const signal = ctx.holds.signal();
  try {
    const made = await ctx.ensureConcepts([...wanted], signal);
    if (!('problem' in made)) {
      return { ids: made, refused: new Set([...wanted].filter((id) => !made.has(id))) };
    }
    ctx.holds.report(made.problem);
  } catch (error) {
    if (!signal.aborted) throw error;
  }
  return null;
}

function candidatesOf(ctx: UploadContext, photoIds: readonly number[], remote: RemoteConcepts): Candidate[] {
  return ctx.ledger.transaction(() => {
    const candidates = photoIds.map((photoId) => candidateOf(ctx, photoId, remote));
    return candidates.filter((candidate) => candidate !== null);
  });
}

function candidateOf(ctx: UploadContext, photoId: number, remote: RemoteConcepts): Candidate | null {
  const { ledger, destinationId, spool } = ctx;
  const upload = ledger.uploads.get(photoId, destinationId);
  if (upload?.state !== 'queued' || upload.readyBytes === null || upload.turn === null) return null;
  const photo = ledger.photos.byId(photoId);
  const source = ledger.photos.source(photoId, destinationId);
  if (photo === undefined || source === undefined) {
    // Looked for once more when it is made ready; a file that was only moved has a new row by then.
    ledger.uploads.ready(photoId, destinationId, null);
    return null;
  }
  const { pictureHash } = photo;
  const bytes = bytesToSend(ctx, { ...upload, pictureHash }, source);
  // Made by another recipe, or of another kind, before the folder was changed: it is made ready anew.
  if ((bytes.kind === 'rendition' ? spool.bytesOf(bytes.key) : source.size) !== upload.readyBytes) {
    ledger.uploads.ready(photoId, destinationId, null);
    return null;
  }
  const tags = ledger.tags.of(photoId).filter(({ conceptId }) => !remote.refused.has(conceptId));
  const concepts = conceptsOf(tags, remote.ids);
  if (concepts === null) return null;
  const { inputId, tagsVersion } = upload;
  const picture = { file: bytes.path, bytes: upload.readyBytes };
  const entry = entryOf({ inputId, picture, concepts, source });
  return {
    photoId,
    inputId,
    bytes: entry.bytes,
    concepts,
    tagsVersion,
    orientation: source.orientation,
    entry,
  };
}

/** As many from the front as the budget holds, at least one. */
function withinBudget(candidates: readonly Candidate[], budgetBytes: number): Candidate[] {
  let bodyBytes = BODY_FRAME_BYTES;
  return candidates.filter(({ entry }, index) => {
    bodyBytes += bodyBytesOf(entry) + 1;
    return index === 0 || bodyBytes <= budgetBytes;
  });
}

/** Opens the files; null when one of them is not as the ledger says, which is written down. */
async function openBody(ctx: UploadContext, candidates: readonly Candidate[]): Promise<InputsBody | null> {
  try {
    return await createInputsBody(candidates.map(({ entry }) => entry));
  } catch (error) {
    if (!(error instanceof FileChangedError || error instanceof FileUnreadableError)) throw error;
    const guilty = candidates.find(({ inputId }) => inputId === error.inputId);
    if (guilty !== undefined)
      ctx.ledger.transaction(() => recordUnsendable(ctx, guilty.photoId, error.message));
    return null;
  }
}

/** Writes the batch down, unless a photo or its tags changed since they were read: then null. */
function commit(
  ctx: UploadContext,
  photos: readonly Candidate[],
  parentId: number | null,
  bodyBytes: number,
): number | null {
  const { ledger, destinationId } = ctx;
  const id = ledger.transaction(() => {
    const isUnchanged = photos.every(({ photoId, bytes, tagsVersion }) => {
      const upload = ledger.uploads.get(photoId, destinationId);
      return upload?.state === 'queued' && upload.readyBytes === bytes && upload.tagsVersion === tagsVersion;
    });
    // A turn that is being changed is still the old one: its photo may have begun to rest.
    if (!isUnchanged || !ctx.steering.isSettled()) return null;
    return ledger.batches.claim({ destinationId, parentId, photos, bodyBytes, at: ctx.clock.now() });
  });
  if (id !== null) {
    ctx.flight.batches.add(id);
    ctx.traffic.begin(id, bodyBytes);
    ctx.changed();
    ctx.settings.onStep('claimed');
  }
  return id;
}
