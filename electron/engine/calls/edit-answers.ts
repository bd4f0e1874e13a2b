/** What the page is told of an act that was done. */
import type { ActDone } from '../edits/acts.ts';
import { photosSuggested } from '../edits/keyword-rules.ts';
import type { EngineParts } from '../engine-parts.ts';
import type { EditDone, TagTarget } from '#shared/tagging.ts';

/** Most photos that an answer names, and most of which it shows the rows. */
const NAMED_PHOTOS = 10_000;
const SHOWN_ROWS = 200;

/** Wakes whoever brings an act's changes to the service. */
export function wakeLines(parts: EngineParts, { editId }: Pick<ActDone, 'editId'>): void {
  if (editId !== null) for (const line of parts.openLines()) line.tagSync.wake(editId);
}

/** Tells of an act, and wakes whoever brings its changes to the service. `destinationId` null: no rows are shown. */
export function answerAct(parts: EngineParts, done: ActDone, destinationId: number | null): EditDone {
  const { ledger, changes } = parts;
  const photoIds = done.editId === null ? [] : ledger.editLog.photosOf(done.editId, NAMED_PHOTOS);
  wakeLines(parts, done);
  return {
    ...done,
    photoIds,
    rows: destinationId === null ? [] : ledger.sheetRows.of(destinationId, photoIds.slice(0, SHOWN_ROWS)),
    asOf: changes.asOf(),
  };
}

/** The photos of a target, each once. */
export async function photosOf(parts: EngineParts, target: TagTarget): Promise<readonly number[]> {
  const photoIds =
    'photoIds' in target ? [...new Set(target.photoIds)] : await parts.sheets.idsOf(target.query);
  const { suggested } = target;
  return suggested === undefined ? photoIds : photosSuggested(parts.ledger, photoIds, suggested);
}
