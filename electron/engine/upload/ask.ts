import { BATCH_INPUT_LIMIT } from '#shared/limits.ts';
import type { WireInput } from '../clarifai/wire.ts';
import type { PhotoAndInput } from '../ledger/uploads.ts';
import type { UploadContext } from './context.ts';

/** Asks the service which of at most 128 photos it has, by input id. Null when it could not be asked: a hold says why. */
export async function askWhichAreThere(
  ctx: UploadContext,
  photos: readonly PhotoAndInput[],
  /** `askForOwner`: also while the sending is paused. */
  how: 'ask' | 'askForOwner' = 'ask',
): Promise<ReadonlyMap<string, WireInput> | null> {
  if (photos.length === 0) return new Map();
  const ids = photos.slice(0, BATCH_INPUT_LIMIT).map(({ inputId }) => inputId);
  const reply = await ctx.holds[how]((signal) => ctx.client.listInputsByIds(ids, { signal }));
  return reply === null ? null : new Map(reply.inputs.map((input) => [input.id, input]));
}
