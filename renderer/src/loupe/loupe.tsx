import { Info, X } from 'lucide-react';
import { useCallback, useEffect, useRef, useState, useSyncExternalStore, type ReactNode } from 'react';
import { useCommands } from '../commands/use-commands.tsx';
import { Inspector } from '../inspector/inspector.tsx';
import { IconButton } from '../parts/icon-button.tsx';
import { useSelectionActs, useSheetRows } from '../sheet/use-selection.tsx';
import { nameOfPhoto, sheetText } from '../text/sheet.ts';
import { loupeText } from '../text/loupe.ts';
import { Caption } from './caption.tsx';
import { keepTabInside } from './keep-tab-inside.ts';
import classes from './loupe.module.css';
import { Pane, type PaneActs } from './pane.tsx';
import { useAwake } from './use-awake.ts';
import { usePhotoRow } from './use-photo-row.ts';
import { usePrepared } from './use-sharpest.ts';
import { paneCommands } from './pane-commands.ts';
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
  const [hasDetails, setHasDetails] = useState(false);
  const acts = useRef<PaneActs | null>(null);
  const takeActs = useCallback((next: PaneActs) => {
    acts.current = next;
  }, []);
  const element = useFocused();
  const place = cursor?.place ?? 0;
  const next = useSyncExternalStore(rows.onChange, () => rows.rowAt(Math.floor(place) + 1));
  const previous = useSyncExternalStore(rows.onChange, () => rows.rowAt(Math.ceil(place) - 1));
  usePrepared([next, previous]);
  const { isAwake, wake } = useAwake(`${JSON.stringify(row)} ${String(share)}`);
  const toggleDetails = (): void => setHasDetails((isShown) => !isShown);
  const shared = { group: loupeText.group };
  useCommands([
    {
      ...shared,
      id: 'loupe.close',
      label: loupeText.close,
      keys: 'Escape',
      alsoKeys: ['Space', 'Enter'],
      run: onClose,
    },
    {
      ...shared,
      id: 'loupe.next',
      label: loupeText.next,
      keys: 'Right',
      alsoKeys: ['Down'],
      repeats: true,
      isQuiet: true,
      run: () => selection.moveTo(Math.floor(place) + 1),
    },
    {
      ...shared,
      id: 'loupe.previous',
      label: loupeText.previous,
      keys: 'Left',
      alsoKeys: ['Up'],
      repeats: true,
      isQuiet: true,
      run: () => selection.moveTo(Math.ceil(place) - 1),
    },
    { ...shared, id: 'loupe.details', label: loupeText.details, keys: 'I', run: toggleDetails },
    ...paneCommands('loupe', () => acts.current),
  ]);
  return (
    <div
      ref={element}
      role="dialog"
      aria-modal="true"
      aria-label={loupeText.loupe(row === undefined ? sheetText.photo : nameOfPhoto(row, false))}
      tabIndex={-1}
      className={classes['loupe']}
      onKeyDown={keepTabInside}
      onPointerMove={wake}
    >
      <div className={classes['picture']} data-awake={isAwake}>
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

/** Has the focus while it is there, and gives it back to the sheet. */
export function useFocused(): React.RefObject<HTMLDivElement | null> {
  const element = useRef<HTMLDivElement>(null);
  useEffect(() => {
    element.current?.focus({ preventScroll: true });
    return () => document.querySelector<HTMLElement>('[role="grid"]')?.focus({ preventScroll: true });
  }, []);
  return element;
}
