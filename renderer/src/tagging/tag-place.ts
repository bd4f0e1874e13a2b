import { countSelected, targetOf, type Selection } from '../sheet/selection.ts';
import type { TagPlace } from './tag-acts.ts';
import type { SheetQuery } from '#shared/sheet.ts';

/** Where a key pressed now would act: on the selection; on the cursor photo in the loupe, or when nothing is selected. */
export function placeOf(sheet: {
  readonly selection: Selection;
  readonly focus: 'sheet' | 'one-photo';
  readonly query: SheetQuery;
  readonly total: number;
}): TagPlace | null {
  const { selection, focus, query, total } = sheet;
  const { destinationId } = query;
  const cursorId = selection.cursor?.photoId ?? null;
  const count = countSelected(selection, total);
  if (focus === 'sheet' && count > 0) {
    return { destinationId, target: targetOf(selection, query), cursorId, photoCount: count };
  }
  return cursorId === null
    ? null
    : { destinationId, target: { photoIds: [cursorId] }, cursorId, photoCount: 1 };
}
