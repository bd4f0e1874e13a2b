/** What is on the wire, and how fast it went over the last minutes. It lives in memory only, and is bounded. */
import type { BatchPhase, PacePoint, QueueRun } from '#shared/queue.ts';
import type { Clock } from '../clock.ts';
import type { ByteLimit } from './byte-limit.ts';

/** Width of one step of the history, in ms. */
export const PACE_STEP_MS = 2000;
/** Steps that are kept: ten minutes. */
export const PACE_STEP_COUNT = 300;
/** Steps that the rate of bytes is taken over, the running one included. */
const BYTE_RATE_STEPS = 4;
/** The same for photos, which arrive a batch at a time. */
const PHOTO_RATE_STEPS = 31;

/** A batch that somebody works on. */
export interface BatchTraffic {
  readonly bodyBytes: number;
  /** Never falls. */
  readonly sentBytes: number;
  readonly phase: Exclude<BatchPhase, 'asking'>;
  /** UTC ms. */
  readonly sinceAt: number;
}

/** What others may look at. */
export interface TrafficView {
  /** Null: nobody works on the batch now. */
  of(batchId: number): BatchTraffic | null;
  /** Complete steps since the start, at most {@link PACE_STEP_COUNT}, oldest first. */
  history(): readonly PacePoint[];
  /** Over the last seconds, and the last minute for photos. */
  rate(): { readonly bytesPerSecond: number; readonly photosPerSecond: number };
  /** Bytes per second over the steps in which something left under the limit of now; null: nothing did. */
  pace(): number | null;
  /** The present run, or the last. Failures are not counted here. */
  run(): Omit<QueueRun, 'failedCount'> | null;
}

/** Told as bytes leave and photos arrive. */
export interface Traffic extends TrafficView {
  /** A batch is written down. */
  begin(batchId: number, bodyBytes: number): void;
  /** So many bytes of this attempt have left. */
  left(batchId: number, bytes: number): void;
  /** The service failed on it; the same body goes again. */
  again(batchId: number): void;
  /** Nobody works on the batch any more. */
  end(batchId: number): void;
  /** The service has a photo: it took it (`posted`), or had it already. */
  arrived(origin: 'posted' | 'adopted'): void;
  /** Everything has gone. */
  rest(): void;
}

type Writable<T> = { -readonly [Key in keyof T]: T[Key] };

/** Nothing on the wire yet. @param limit tells the limit of pace that is in force */
export function createTraffic(clock: Clock, limit: Pick<ByteLimit, 'now'>): Traffic {
  const batches = new Map<number, Writable<BatchTraffic> & { attemptBytes: number }>();
  const ring = createRing(clock);
  let run: Writable<Omit<QueueRun, 'failedCount'>> | null = null;
  let limitBefore = limit.now();

  /** What went under another limit says nothing of the pace of now. */
  function heedLimit(): void {
    const now = limit.now();
    if (now !== limitBefore) ring.beginPace();
    limitBefore = now;
  }

  function runNow(): Writable<Omit<QueueRun, 'failedCount'>> {
    if (run === null || run.endedAt !== null) {
      run = { sinceAt: clock.now(), endedAt: null, sentCount: 0, thereCount: 0, sentBytes: 0 };
    }
    return run;
  }

  function enter(batch: Writable<BatchTraffic>, phase: BatchTraffic['phase']): void {
    if (batch.phase === phase) return;
    batch.phase = phase;
    batch.sinceAt = clock.now();
  }

  return {
    begin(batchId, bodyBytes) {
      runNow();
      const sinceAt = clock.now();
      batches.set(batchId, { bodyBytes, sentBytes: 0, attemptBytes: 0, phase: 'waiting', sinceAt });
    },
    left(batchId, bytes) {
      heedLimit();
      ring.add(bytes, 0);
      runNow().sentBytes += bytes;
      const batch = batches.get(batchId);
      if (batch === undefined) return;
      batch.attemptBytes += bytes;
      batch.sentBytes = Math.min(batch.bodyBytes, Math.max(batch.sentBytes, batch.attemptBytes));
      enter(batch, batch.attemptBytes < batch.bodyBytes ? 'sending' : 'answer');
    },
    again(batchId) {
      const batch = batches.get(batchId);
      if (batch === undefined) return;
      batch.attemptBytes = 0;
      enter(batch, 'again');
    },
    end: (batchId) => void batches.delete(batchId),
    arrived(origin) {
      if (origin === 'adopted') {
        runNow().thereCount += 1;
        return;
      }
      runNow().sentCount += 1;
      ring.add(0, 1);
    },
    rest() {
      if (run !== null) run.endedAt ??= clock.now();
    },
    of: (batchId) => batches.get(batchId) ?? null,
    history: () => ring.history(),
    rate: () => ({
      bytesPerSecond: ring.rate(BYTE_RATE_STEPS).bytes,
      photosPerSecond: ring.rate(PHOTO_RATE_STEPS).photoCount,
    }),
    pace() {
      heedLimit();
      return ring.pace();
    },
    run: () => run,
  };
}

