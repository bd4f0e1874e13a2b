/** Failures that try themselves again go back to queued when their time comes. */
import type { UploadContext } from './context.ts';

const AT_ONCE = 500;

/** Makes the step of the lane that revives failures. */
export function createRevive(ctx: UploadContext): () => Promise<number | null> {
  return () => {
    const { ledger, destinationId, clock } = ctx;
    const now = clock.now();
    const due = ledger.workLists.failuresDue(destinationId, now, AT_ONCE);
    if (due.length > 0) {
      ledger.transaction(() => {
        for (const { photoId } of due) ledger.uploads.restart(photoId, destinationId, 'queued', now);
      });
      ctx.changed();
    }
    return Promise.resolve(ledger.workLists.nextFailureAt(destinationId));
  };
}
