/** Where the window was, and how it looked, for the next start. */
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { z } from 'zod';

/** Smallest size of the window, in pixels of the desktop. */
export const SMALLEST = { width: 900, height: 600 };
/** Size of the first window. */
const FIRST = { width: 1360, height: 880 };

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

const STATE = z.strictObject({
  bounds: z.strictObject({ x: z.int(), y: z.int(), width: z.int(), height: z.int() }).nullable(),
  isMaximized: z.boolean(),
  theme: z.enum(['system', 'light', 'dark']),
});

/** `bounds`: outside the maximized state, null before the first window; `theme`: the one chosen last. */
export type WindowState = Readonly<z.infer<typeof STATE>>;

export const FIRST_STATE: WindowState = { bounds: null, isMaximized: false, theme: 'system' };

/** What was written down; the first state when there is nothing, or nothing readable. */
export function readWindowState(path: string): WindowState {
  try {
    return STATE.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch (error) {
    // A window in the middle is no loss; any of these is mended by the next write.
    if (error instanceof SyntaxError || error instanceof z.ZodError) return FIRST_STATE;
    if (error instanceof Error && 'code' in error) return FIRST_STATE;
    throw error;
  }
}

/** Writes it down whole. */
export function writeWindowState(path: string, state: WindowState): void {
  writeFileSync(`${path}.partial`, JSON.stringify(state), { mode: 0o600 });
  renameSync(`${path}.partial`, path);
}

/**
 * Bounds that lie whole on one display: the one that shows most of `saved`. Without `saved`, or when its display is
 * gone, in the middle of the first.
 *
 * @param workAreas of the displays, the primary one first
 */
export function fitBounds(saved: Box | null, workAreas: readonly [Box, ...Box[]]): Box {
  const [primary] = workAreas;
  if (saved !== null) {
    const [best, shown] = workAreas
      .map((area) => [area, overlap(saved, area)] as const)
      .reduce((most, next) => (next[1] > most[1] ? next : most));
    if (shown > 0) return clamp(saved, best);
  }
  const { width, height } = saved ?? FIRST;
  return clamp(
    {
      x: middle(primary.x, primary.width, width),
      y: middle(primary.y, primary.height, height),
      width,
      height,
    },
    primary,
  );
}

function overlap(one: Box, other: Box): number {
  const width = Math.min(one.x + one.width, other.x + other.width) - Math.max(one.x, other.x);
  const height = Math.min(one.y + one.height, other.y + other.height) - Math.max(one.y, other.y);
  return Math.max(0, width) * Math.max(0, height);
}

function clamp(box: Box, area: Box): Box {
  // On a display that is smaller than the smallest window, its corner shows.
  const width = Math.max(SMALLEST.width, Math.min(box.width, area.width));
  const height = Math.max(SMALLEST.height, Math.min(box.height, area.height));
  const x = Math.max(area.x, Math.min(box.x, area.x + area.width - width));
  const y = Math.max(area.y, Math.min(box.y, area.y + area.height - height));
  return { x, y, width, height };
}

function middle(start: number, length: number, size: number): number {
  return Math.round(start + (length - size) / 2);
}
