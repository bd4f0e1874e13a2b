import { useCallback, useRef, useState, useSyncExternalStore, type ReactNode } from 'react';
import { useSelectionActs, useSheetRows } from '../sheet/use-selection.tsx';
import { loupeText } from '../text/loupe.ts';
import { nameOfPhoto, sheetText } from '../text/sheet.ts';
import { Caption } from './caption.tsx';
import { SHEET_STEPS } from './closer-commands.ts';
import { Pane, type PaneActs } from './pane.tsx';
import { Surface } from './surface.tsx';
import { usePhotoRow } from './use-photo-row.ts';
import { usePrepared } from './use-sharpest.ts';
import { WHOLE, type Zoom } from './zoom.ts';

/** One photo, edge to edge: that at the cursor. */
export function Loupe({ onClose }: { readonly onClose: () => void }): ReactNode {
  const rows = useSheetRows();
  const selection = useSelectionActs();
  const cursor = useSyncExternalStore(selection.onChange, () => selection.now().cursor);
  const total = useSyncExternalStore(rows.onChange, rows.total);
  const row = usePhotoRow(cursor?.photoId ?? null);
  const [zoom, setZoom] = useState<Zoom>(WHOLE);
  const [share, setShare] = useState(1);
  const acts = useRef<PaneActs | null>(null);
  const takeActs = useCallback((next: PaneActs) => {
    acts.current = next;
  }, []);
  const place = cursor?.place ?? 0;
  const next = useSyncExternalStore(rows.onChange, () => rows.rowAt(Math.floor(place) + 1));
  const previous = useSyncExternalStore(rows.onChange, () => rows.rowAt(Math.ceil(place) - 1));
  usePrepared([next, previous]);
  return (
    <Surface
      label={loupeText.loupe(row === undefined ? sheetText.photo : nameOfPhoto(row, false))}
      shown={`${JSON.stringify(row)} ${String(share)}`}
      steps={SHEET_STEPS}
      step={(by) => selection.moveTo(by === 1 ? Math.floor(place) + 1 : Math.ceil(place) - 1)}
      pane={() => acts.current}
      onClose={onClose}
    >
      <Pane row={row} zoom={zoom} onZoom={setZoom} onActs={takeActs} onShare={setShare} />
      {row !== undefined && (
        <Caption
          row={row}
          details={[
            loupeText.placeOf(Math.min(Math.ceil(place) + 1, total), total),
            // A picture of which nothing is known is not shown at any size.
            ...(row.width === null ? [] : [loupeText.zoom(share)]),
          ]}
        />
      )}
    </Surface>
  );
}
