/**
 * Where every photo of a sheet lies: sections one below the other, each a heading and rows of cells of one size. All
 * heights are known, so that nothing has to be measured and places far away can be gone to.
 */
import type { Run } from './selection-store.ts';
import type { SheetSection } from '#shared/sheet.ts';

export type SheetSize = 'small' | 'medium' | 'large';

/** The table between pictures and around them, in CSS px at the interface's normal size. */
const GAP = 8;
/** Height of a section's heading, likewise. */
const HEADING = 36;
/** Width that cells of a size have about: they share the table's width evenly. Likewise. */
const CELL_WIDTHS: Readonly<Record<SheetSize, number>> = { small: 112, medium: 176, large: 288 };
/**
 * Height of a cell's picture area as a share of its width: room for upright pictures, little waste for others. Where
 * pictures are large, those of 3:2, which most are, fill it, and more rows are seen.
 */
const FRAME_SHARES: Readonly<Record<SheetSize, number>> = { small: 0.75, medium: 0.75, large: 2 / 3 };
/** Height of the words under a picture, likewise. */
const CAPTION: Readonly<Record<SheetSize, number>> = { small: 0, medium: 0, large: 36 };

/** A section as it lies. Lengths in CSS px from the top of the sheet. */
export interface LaidSection {
  readonly section: SheetSection;
  readonly top: number;
  readonly height: number;
  readonly rowCount: number;
  /** Rows and headings above its heading. */
  readonly firstLine: number;
}

/** A sheet as it lies. */
export interface Layout {
  readonly columns: number;
  /** The table between pictures and around them. */
  readonly gap: number;
  readonly headingHeight: number;
  readonly cellWidth: number;
  /** Height of a cell's picture area. */
  readonly frameHeight: number;
  readonly captionHeight: number;
  /** From one row's top to the next. */
  readonly rowHeight: number;
  readonly sections: readonly LaidSection[];
  readonly height: number;
  /** Rows and headings. */
  readonly lineCount: number;
  readonly total: number;
}

export interface Box {
  readonly top: number;
  readonly left: number;
  readonly width: number;
  readonly height: number;
}

/**
 * Lays sections on a table of a width, in CSS px.
 *
 * @param scale of the interface; 1 is its normal size
 */
export function layOut(
  sections: readonly SheetSection[],
  tableWidth: number,
  size: SheetSize,
  scale = 1,
): Layout {
  const gap = Math.round(GAP * scale);
  const headingHeight = Math.round(HEADING * scale);
  const captionHeight = Math.round(CAPTION[size] * scale);
  const room = Math.max(tableWidth - 2 * gap, CELL_WIDTHS.small);
  const columns = Math.max(1, Math.round((room + gap) / (CELL_WIDTHS[size] * scale + gap)));
  const cellWidth = Math.floor((room + gap) / columns) - gap;
  const frameHeight = Math.round(cellWidth * FRAME_SHARES[size]);
  const rowHeight = frameHeight + captionHeight + gap;
  const laid: LaidSection[] = [];
  let top = 0;
  let firstLine = 0;
  for (const section of sections) {
    const rowCount = Math.ceil(section.count / columns);
    const height = headingHeight + rowCount * rowHeight + gap;
    laid.push({ section, top, height, rowCount, firstLine });
    top += height;
    firstLine += rowCount + 1;
  }
  const last = sections.at(-1);
  return {
    columns,
    gap,
    headingHeight,
    cellWidth,
    frameHeight,
    captionHeight,
    rowHeight,
    sections: laid,
    height: top,
    lineCount: firstLine,
    total: last === undefined ? 0 : last.start + last.count,
  };
}

/** The last of `sections` for which `isBefore` holds (it holds for a first part of them), else the first. */
function lastWhere(layout: Layout, isBefore: (laid: LaidSection) => boolean): LaidSection | undefined {
  let low = 0;
  let high = layout.sections.length;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    const laid = layout.sections[middle];
    if (laid !== undefined && isBefore(laid)) low = middle;
    else high = middle;
  }
  return layout.sections[low];
}

/** The section that holds a place. */
export function sectionOf(layout: Layout, place: number): LaidSection | undefined {
  return lastWhere(layout, ({ section }) => section.start <= place);
}

/** The section at a height of the sheet. */
export function sectionAt(layout: Layout, top: number): LaidSection | undefined {
  return lastWhere(layout, (laid) => laid.top <= top);
}

/** Where a photo lies: its cell with the words under it. */
export function boxOf(layout: Layout, place: number): Box | null {
  const laid = sectionOf(layout, place);
  if (laid === undefined) return null;
  const index = place - laid.section.start;
  const row = Math.floor(index / layout.columns);
  return {
    top: laid.top + layout.headingHeight + row * layout.rowHeight,
    left: layout.gap + (index % layout.columns) * (layout.cellWidth + layout.gap),
    width: layout.cellWidth,
    height: layout.rowHeight - layout.gap,
  };
}

