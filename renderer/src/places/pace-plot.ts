/** Where the plot of the pace has its columns. Pure. */
import type { PacePoint } from '#shared/queue.ts';

/** What the plot shows, in ms: ten minutes. */
const SPAN_MS = 600_000;
const COLUMN_MS = 10_000;
const COLUMN_COUNT = SPAN_MS / COLUMN_MS;
const MINUTE_COLUMNS = 60_000 / COLUMN_MS;

/** Columns from the left (oldest) to the right (now). */
export interface PaceColumns {
  /** Mean bytes per second of each column; 0 before the history began. */
  readonly columns: readonly number[];
  /** The highest of them. */
  readonly peak: number;
  /** The same by minute. */
  readonly minutes: readonly number[];
}

/** Gathers the steps of the history; the newest stands at the right. */
export function paceColumns({
  stepMs,
  points,
}: {
  readonly stepMs: number;
  readonly points: readonly PacePoint[];
}): PaceColumns {
  const sums = Array.from({ length: COLUMN_COUNT }, () => 0);
  for (const [index, { bytes }] of points.entries()) {
    const ageMs = (points.length - 1 - index) * stepMs;
    const column = COLUMN_COUNT - 1 - Math.floor(ageMs / COLUMN_MS);
    if (column >= 0) sums[column] = (sums[column] ?? 0) + bytes;
  }
  const columns = sums.map((bytes) => (bytes * 1000) / COLUMN_MS);
  const minutes = Array.from({ length: COLUMN_COUNT / MINUTE_COLUMNS }, (_, minute) => {
    const part = columns.slice(minute * MINUTE_COLUMNS, (minute + 1) * MINUTE_COLUMNS);
    return part.reduce((sum, pace) => sum + pace, 0) / MINUTE_COLUMNS;
  });
  return { columns, peak: Math.max(...columns), minutes };
}

/** Heights of the columns as the path of an area, in a box of these sizes. */
export function pacePath({ columns, peak }: PaceColumns, width: number, height: number): string {
  if (peak <= 0) return '';
  const step = width / columns.length;
  const tops = columns.flatMap((pace, index) => {
    const y = round(height - (pace / peak) * height);
    return [`L${round(index * step)} ${y}`, `L${round((index + 1) * step)} ${y}`];
  });
  return `M0 ${round(height)} ${tops.join(' ')} L${round(width)} ${round(height)} Z`;
}

function round(value: number): string {
  return String(Math.round(value * 10) / 10);
}
