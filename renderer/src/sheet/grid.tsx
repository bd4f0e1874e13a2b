import {
  memo,
  useCallback,
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useSyncExternalStore,
  type ReactNode,
} from 'react';
import { useRemScale } from '../style/rem.ts';
import { headingOf, photosIn, sheetText } from '../text/sheet.ts';
import { Cell, cellId } from './cell.tsx';
import classes from './grid.module.css';
import {
  boxOf,
  layOut,
  placesBetween,
  rowsBetween,
  scrollTo,
  type Layout,
  type SheetSize,
  type ShownRows,
} from './layout.ts';
import { useDragSelection } from './use-drag-selection.tsx';
import { useGridCommands } from './use-grid-commands.ts';
import { useViewport } from './use-viewport.ts';
import { useSelectionActs, useSheetRows } from './use-selection.tsx';
import type { Arrival } from './sheet-rows.ts';

/** Heights beyond the view that are drawn already, in CSS px. */
const OVERSCAN = 400;

export interface GridProps {
  readonly arrival: Arrival;
  readonly size: SheetSize;
  readonly onOpen: () => void;
}

/** The sheet itself: what is in view of it, and a little more. */
export function Grid({ arrival, size, onOpen }: GridProps): ReactNode {
  const rows = useSheetRows();
  const selection = useSelectionActs();
  const scroller = useRef<HTMLDivElement>(null);
  const { viewport, scrollTop, scrollTo: goTo } = useViewport(scroller);
  const { sections } = arrival.outline;
  const width = viewport?.width ?? 0;
  const scale = useRemScale();
  const layout = useMemo(() => layOut(sections, width, size, scale), [sections, width, size, scale]);
  const anchorNow = useHeldPlace(layout, arrival, viewport?.height ?? 0, { scrollTop, scrollTo: goTo });
  useEffect(() => {
    if (viewport === null) return;
    const inView = placesBetween(layout, viewport.top, viewport.top + viewport.height + 64);
    if (inView === null) return;
    rows.show({ ...inView, anchor: viewport.top === 0 ? null : (anchorNow(layout) ?? inView.from) });
  }, [rows, layout, viewport, anchorNow]);
  useCursorInView(layout, arrival.isOther, viewport?.height ?? 0, { scrollTop, scrollTo: goTo });
  const drag = useDragSelection(scroller, layout);
  const cursorId = useSyncExternalStore(selection.onChange, () => selection.now().cursor?.photoId);
  const shown =
    viewport === null
      ? []
      : rowsBetween(layout, viewport.top - OVERSCAN, viewport.top + viewport.height + OVERSCAN);
  return (
    <>
      <GridCommands layout={layout} viewHeight={viewport?.height ?? 0} />
      <div
        ref={scroller}
        role="grid"
        tabIndex={0}
        data-ring="inside"
        data-size={size}
        aria-label={sheetText.grid}
        aria-multiselectable="true"
        aria-rowcount={layout.lineCount}
        aria-colcount={layout.columns}
        aria-activedescendant={cursorId === undefined ? undefined : cellId(cursorId)}
        className={classes['grid']}
        {...drag.handlers}
        onDoubleClick={(event) => {
          if (event.target instanceof Element && event.target.closest('[data-photo]') !== null) onOpen();
        }}
      >
        <div
          role="presentation"
          className={classes['table']}
          style={{
            height: layout.height,
            ['--cell' as string]: `${String(layout.cellWidth)}px`,
            ['--frame' as string]: `${String(layout.frameHeight)}px`,
            ['--caption' as string]: `${String(layout.captionHeight)}px`,
            ['--between' as string]: `${String(layout.gap)}px`,
            ['--heading' as string]: `${String(layout.headingHeight)}px`,
          }}
        >
          {shown.map((rowsOfSection) => (
            <Section key={rowsOfSection.laid.section.key} {...rowsOfSection} layout={layout} />
          ))}
          {drag.area !== null && <div className={classes['area']} style={{ ...drag.area }} />}
        </div>
      </div>
    </>
  );
}

/** Apart, so that a step of a scroll makes no commands anew. */
const GridCommands = memo(function GridCommands(props: {
  readonly layout: Layout;
  readonly viewHeight: number;
}): ReactNode {
  useGridCommands(props.layout, props.viewHeight);
  return null;
});

const Section = memo(function Section(props: ShownRows & { readonly layout: Layout }): ReactNode {
  const { laid, fromRow, toRow, layout } = props;
  const selection = useSelectionActs();
  const { section, top, height, firstLine } = laid;
  const heading = useMemo(() => headingOf(section), [section]);
  const lines: ReactNode[] = [];
  for (let row = fromRow; row <= toRow; row += 1) {
    const start = row * layout.columns;
    lines.push(
      <Line
        key={row}
        top={layout.headingHeight + row * layout.rowHeight}
        line={firstLine + 2 + row}
        from={section.start + start}
        count={Math.min(layout.columns, section.count - start)}
        frameWidth={layout.cellWidth}
        frameHeight={layout.frameHeight}
        hasCaption={layout.captionHeight > 0}
      />,
    );
  }
  return (
    <div role="rowgroup" aria-label={heading} className={classes['section']} style={{ top, height }}>
      <div role="row" aria-rowindex={firstLine + 1} className={classes['heading']}>
        <div role="rowheader" aria-colspan={layout.columns} className={classes['heading-cell']}>
          <button
            type="button"
            tabIndex={-1}
            className={classes['heading-button']}
            title={sheetText.selectSection(heading)}
            onClick={(event) => {
              const run = { from: section.start, to: section.start + section.count - 1 };
              selection.selectRuns([run], { adds: event.ctrlKey || event.metaKey });
            }}
          >
            <span className={classes['heading-words']}>{heading}</span>
            <span className={classes['heading-count']}>{photosIn(section)}</span>
          </button>
        </div>
      </div>
      {lines}
    </div>
  );
});