/** Rows of a section, first and last included. */
export interface ShownRows {
  readonly laid: LaidSection;
  readonly fromRow: number;
  readonly toRow: number;
}

/** What lies between two heights of the sheet. A section whose heading alone does has no rows (`toRow` < `fromRow`). */
export function rowsBetween(layout: Layout, from: number, to: number): readonly ShownRows[] {
  const shown: ShownRows[] = [];
  const first = sectionAt(layout, from);
  if (first === undefined) return shown;
  for (let index = layout.sections.indexOf(first); index < layout.sections.length; index += 1) {
    const laid = layout.sections[index];
    if (laid === undefined || laid.top > to) break;
    const rowAt = (top: number): number =>
      Math.floor((top - laid.top - layout.headingHeight) / layout.rowHeight);
    shown.push({
      laid,
      fromRow: Math.max(0, rowAt(from)),
      toRow: Math.min(laid.rowCount - 1, rowAt(to)),
    });
  }
  return shown;
}

/** First and last place of the rows between two heights; null when there is none. */
export function placesBetween(layout: Layout, from: number, to: number): Run | null {
  const rows = rowsBetween(layout, from, to).filter(({ fromRow, toRow }) => fromRow <= toRow);
  const [first, last] = [rows[0], rows.at(-1)];
  if (first === undefined || last === undefined) return null;
  return {
    from: first.laid.section.start + first.fromRow * layout.columns,
    to: endOfRow(layout, last.laid, last.toRow),
  };
}

function endOfRow(layout: Layout, { section }: LaidSection, row: number): number {
  return section.start + Math.min(section.count, (row + 1) * layout.columns) - 1;
}

/** Photos whose cells a rectangle touches, row by row. */
export function runsIn(layout: Layout, area: Box): readonly Run[] {
  const { gap } = layout;
  const step = layout.cellWidth + gap;
  const firstColumn = Math.max(0, Math.floor((area.left - gap) / step));
  const lastColumn = Math.min(layout.columns - 1, Math.floor((area.left + area.width - gap) / step));
  if (firstColumn > lastColumn) return [];
  return rowsBetween(layout, area.top, area.top + area.height).flatMap(({ laid, fromRow, toRow }) => {
    const runs: Run[] = [];
    for (let row = fromRow; row <= toRow; row += 1) {
      const start = laid.section.start + row * layout.columns;
      const to = Math.min(start + lastColumn, endOfRow(layout, laid, row));
      if (start + firstColumn <= to) runs.push({ from: start + firstColumn, to });
    }
    return runs;
  });
}

/** The place that an arrow leads to, by how the photos lie: columns are kept from section to section. */
export function placeBeside(
  layout: Layout,
  place: number,
  direction: 'left' | 'right' | 'up' | 'down',
): number {
  if (direction === 'left') return Math.max(0, Math.ceil(place) - 1);
  if (direction === 'right') return Math.min(layout.total - 1, Math.floor(place) + 1);
  return placeRowsAway(layout, place, direction === 'up' ? -1 : 1);
}

/** The place so many rows above (negative) or below. A row that is too short gives its last photo. */
export function placeRowsAway(layout: Layout, place: number, rows: number): number {
  const at = Math.floor(place);
  let laid = sectionOf(layout, at);
  if (laid === undefined) return 0;
  const column = (at - laid.section.start) % layout.columns;
  let row = Math.floor((at - laid.section.start) / layout.columns) + rows;
  let index = layout.sections.indexOf(laid);
  while (row < 0 && index > 0) {
    index -= 1;
    laid = layout.sections[index] ?? laid;
    row += laid.rowCount;
  }
  while (row >= laid.rowCount && index < layout.sections.length - 1) {
    row -= laid.rowCount;
    index += 1;
    laid = layout.sections[index] ?? laid;
  }
  if (row < 0) return Math.min(at, column);
  if (row >= laid.rowCount) {
    // Below the last row: the end, unless this is the last row already.
    const isLast = at - laid.section.start >= (laid.rowCount - 1) * layout.columns;
    return isLast ? at : layout.total - 1;
  }
  return Math.min(laid.section.start + row * layout.columns + column, endOfRow(layout, laid, row));
}

/** The number of an element's line in the grid, from 1, headings counted. */
export function lineOf(layout: Layout, place: number): number {
  const laid = sectionOf(layout, place);
  if (laid === undefined) return 1;
  return laid.firstLine + 2 + Math.floor((place - laid.section.start) / layout.columns);
}

/** How far to scroll so that a photo is seen whole, below its heading; the present height when it is. */
export function scrollTo(layout: Layout, place: number, scrollTop: number, viewHeight: number): number {
  const box = boxOf(layout, place);
  if (box === null) return scrollTop;
  const { gap } = layout;
  const margin = layout.headingHeight + gap;
  if (box.top < scrollTop + margin) return Math.max(0, box.top - margin);
  if (box.top + box.height + gap > scrollTop + viewHeight) {
    return Math.min(box.top - margin, box.top + box.height + gap - viewHeight);
  }
  return scrollTop;
}
