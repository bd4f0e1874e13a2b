/** How an ingest shows itself on a terminal: one line that is rewritten, or plain lines where there is no terminal. */
import type { IngestProgress } from '#shared/engine-api.ts';
import { duration, megabytes, pace, photos } from './wording.ts';

/** Where progress is written: standard error, so that standard output stays for results. */
export interface ProgressOutput {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

/** Shows progress until it is ended. */
export interface ProgressLine {
  show(progress: IngestProgress, now: number): void;
  /** Takes the line away; what follows starts on a clean one. */
  end(): void;
}

/** A plain log gets a line at most so often, in ms; the terminal's line is rewritten as often as it is shown. */
const PLAIN_EVERY_MS = 5000;
/** The rate is measured over the last so many ms. */
const RATE_WINDOW_MS = 10_000;
const BAR_WIDTH = 24;

/** What of all photos is final, in flight or waiting. */
export function shareDone({ counts, waiting }: Pick<IngestProgress, 'counts' | 'waiting'>): {
  readonly done: number;
  readonly total: number;
} {
  const done = counts.indexed + counts.failed + counts.skipped + counts.removed;
  const open = counts.found + counts.queued + counts.sending + counts.accepted + counts.deleting;
  return { done, total: done + open + waiting };
}

/** Makes the line. */
export function createProgressLine(output: ProgressOutput): ProgressLine {
  const samples: { at: number; done: number }[] = [];
  let lastPlainAt = -Infinity;
  let lastText = '';
  let isShown = false;

  /** Photos per second over the window; null before anything is known. */
  function rate(done: number, now: number): number | null {
    samples.push({ at: now, done });
    while (samples.length > 2 && now - (samples[0]?.at ?? now) > RATE_WINDOW_MS) samples.shift();
    const first = samples[0];
    if (first === undefined || now - first.at < 500 || done <= first.done) return null;
    return ((done - first.done) * 1000) / (now - first.at);
  }

  return {
    show(progress, now) {
      const { done, total } = shareDone(progress);
      const perSecond = rate(done, now);
      const speed =
        perSecond === null || done === total
          ? ''
          : ` · ${pace(perSecond)} · ${remaining((total - done) / perSecond)}`;
      const sent = progress.bytesSent === 0 ? '' : ` · ${megabytes(progress.bytesSent)} sent`;
      const share = total === 0 ? '' : `${done.toLocaleString('en')} of ${photos(total)} · `;
      const activity = progress.state === 'done' ? 'all done' : progress.activity;
      const text = `${share}${activity}${sent}${speed}`;
      if (output.isTTY === true) {
        const line = `${bar(done, total)} ${text}`.slice(0, widthOf(output) - 1);
        output.write(`\r\u001B[K${line}`);
        isShown = true;
      } else if (now - lastPlainAt >= PLAIN_EVERY_MS && text !== lastText) {
        output.write(`${text}\n`);
        lastPlainAt = now;
        lastText = text;
      }
    },
    end() {
      if (isShown) output.write('\r\u001B[K');
      isShown = false;
    },
  };
}

/** A terminal that does not know its width says 0. */
function widthOf({ columns }: ProgressOutput): number {
  return columns === undefined || columns === 0 ? 80 : columns;
}

function bar(done: number, total: number): string {
  const filled = total === 0 ? 0 : Math.floor((done / total) * BAR_WIDTH);
  return `${'█'.repeat(filled)}${'░'.repeat(BAR_WIDTH - filled)}`;
}

function remaining(seconds: number): string {
  return `about ${seconds < 10 ? `${Math.ceil(seconds)} s` : duration(seconds)} left`;
}
