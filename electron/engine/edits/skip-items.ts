/** Photos that the owner leaves out, as items of an act: what they were and what they are at one destination. */
import type { Ledger } from '../ledger/ledger.ts';
import type { PhotoStand } from '../ledger/upload-sets.ts';

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
  { failures, uploadSets, editLog }: Ledger,
  editId: number,
  destinationId: number,
  act: { readonly photoIds: readonly number[]; readonly at: number },
): number {
  const failed = failures.facts([...new Set(act.photoIds)], destinationId);
  const photoIds = failed.map(({ photoId }) => photoId);
  uploadSets.skip(photoIds, destinationId, 'skipped-by-owner', act.at);
  for (const { photoId, cause, failureId } of failed) {
    const before: Stand = { destinationId, state: 'failed', cause, failureId };
    const after: Stand = { ...before, state: 'skipped' };
    editLog.addItem(editId, {
      photoId,
      before: JSON.stringify({ stand: before }),
      after: JSON.stringify({ stand: after }),
    });
  }
  return failed.length;
}

/** Sets back what an act left out, or leaves it out again, as the items of a new edit, where nothing came after. */
export function reverseSkips(
  ledger: Ledger,
  editId: number,
  undoneId: number,
  at: number,
): { photoCount: number; leftCount: number } {
  const items = ledger.editLog
    .itemsOf(undoneId)
    .map((item) => ({ ...item, target: standIn(item.before), left: standIn(item.after) }));
  let photoCount = 0;
  for (const [destinationId, some] of Map.groupBy(items, ({ left }) => left.destinationId)) {
    const photoIds = some.map(({ photoId }) => photoId);
    const stands = ledger.uploadSets.stands(photoIds, destinationId);
    const standOf = new Map(stands.map((stand) => [stand.photoId, stand]));
    const standing = some.filter(({ photoId, left }) => isAsLeft(standOf.get(photoId), left));
    const { failed = [], skipped = [] } = Object.groupBy(standing, ({ target }) => target.state);
    ledger.uploadSets.failAgain(
      failed.map(({ photoId, target }) => ({ photoId, cause: target.cause, failureId: target.failureId })),
      destinationId,
      at,
    );
    const leftOut = skipped.map(({ photoId }) => photoId);
    ledger.uploadSets.skip(leftOut, destinationId, 'skipped-by-owner', at);
    for (const { photoId, before, after } of standing)
      ledger.editLog.addItem(editId, { photoId, before: after, after: before });
    photoCount += standing.length;
  }
  return { photoCount, leftCount: items.length - photoCount };
}

function standIn(text: string): Stand {
  return (JSON.parse(text) as { stand: Stand }).stand;
}

function isAsLeft(upload: PhotoStand | undefined, { state, cause }: Stand): boolean {
  if (upload === undefined || upload.state !== state) return false;
  return upload.reason === (state === 'skipped' ? 'skipped-by-owner' : cause);
}