/** Sums by step of the clock. The last {@link PACE_STEP_COUNT} complete ones are kept, and the running one. */
function createRing(clock: Clock) {
  const size = PACE_STEP_COUNT + 1;
  const startedAt = clock.elapsed();
  const bytes = new Float64Array(size);
  const photos = new Float64Array(size);
  let current = 0;
  /** The first step that the pace is taken over. */
  let paceFrom = 0;

  function advance(): void {
    const step = Math.floor((clock.elapsed() - startedAt) / PACE_STEP_MS);
    for (let next = Math.max(current + 1, step - size + 1); next <= step; next += 1) {
      bytes[next % size] = 0;
      photos[next % size] = 0;
    }
    current = Math.max(current, step);
  }

  function pointAt(step: number): PacePoint {
    return { bytes: bytes[step % size] ?? 0, photoCount: photos[step % size] ?? 0 };
  }

  /** Steps from one to the running one, which is left out. */
  function pointsFrom(first: number): PacePoint[] {
    return Array.from({ length: Math.max(0, current - first) }, (_, index) => pointAt(first + index));
  }

  function history(): readonly PacePoint[] {
    advance();
    return pointsFrom(Math.max(0, current - PACE_STEP_COUNT));
  }

  return {
    add(moreBytes: number, photoCount: number): void {
      advance();
      bytes[current % size] = (bytes[current % size] ?? 0) + moreBytes;
      photos[current % size] = (photos[current % size] ?? 0) + photoCount;
    },
    history,
    /** Per second, over the last steps. */
    rate(steps: number): PacePoint {
      advance();
      const first = Math.max(0, current - steps + 1);
      const spanMs = clock.elapsed() - startedAt - first * PACE_STEP_MS;
      const points = [...pointsFrom(first), pointAt(current)];
      const perSecond = (pick: (point: PacePoint) => number): number =>
        // Within the first moment a single chunk would be a rate beyond all links.
        (points.reduce((sum, point) => sum + pick(point), 0) * 1000) / Math.max(spanMs, PACE_STEP_MS / 2);
      return { bytes: perSecond((point) => point.bytes), photoCount: perSecond((point) => point.photoCount) };
    },
    /** The running step is the last one that the pace is not taken over. */
    beginPace(): void {
      advance();
      paceFrom = current + 1;
    },
    pace(): number | null {
      advance();
      const first = Math.max(paceFrom, current - PACE_STEP_COUNT);
      const points = current < first ? [] : [...pointsFrom(first), pointAt(current)];
      const active = points.filter((point) => point.bytes > 0);
      if (active.length === 0) return null;
      const sum = active.reduce((total, point) => total + point.bytes, 0);
      return (sum * 1000) / (active.length * PACE_STEP_MS);
    },
  };
}
