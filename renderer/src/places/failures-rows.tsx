import { useVirtualizer } from '@tanstack/react-virtual';
import { useRef, useState, type ReactNode } from 'react';
import { useCommands } from '../commands/use-commands.tsx';
import { useLive } from '../engine/use-engine.tsx';
import { useDestinationId } from '../engine/use-glance.tsx';
import { Spinner } from '../parts/spinner.tsx';
import { failuresText as text } from '../text/failures.ts';
import { placeNames } from '../text/frame.ts';
import { FailureRow } from './failures-row.tsx';
import classes from './failures.module.css';
import type { ChosenFailures } from './use-chosen-failures.ts';
import type { FailureActs } from './use-failure-acts.ts';
import type { FailedPhotos, FailureGroup } from '#shared/failures.ts';

/** Rows that are asked for at once, and the step in which that moves. */
const ASKED_ROWS = 120;
const STEP = 40;
/** CSS px of a row until it is measured. */
const ROW_HEIGHT = 72;

/** The photos of a group; only those in sight are there, and only those around them were asked for. */
export function FailureRows({
  group,
  chosen,
  acts,
}: {
  readonly group: FailureGroup;
  readonly chosen: ChosenFailures;
  readonly acts: FailureActs;
}): ReactNode {
  const destinationId = useDestinationId();
  const scroller = useRef<HTMLDivElement>(null);
  const [from, setFrom] = useState(0);
  const answer = useLive('failurePhotos', { destinationId, cause: group.cause, from, count: ASKED_ROWS }, [
    'photos',
  ]).value;
  const [known, setKnown] = useState<FailedPhotos | null>(null);
  // While others are asked for, those before stay.
  if (answer !== undefined && answer !== known) setKnown(answer);
  const total = known?.total ?? 0;
  const virtual = useVirtualizer({
    count: total,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 4,
    onChange: ({ range }) => {
      if (range === null) return;
      const wanted = Math.max(0, Math.floor(range.startIndex / STEP) * STEP - STEP);
      if (wanted !== from) setFrom(wanted);
    },
  });
  // Boxes tell of a change, not of the keys that are held meanwhile.
  const isShiftHeld = useRef(false);
  const noteShift = ({ shiftKey }: { readonly shiftKey: boolean }): void => {
    isShiftHeld.current = shiftKey;
  };
  useCommands([
    {
      id: 'failures.choose-all',
      label: text.chooseAll,
      group: placeNames.failures,
      keys: 'Mod+A',
      worksInText: false,
      onlyOn: 'failures',
      run: chosen.chooseAll,
    },
  ]);
  if (known === null) return <Spinner label={text.waiting} />;
  return (
    <div
      ref={scroller}
      className={classes['scroller']}
      tabIndex={-1}
      onPointerDownCapture={noteShift}
      onKeyDownCapture={noteShift}
      onMouseDown={(event) => {
        // No text is meant to be marked on the way from one box to another.
        if (event.shiftKey) event.preventDefault();
      }}
    >
      <ul
        aria-label={text.rows(group.sentence)}
        className={classes['rows']}
        style={{ blockSize: virtual.getTotalSize() }}
      >
        {virtual.getVirtualItems().map(({ key, index, start }) => {
          const failed = known.rows[index - known.from];
          return (
            <li
              key={key}
              ref={virtual.measureElement}
              data-index={index}
              aria-setsize={total}
              aria-posinset={index + 1}
              className={classes['row']}
              style={{ transform: `translateY(${String(start)}px)` }}
            >
              {failed === undefined ? (
                <div className={classes['blank']} />
              ) : (
                <FailureRow
                  failed={failed}
                  group={group}
                  acts={acts}
                  isChosen={chosen.has(failed)}
                  onChoose={(isOn) => chosen.choose(failed, index, isOn, isShiftHeld.current)}
                />
              )}
            </li>
          );
        })}
      </ul>
    </div>
  );
}
