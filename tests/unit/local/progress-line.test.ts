import { expect, it } from 'vitest';
import type { IngestProgress } from '#shared/engine-api.ts';
import { PHOTO_STATES, type PhotoState, type StateCounts } from '#shared/photo.ts';
import { createProgressLine, shareDone } from '../../../electron/local/progress-line.ts';

const countsOf = (given: Partial<StateCounts>): StateCounts =>
  ({ ...Object.fromEntries(PHOTO_STATES.map((state) => [state, 0])), ...given }) as Record<
    PhotoState,
    number
  >;
const progressOf = (
  counts: Partial<StateCounts>,
  more: Partial<Omit<IngestProgress, 'counts'>> = {},
): IngestProgress => ({
  state: 'working',
  activity: 'sending',
  waiting: 0,
  bytesSent: 0,
  holds: [],
  ...more,
  counts: countsOf(counts),
});

/** A terminal, or not, that keeps what is written. */
function output(more: { readonly isTTY?: boolean; readonly columns?: number }) {
  const written: string[] = [];
  return { ...more, written, write: (text: string) => written.push(text) };
}

it('counts what is final against all there is', () => {
  const counts = countsOf({
    found: 1,
    queued: 2,
    sending: 4,
    accepted: 8,
    indexed: 16,
    failed: 32,
    skipped: 64,
  });
  expect(shareDone({ counts, waiting: 128 })).toEqual({ done: 112, total: 255 });
});

it('rewrites one line on a terminal, never wider than it, and takes it away', () => {
  const terminal = output({ isTTY: true, columns: 60 });
  const line = createProgressLine(terminal);
  line.show(progressOf({ queued: 3, indexed: 1 }), 0);
  line.show(progressOf({ queued: 2, indexed: 2 }, { bytesSent: 2_500_000 }), 1000);
  line.end();
  expect(terminal.written).toEqual([
    '\r\u001B[K██████░░░░░░░░░░░░░░░░░░ 1 of 4 photos · sending',
    '\r\u001B[K████████████░░░░░░░░░░░░ 2 of 4 photos · sending · 2.5 MB s',
    '\r\u001B[K',
  ]);
});

it('says when all is done: a watch stays', () => {
  const terminal = output({ isTTY: true });
  createProgressLine(terminal).show(progressOf({ indexed: 1 }, { state: 'done', activity: 'finishing' }), 0);
  expect(terminal.written[0]).toContain('1 of 1 photo · all done');
});

it('tells the pace and what is left, as soon as they are known', () => {
  const terminal = output({ isTTY: true, columns: 200 });
  const line = createProgressLine(terminal);
  const shown = (done: number, open: number, now: number): string => {
    line.show(progressOf({ indexed: done, queued: open }), now);
    return terminal.written.at(-1)?.replace(/^.*photos · sending/su, '') ?? '';
  };
  expect(shown(0, 1000, 0)).toBe('');
  expect(shown(2, 998, 400)).toBe('');
  expect(shown(10, 990, 2000)).toBe(' · 5.0/s · about 3 min left');
  expect(shown(500, 500, 8000)).toBe(' · 63/s · about 8 s left');
  // The window forgets what is long ago.
  expect(shown(501, 499, 60_000)).toBe(' · 1.2/min · about 7.2 h left');
  expect(shown(1000, 0, 61_000)).toBe('');
});

it.each([0, undefined])('takes 80 columns for granted where the width is %s', (columns) => {
  const terminal = output({ isTTY: true, ...(columns === undefined ? {} : { columns }) });
  createProgressLine(terminal).show(progressOf({ queued: 1 }, { activity: 'x'.repeat(100) }), 0);
  expect(terminal.written[0]?.replace('\r\u001B[K', '').length).toBe(79);
});

it('writes plain lines where there is no terminal: not too often, and never twice the same', () => {
  const file = output({});
  const line = createProgressLine(file);
  line.show(progressOf({}, { activity: 'scanning' }), 0);
  line.show(progressOf({ queued: 1234 }), 1000);
  line.show(progressOf({ queued: 1234 }), 5000);
  line.show(progressOf({ queued: 1234 }), 11_000);
  line.show(progressOf({ queued: 1 }), 17_000);
  line.end();
  expect(file.written).toEqual(['scanning\n', '0 of 1,234 photos · sending\n', '0 of 1 photo · sending\n']);
});
