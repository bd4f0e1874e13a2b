import { useEffect, useMemo, useRef, useState, useSyncExternalStore, type ReactNode } from 'react';
import { sizeOf } from '../sheet/picture-size.ts';
import type { Spot } from '../sheet/selection.ts';
import { useSelectionActs, useSheetRows } from '../sheet/use-selection.tsx';
import { loupeText } from '../text/loupe.ts';
import { sheetText } from '../text/sheet.ts';
import { columnsFor } from './arrange.ts';
import { Caption } from './caption.tsx';
import { PANE_STEPS } from './closer-commands.ts';
import classes from './loupe.module.css';
import { Pane, type PaneActs } from './pane.tsx';
import { Surface } from './surface.tsx';
import { usePhotoRow } from './use-photo-row.ts';
import { useSize } from './use-size.ts';
import { WHOLE, type Zoom } from './zoom.ts';
import type { SheetRow } from '#shared/sheet.ts';

/** Between panes and around them, in CSS px. */
const GAP = 8;

/** Two to four photos beside one another. They are zoomed and moved together; acts are about the active one. */
export function Compare({
  spots,
  onClose,
}: {
  readonly spots: readonly Spot[];
  readonly onClose: () => void;
}): ReactNode {
  const selection = useSelectionActs();
  const cursorId = useSyncExternalStore(selection.onChange, () => selection.now().cursor?.photoId);
  const [zoom, setZoom] = useState<Zoom>(WHOLE);
  const acts = useRef<PaneActs | null>(null);
  const active = Math.max(
    0,
    spots.findIndex(({ photoId }) => photoId === cursorId),
  );
  const activate = (index: number): void => {
    const spot = spots[(index + spots.length) % spots.length];
    if (spot !== undefined) selection.pointAt(spot);
  };
  const panes = useRef<HTMLDivElement>(null);
  const room = useSize(panes);
  const rows = useSheetRows();
  // Words for all that is shown of them, so that a tag wakes the captions too.
  const shown = useSyncExternalStore(rows.onChange, () =>
    JSON.stringify(spots.map(({ photoId }) => rows.rowOf(photoId) ?? null)),
  );
  const columns = useMemo(() => {
    const known = JSON.parse(shown) as readonly (SheetRow | null)[];
    const pictures = known.map((row) => sizeOf(row ?? { width: null, height: null }));
    return columnsFor(pictures, { width: room.width - 2 * GAP, height: room.height - 2 * GAP }, GAP);
  }, [shown, room]);
  return (
    <Surface
      label={loupeText.compare}
      shown={`${String(cursorId)} ${shown}`}
      steps={PANE_STEPS}
      step={(by) => activate(active + by)}
      pane={() => acts.current}
      onClose={onClose}
    >
      <div
        ref={panes}
        className={classes['panes']}
        style={{ gridTemplateColumns: `repeat(${String(columns)}, minmax(0, 1fr))` }}
      >
        {spots.map((spot, index) => (
          <Slot
            key={spot.photoId}
            spot={spot}
            number={index + 1}
            count={spots.length}
            isActive={index === active}
            zoom={zoom}
            onZoom={setZoom}
            onActivate={() => activate(index)}
            onActs={(next) => {
              acts.current = next;
            }}
          />
        ))}
      </div>
    </Surface>
  );
}

interface SlotProps {
  readonly spot: Spot;
  readonly number: number;
  readonly count: number;
  readonly isActive: boolean;
  readonly zoom: Zoom;
  readonly onZoom: (zoom: Zoom) => void;
  readonly onActivate: () => void;
  readonly onActs: (acts: PaneActs) => void;
}

function Slot(props: SlotProps): ReactNode {
  const { spot, number, count, isActive, zoom, onZoom, onActivate, onActs } = props;
  const row = usePhotoRow(spot.photoId);
  const own = useRef<PaneActs | null>(null);
  useEffect(() => {
    if (isActive && own.current !== null) onActs(own.current);
  });
  const name = row?.name ?? sheetText.photo;
  return (
    <div
      role="group"
      aria-label={loupeText.pane(name, number, count)}
      aria-current={isActive}
      data-active={isActive}
      title={isActive ? loupeText.active : undefined}
      className={classes['slot']}
      onPointerDownCapture={onActivate}
    >
      <Pane
        row={row}
        zoom={zoom}
        onZoom={onZoom}
        onActs={(acts) => {
          own.current = acts;
        }}
      />
      {row !== undefined && <Caption row={row} details={[]} />}
    </div>
  );
}
