import { useSyncExternalStore } from 'react';
import { useLive } from '../engine/use-engine.tsx';
import { useSheetRows } from '../sheet/use-selection.tsx';
import type { SheetRow } from '#shared/sheet.ts';

/** The row of a photo wherever it is in the sheet, also when the filter shows it no more. */
export function usePhotoRow(photoId: number | null): SheetRow | undefined {
  const rows = useSheetRows();
  const loaded = useSyncExternalStore(rows.onChange, () =>
    photoId === null ? undefined : rows.rowOf(photoId),
  );
  const { destinationId } = useSyncExternalStore(rows.onChange, rows.query);
  const asked = useLive(
    'rowsOf',
    photoId === null || loaded !== undefined ? null : { destinationId, photoIds: [photoId] },
    ['photos', 'tags', 'concepts'],
  );
  return loaded ?? asked.value?.rows[0];
}
