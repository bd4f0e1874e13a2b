/** The selection of the sheet for React. */
import { createContext, useContext, useMemo, useSyncExternalStore } from 'react';
import type { SheetRows } from './sheet-rows.ts';
import { countSelected, isSelected, targetOf } from './selection.ts';
import type { SelectionStore } from './selection-store.ts';
import type { SheetQuery } from '#shared/sheet.ts';
import type { TagTarget } from '#shared/tagging.ts';

/** What the parts of the sheet share. */
export interface SheetAtWork {
  readonly rows: SheetRows;
  readonly selection: SelectionStore;
}

export const SheetContext = createContext<SheetAtWork | null>(null);

function useSheetAtWork(): SheetAtWork {
  const sheet = useContext(SheetContext);
  if (sheet === null) throw new Error('There is no SheetProvider above.');
  return sheet;
}

/** The rows of the sheet: `applyRows(rows, asOf)` puts what an act answered, `rowOf(photoId)` tells a loaded row. */
export function useSheetRows(): SheetRows {
  return useSheetAtWork().rows;
}

/** The selection's acts, without being told of changes. */
export function useSelectionActs(): SelectionStore {
  return useSheetAtWork().selection;
}

/** The selection as those see it who do something with it. */
export interface SelectionView {
  /** Selected photos by name; empty when the whole sheet is selected. In the loupe: the one that it shows. */
  readonly photoIds: readonly number[];
  readonly isWholeSheet: boolean;
  readonly query: SheetQuery;
  /** The photo at the cursor. */
  readonly focusId: number | null;
  readonly count: number;
  /** What an act is about. */
  readonly target: TagTarget;
  readonly acts: SelectionStore;
}

/** The selection, kept up to date. */
export function useSelection(): SelectionView {
  const { rows, selection: store } = useSheetAtWork();
  const selection = useSyncExternalStore(store.onChange, store.now);
  // How many the sheet shows matters only when all of them are meant.
  const total = useSyncExternalStore(rows.onChange, () => (store.now().isWholeSheet ? rows.total() : 0));
  const query = useSyncExternalStore(rows.onChange, rows.query);
  return useMemo(() => {
    const focusId = selection.cursor?.photoId ?? null;
    if (store.focus() === 'one-photo') {
      const photoIds = focusId === null ? [] : [focusId];
      const one = { photoIds, isWholeSheet: false, count: photoIds.length, target: { photoIds } };
      return { ...one, query, focusId, acts: store };
    }
    return {
      photoIds: [...selection.ids],
      isWholeSheet: selection.isWholeSheet,
      query,
      focusId,
      count: countSelected(selection, total),
      target: targetOf(selection, query),
      acts: store,
    };
  }, [selection, total, query, store]);
}

/** How the selection touches one photo. */
export function usePhotoMarks(photoId: number | undefined): { isSelected: boolean; isCursor: boolean } {
  const { selection: store } = useSheetAtWork();
  const marks = useSyncExternalStore(store.onChange, () => {
    if (photoId === undefined) return 0;
    const now = store.now();
    return (isSelected(now, photoId) ? 1 : 0) + (now.cursor?.photoId === photoId ? 2 : 0);
  });
  return { isSelected: (marks & 1) === 1, isCursor: marks >= 2 };
}
