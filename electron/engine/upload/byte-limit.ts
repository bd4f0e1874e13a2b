/** Lets bodies out no faster than the owner wants, all of them together. */
import type { StreamedBody } from '../clarifai/transport.ts';
import type { Clock, Timer } from '../clock.ts';

export interface ByteLimit {
  /** Bytes per second; null: as fast as they go. Holds at once, also for bodies that are on their way. */
  set(bytesPerSecond: number | null): void;
  now(): number | null;
  /** The same body, whose pieces wait for their turn. */
  over(body: StreamedBody): StreamedBody;
}

/** What may leave at once after a rest, as time at the limit's pace, in ms. */
const BURST_MS = 100;
/** Largest piece, as time at the limit's pace, in ms: no silence is long enough to look like a lost connection. */
const PIECE_MS = 50;
/** Smallest piece, in bytes. */
const LEAST_PIECE_BYTES = 512;
/** Waits shorter than this are made up for by the next one, in ms: timers are no finer. */
const SLACK_MS = 5;

/** Starts without a limit. */
export function createByteLimit(clock: Clock): ByteLimit {
  let limit: number | null = null;
  /** When the next piece may leave, by `clock.elapsed()`. */
  let freeAt = -Infinity;
  const waiting = new Map<Timer, () => void>();

  /** Resolves when so many bytes may leave; false: the limit has changed meanwhile. */
  async function take(bytes: number, bytesPerSecond: number): Promise<boolean> {
    const now = clock.elapsed();
    const startAt = Math.max(now - BURST_MS, freeAt);
    freeAt = startAt + (bytes / bytesPerSecond) * 1000;
    if (startAt - now <= SLACK_MS) return true;
    return new Promise((resolve) => {
      const timer = clock.setTimer(() => {
        waiting.delete(timer);
        resolve(true);
      }, startAt - now);
      waiting.set(timer, () => resolve(false));
    });
  }

  async function* slowed(body: StreamedBody): AsyncGenerator<Uint8Array> {
    for await (const chunk of body.stream()) {
      for (let from = 0; from < chunk.byteLength;) {
        if (limit === null) {
          yield chunk.subarray(from);
          break;
        }
        const most = Math.max(LEAST_PIECE_BYTES, Math.floor((limit * PIECE_MS) / 1000));
        const piece = chunk.subarray(from, from + most);
        if (!(await take(piece.byteLength, limit))) continue;
        yield piece;
        from += piece.byteLength;
      }
    }
  }

  return {
    set(bytesPerSecond) {
      if (bytesPerSecond === limit) return;
      limit = bytesPerSecond;
      freeAt = -Infinity;
      const waited = [...waiting];
      waiting.clear();
      for (const [timer, changed] of waited) {
        timer.cancel();
        changed();
      }
    },
    now: () => limit,
    over: (body) => ({ contentLength: body.contentLength, stream: () => slowed(body) }),
  };
}
