import { Info, X } from 'lucide-react';
import { useEffect, useMemo, useRef, useState, useSyncExternalStore, type ReactNode } from 'react';
import { useCommands } from '../commands/use-commands.tsx';
import { Inspector } from '../inspector/inspector.tsx';
import { IconButton } from '../parts/icon-button.tsx';
import { sizeOf } from '../sheet/picture-size.ts';
import type { Spot } from '../sheet/selection.ts';
import { useSelectionActs, useSheetRows } from '../sheet/use-selection.tsx';
import { loupeText } from '../text/loupe.ts';
import { sheetText } from '../text/sheet.ts';
import { columnsFor } from './arrange.ts';
import { Caption } from './caption.tsx';
import { keepTabInside } from './keep-tab-inside.ts';
import classes from './loupe.module.css';
import { useFocused } from './loupe.tsx';
import { paneCommands } from './pane-commands.ts';
import { Pane, type PaneActs } from './pane.tsx';
import { useAwake } from './use-awake.ts';
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
  const [hasDetails, setHasDetails] = useState(false);
  const acts = useRef<PaneActs | null>(null);
  const element = useFocused();
  const active = Math.max(
    0,
    spots.findIndex(({ photoId }) => photoId === cursorId),
  );
  const activate = (index: number): void => {
    const spot = spots[(index + spots.length) % spots.length];
    if (spot !== undefined) selection.pointAt(spot);
  };
  const toggleDetails = (): void => setHasDetails((isShown) => !isShown);
  const shared = { group: loupeText.group };
  useCommands([
    {
      ...shared,
      id: 'compare.close',
      label: loupeText.close,
      keys: 'Escape',
      alsoKeys: ['Space', 'Enter'],
      run: onClose,
    },
    {
      ...shared,
      id: 'compare.next',
      label: loupeText.nextPane,
      keys: 'Right',
      alsoKeys: ['Down'],
      isQuiet: true,
      run: () => activate(active + 1),
    },
    {
      ...shared,
      id: 'compare.previous',
      label: loupeText.previousPane,
      keys: 'Left',
      alsoKeys: ['Up'],
      isQuiet: true,
      run: () => activate(active - 1),
    },
    { ...shared, id: 'compare.details', label: loupeText.details, keys: 'I', run: toggleDetails },
    ...paneCommands('compare', () => acts.current),
  ]);
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
  const { isAwake, wake } = useAwake(`${String(cursorId)} ${shown}`);
  return (
    <div
      ref={element}
      role="dialog"
      aria-modal="true"
      aria-label={loupeText.compare}
      tabIndex={-1}
      className={classes['loupe']}
      onKeyDown={keepTabInside}
      onPointerMove={wake}
    >
      <div className={classes['picture']} data-awake={isAwake}>
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
        <div className={classes['acts']}>
          <IconButton
            label={loupeText.details}
            keys="I"
            icon={<Info />}
            isPressed={hasDetails}
            onClick={toggleDetails}
          />
          <IconButton label={loupeText.close} keys="Escape" icon={<X />} onClick={onClose} />
        </div>
      </div>
      {hasDetails && (
        <aside className={classes['details']}>
          <Inspector />
        </aside>
      )}
    </div>
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