interface LineProps {
  readonly top: number;
  readonly line: number;
  readonly from: number;
  readonly count: number;
  readonly frameWidth: number;
  readonly frameHeight: number;
  readonly hasCaption: boolean;
}

const Line = memo(function Line(props: LineProps): ReactNode {
  const { top, line, from, count, ...cell } = props;
  return (
    <div
      role="row"
      aria-rowindex={line}
      className={classes['line']}
      style={{ transform: `translateY(${String(top)}px)` }}
    >
      {Array.from({ length: count }, (_, index) => (
        <Cell key={index} place={from + index} column={index + 1} {...cell} />
      ))}
    </div>
  );
});

/**
 * When photos came or left above, or the table's width changed, the photo at the top stays where it is. It is the same
 * one until the owner scrolls: photos of its own day deal its row anew, and whichever is first in the row by then would
 * lead a little further off each time.
 *
 * @returns the place that is held in a layout; undefined: none
 */
function useHeldPlace(
  layout: Layout,
  arrival: Arrival,
  viewHeight: number,
  { scrollTop, scrollTo: goTo }: Pick<ReturnType<typeof useViewport>, 'scrollTop' | 'scrollTo'>,
): (layout: Layout) => number | undefined {
  const selection = useSelectionActs();
  const before = useRef<{ layout: Layout; arrival: Arrival } | null>(null);
  const anchor = useRef<{ readonly place: number; readonly top: number } | null>(null);
  const anchorIn = useCallback(
    (laid: Layout): number | undefined => {
      const top = scrollTop();
      // Browsers round where one has scrolled to.
      if (anchor.current === null || Math.abs(anchor.current.top - top) > 1) {
        const place = placesBetween(laid, top, top + viewHeight)?.from;
        anchor.current = place === undefined ? null : { place, top };
      }
      return anchor.current?.place;
    },
    [scrollTop, viewHeight],
  );
  useLayoutEffect(() => {
    const cursorInView = (laid: Layout, top: number, height: number): number | null => {
      const place = selection.now().cursor?.place;
      const box = place === undefined ? null : boxOf(laid, Math.round(place));
      return box !== null && box.top >= top && box.top < top + height ? Math.round(place ?? 0) : null;
    };
    const last = before.current;
    before.current = { layout, arrival };
    if (last === null || last.layout === layout) return;
    if (arrival.shape !== last.arrival.shape && arrival.isOther) {
      anchor.current = null;
      goTo(0);
      return;
    }
    const top = scrollTop();
    const isResized = arrival.shape === last.arrival.shape;
    // Other sizes are about the photo that is worked on, when it is in view.
    const cursor = isResized ? cursorInView(last.layout, top, viewHeight) : null;
    if (top === 0) anchor.current = null;
    if (top === 0 && cursor === null) return;
    const held = cursor ?? anchorIn(last.layout);
    if (held === undefined) return;
    const shift = isResized || arrival.moved === null ? 0 : arrival.moved.to - arrival.moved.from;
    const place = Math.max(0, held + shift);
    const [from, to] = [boxOf(last.layout, held), boxOf(layout, place)];
    if (from === null || to === null) return;
    const wanted = Math.max(0, to.top + (top - from.top));
    goTo(wanted);
    anchor.current = { place, top: wanted };
  }, [layout, arrival, viewHeight, scrollTop, goTo, selection, anchorIn]);
  return anchorIn;
}

/** A cursor that moves by itself (arrows, the loupe) is scrolled to; one that photos above have pushed on is not. */
function useCursorInView(
  layout: Layout,
  isOtherSheet: boolean,
  viewHeight: number,
  { scrollTop, scrollTo: goTo }: Pick<ReturnType<typeof useViewport>, 'scrollTop' | 'scrollTo'>,
): void {
  const selection = useSelectionActs();
  const cursor = useSyncExternalStore(selection.onChange, () => selection.now().cursor);
  const seen = useRef(cursor);
  useLayoutEffect(() => {
    const before = seen.current;
    if (cursor === null || viewHeight === 0) return;
    seen.current = cursor;
    const { photoId, place } = cursor;
    if (place === before?.place || (photoId === before?.photoId && !isOtherSheet)) return;
    const top = scrollTop();
    const wanted = scrollTo(layout, Math.min(Math.round(place), layout.total - 1), top, viewHeight);
    if (wanted !== top) goTo(wanted);
  }, [cursor, layout, isOtherSheet, viewHeight, scrollTop, goTo]);
}
