/** Which photos of a sheet are selected, and where the cursor is. Pure: what a click or a key makes of a selection. */
import type { SheetQuery } from '#shared/sheet.ts';
import type { TagTarget } from '#shared/tagging.ts';

/** A photo and its place in the sheet. */
export interface Spot {
  readonly photoId: number;
  readonly place: number;
}

/** What is selected. */
export interface Selection {
  /** Everything that the sheet shows, also what comes to it; `ids` is empty then. */
  readonly isWholeSheet: boolean;
  readonly ids: ReadonlySet<number>;
  /** Where arrows start. It stays when nothing is selected. */
  readonly cursor: Spot | null;
  /** Where extending starts. */
  readonly anchor: Spot | null;
}

/** Nothing, nowhere. */
export const NO_SELECTION: Selection = {
  isWholeSheet: false,
  ids: new Set(),
  cursor: null,
  anchor: null,
};

/** A plain click, or an arrow: this photo alone. */
export function selectOnly(spot: Spot): Selection {
  return { isWholeSheet: false, ids: new Set([spot.photoId]), cursor: spot, anchor: spot };
}

/** Moves the cursor and leaves the selection as it is. */
export function moveCursor(selection: Selection, spot: Spot): Selection {
  return { ...selection, cursor: spot };
}

/**
 * A click with Ctrl or ⌘: in when it was out, out when it was in.
 *
 * @param allIds what the sheet shows, when all of it was selected; without it the others would be lost
 */
export function toggle(selection: Selection, spot: Spot, allIds?: readonly number[]): Selection {
  const ids = new Set(selection.isWholeSheet ? allIds : selection.ids);
  if (!ids.delete(spot.photoId)) ids.add(spot.photoId);
  return { isWholeSheet: false, ids, cursor: spot, anchor: spot };
}

/**
 * Shift: everything from the anchor to this photo, both included, in the place of what was selected.
 *
 * @param idsBetween photos from anchor to spot
 * @param adds with Ctrl or ⌘ too: what was selected stays
 */
export function extendTo(
  selection: Selection,
  spot: Spot,
  idsBetween: readonly number[],
  adds = false,
): Selection {
  return {
    isWholeSheet: selection.isWholeSheet && adds,
    ids: adds ? union(selection.ids, idsBetween) : new Set(idsBetween),
    cursor: spot,
    anchor: selection.anchor ?? spot,
  };
}

/** A run of photos at once: a section, a rectangle. The cursor goes to the last one unless it is told where. */
export function selectThese(
  selection: Selection,
  ids: readonly number[],
  { adds = false, cursor = selection.cursor }: { adds?: boolean; cursor?: Spot | null } = {},
): Selection {
  return {
    isWholeSheet: selection.isWholeSheet && adds,
    ids: adds ? union(selection.ids, ids) : new Set(ids),
    cursor,
    anchor: cursor,
  };
}

/** Everything that the sheet shows. */
export function selectAll(selection: Selection): Selection {
  return { ...selection, isWholeSheet: true, ids: new Set() };
}

/** Nothing; the cursor stays. */
export function selectNone(selection: Selection): Selection {
  return { ...selection, isWholeSheet: false, ids: new Set() };
}

/** What was out is in, and the other way round. @param allIds what the sheet shows */
export function invert(selection: Selection, allIds: readonly number[]): Selection {
  if (selection.isWholeSheet) return selectNone(selection);
  return { ...selection, ids: new Set(allIds.filter((id) => !selection.ids.has(id))) };
}

/**
 * The sheet changed: photos that left it leave the selection.
 *
 * @param stays whether the sheet still shows a photo
 * @param cursor where the cursor is now. When its photo left, it is the one that came to its place, which is selected
 *   when nothing else remains: work goes on with the next photo.
 */
export function afterChange(
  selection: Selection,
  stays: (photoId: number) => boolean,
  cursor: Spot | null,
): Selection {
  const kept = [...selection.ids].filter(stays);
  const isMoved = cursor !== null && cursor.photoId !== selection.cursor?.photoId;
  const ids = kept.length === 0 && selection.ids.size > 0 && isMoved ? [cursor.photoId] : kept;
  const anchor = selection.anchor;
  const isAnchored = anchor !== null && anchor.photoId === selection.cursor?.photoId;
  return {
    isWholeSheet: selection.isWholeSheet,
    ids: ids.length === selection.ids.size && !isMoved ? selection.ids : new Set(ids),
    cursor,
    anchor: isAnchored || anchor === null || !stays(anchor.photoId) ? cursor : anchor,
  };
}

/** Whether a photo is selected. */
export function isSelected(selection: Selection, photoId: number): boolean {
  return selection.isWholeSheet || selection.ids.has(photoId);
}

/** How many are selected. @param total photos that the sheet shows */
export function countSelected(selection: Selection, total: number): number {
  return selection.isWholeSheet ? total : selection.ids.size;
}

/** What an act on the selection is about. */
export function targetOf(selection: Selection, query: SheetQuery): TagTarget {
  return selection.isWholeSheet ? { query } : { photoIds: [...selection.ids] };
}

function union(ids: ReadonlySet<number>, more: readonly number[]): ReadonlySet<number> {
  const all = new Set(ids);
  for (const id of more) all.add(id);
  return all;
}
