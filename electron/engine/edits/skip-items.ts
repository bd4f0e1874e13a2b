/** Photos that the owner leaves out, as items of an act: what they were and what they are at one destination. */
import type { Ledger } from '../ledger/ledger.ts';
import type { Upload } from '../ledger/uploads.ts';

/** How a photo stood at a destination, as an item keeps it. */
interface Stand {
  readonly destinationId: number;
  readonly state: 'failed' | 'skipped';
  /** The failure cause, and the failure itself; the same for both states, so that each leads back to the other. */
  readonly cause: string;
  readonly failureId: number | null;
}

/** Leaves failed photos out as the items of an act; those that are not failed are left alone. Returns how many. */
export function skipPhotos(
  ledger: Ledger,
  editId: number,
  destinationId: number,
  act: { readonly photoIds: readonly number[]; readonly at: number },
): number {
  let count = 0;
  for (const photoId of new Set(act.photoIds)) {
    const upload = ledger.uploads.get(photoId, destinationId);
    if (upload?.state !== 'failed' || upload.reason === null) continue;
    const failureId = ledger.failures.open(photoId, destinationId)?.id ?? null;
    const before: Stand = { destinationId, state: 'failed', cause: upload.reason, failureId };
    move(ledger, { editId, photoId, at: act.at }, before, { ...before, state: 'skipped' });
    count += 1;
  }
  return count;
}

/** Sets back what an act left out, or leaves it out again, as the items of a new edit, where nothing came after. */
export function reverseSkips(
  ledger: Ledger,
  editId: number,
  undoneId: number,
  at: number,
): { photoCount: number; leftCount: number } {
  let photoCount = 0;
  let leftCount = 0;
  for (const { photoId, before, after } of ledger.editLog.itemsOf(undoneId)) {
    const [target, left] = [standIn(before), standIn(after)];
    if (isAsLeft(ledger.uploads.get(photoId, left.destinationId), left)) {
      move(ledger, { editId, photoId, at }, left, target);
      photoCount += 1;
    } else {
      leftCount += 1;
    }
  }
  return { photoCount, leftCount };
}

function standIn(text: string): Stand {
  return (JSON.parse(text) as { stand: Stand }).stand;
}

function isAsLeft(upload: Upload | undefined, { state, cause }: Stand): boolean {
  if (upload === undefined || upload.state !== state) return false;
  return upload.reason === (state === 'skipped' ? 'skipped-by-owner' : cause);
}

function move(
  ledger: Ledger,
  edit: { readonly editId: number; readonly photoId: number; readonly at: number },
  before: Stand,
  after: Stand,
): void {
  const { editId, photoId, at } = edit;
  const { destinationId, state, cause, failureId } = after;
  if (state === 'skipped') ledger.uploads.skip(photoId, destinationId, 'skipped-by-owner', at);
  else ledger.uploads.failAgain(photoId, destinationId, { id: failureId ?? 0, cause, at });
  ledger.editLog.addItem(editId, {
    photoId,
    before: JSON.stringify({ stand: before }),
    after: JSON.stringify({ stand: after }),
  });
}
