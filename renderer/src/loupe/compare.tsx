import { Info, X } from 'lucide-react';
import { useEffect, useRef, useState, useSyncExternalStore, type ReactNode } from 'react';
import { useCommands } from '../commands/use-commands.tsx';
import { Inspector } from '../inspector/inspector.tsx';
import { IconButton } from '../parts/icon-button.tsx';
import type { Spot } from '../sheet/selection.ts';
import { useSelectionActs } from '../sheet/use-selection.tsx';
import { loupeText } from '../text/loupe.ts';
import { sheetText } from '../text/sheet.ts';
import { Caption } from './caption.tsx';
import { keepTabInside } from './keep-tab-inside.ts';
import classes from './loupe.module.css';
import { useFocused } from './loupe.tsx';
import { paneCommands } from './pane-commands.ts';
import { Pane, type PaneActs } from './pane.tsx';
import { usePhotoRow } from './use-photo-row.ts';
import { WHOLE, type Zoom } from './zoom.ts';

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
  const columns = spots.length === 4 ? 2 : spots.length;
  return (
    <div
      ref={element}
      role="dialog"
      aria-modal="true"
      aria-label={loupeText.compare}
      tabIndex={-1}
      className={classes['loupe']}
      onKeyDown={keepTabInside}
    >
      <div className={classes['picture']}>
        <div
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
