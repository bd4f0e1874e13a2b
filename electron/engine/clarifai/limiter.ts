/**
 * One limiter for all requests with one token to one base URL. The service sees at most 15 requests in any second even
 * when the network bunches them up: after a rest some may start at once, further ones are spaced. It slows down when
 * the service says so, and speeds up again slowly.
 *
 * The decisions are pure functions over `Pace`; `createLimiter` only waits.
 */
import { createHash } from 'node:crypto';

/** Fastest rate that lasts. */
export const FASTEST_PER_SECOND = 1000 / 80;
export const SLOWEST_PER_SECOND = 1;
/** So many may start at once after a rest of so many times the spacing, while the service has not complained. */
const BURST_COUNT = 10;
/** So many the service takes in any {@link SECOND_MS}. */
const WINDOW_COUNT = 15;
const SECOND_MS = 1000;
/** By so much the network may bunch up requests that were answered quickly. */
const JITTER_MS = 180;
/**
 * A request has arrived by the time it is answered; until then it may be held up on the way, or in a machine that has
 * too much to do, and arrive together with later ones. So long it is reckoned with.
 */
const HELD_UP_MS = 5000;
/** How much a late start may be made up for by the next ones, so that timers' lateness does not lower the rate. */
const MAKE_UP_MS = 20;
/** What one reply that was not throttled adds to the rate: from slowest to fastest in about a minute of full work. */
const RECOVERY_PER_REPLY = 0.05;
/** Pause after a throttled reply that names none: the service's sliding second has to pass. */
const DEFAULT_PAUSE_MS = 1000;

/** State of the pace. Times are monotonic ms. */
export interface Pace {
  readonly perSecond: number;
  /** When the next start is due; earlier than now when nothing was started for a while, later after a burst. */
  readonly nextAt: number;
  /** Starts that may still count in the service's second, oldest first, at most {@link WINDOW_COUNT}. */
  readonly starts: readonly Start[];
  /** Nothing starts before this, whatever the rate: the service said so. */
  readonly notBefore: number;
  /** When the rate was last lowered: replies to requests from before that say nothing new. */
  readonly loweredAt: number;
}

/** One request that was let go. */
interface Start {
  readonly at: number;
  readonly answeredAt: number | null;
}

export const FULL_PACE: Pace = {
  perSecond: FASTEST_PER_SECOND,
  nextAt: -Infinity,
  starts: [],
  notBefore: -Infinity,
  loweredAt: -Infinity,
};

/** When the next request may start, at the earliest; in the past or `now` means at once. */
export function startsAt(pace: Pace): number {
  const { perSecond, nextAt, starts, notBefore } = pace;
  const roomAt = starts.length < WINDOW_COUNT ? -Infinity : Math.min(...starts.map(countsUntil));
  const aheadMs = perSecond < FASTEST_PER_SECOND ? MAKE_UP_MS : ((BURST_COUNT - 1) * 1000) / perSecond;
  return Math.max(nextAt - aheadMs, roomAt, notBefore);
}

/** From when on a request has certainly left the service's last second. */
function countsUntil({ at, answeredAt }: Start): number {
  const arrivedAt = Math.min(answeredAt ?? Infinity, at + HELD_UP_MS);
  return Math.max(at + JITTER_MS, arrivedAt) + SECOND_MS;
}

/** The pace after a request started at `now`. */
export function afterStart(pace: Pace, now: number): Pace {
  const starts = [
    ...pace.starts.filter((start) => countsUntil(start) > now).slice(1 - WINDOW_COUNT),
    { at: now, answeredAt: null },
  ];
  return { ...pace, starts, nextAt: Math.max(pace.nextAt, now) + 1000 / pace.perSecond };
}

/** The pace after a reply at `now`, of whatever kind, to a request that started at `startedAt`. */
export function afterAnswer(pace: Pace, now: number, startedAt: number): Pace {
  const index = pace.starts.findIndex(({ at, answeredAt }) => at === startedAt && answeredAt === null);
  if (index === -1) return pace;
  return { ...pace, starts: pace.starts.with(index, { at: startedAt, answeredAt: now }) };
}

/** The pace after a reply that was not throttled. */
export function afterReply(pace: Pace): Pace {
  return { ...pace, perSecond: Math.min(FASTEST_PER_SECOND, pace.perSecond + RECOVERY_PER_REPLY) };
}

/** The pace after a throttled reply at `now` to a request that started at `startedAt`. */
export function afterThrottle(pace: Pace, now: number, startedAt: number, retryAfterMs?: number): Pace {
  const notBefore = Math.max(pace.notBefore, now + (retryAfterMs ?? DEFAULT_PAUSE_MS));
  if (startedAt <= pace.loweredAt) return { ...pace, notBefore };
  const perSecond = Math.max(SLOWEST_PER_SECOND, pace.perSecond / 2);
  return { ...pace, perSecond, nextAt: Math.max(pace.nextAt, notBefore), notBefore, loweredAt: now };
}

/** Monotonic time and timers; the engine's clock is one. */
export interface LimiterClock {
  /** Monotonic ms. */
  elapsed(): number;
  /** Calls `run` once after `ms`. */
  setTimer(run: () => void, ms: number): { cancel(): void };
}

export interface Limiter {
  /**
   * Resolves when a request may start, in the order of the calls.
   *
   * @returns the start, for `replied`
   * @throws the signal's reason when it is aborted while waiting
   */
  acquire(signal?: AbortSignal): Promise<RequestStart>;
  /** To be told how each started request was answered; one without any answer needs no word. */
  replied(start: RequestStart, answer: { readonly throttled: boolean; readonly retryAfterMs?: number }): void;
  /** For showing: requests per second, and the monotonic time before which nothing starts (-Infinity if none). */
  pace(): Pick<Pace, 'perSecond' | 'notBefore'>;
}

/** When a request was let go, in monotonic ms. */
export interface RequestStart {
  readonly startedAt: number;
}

/** Makes a limiter at full pace. */
export function createLimiter(clock: LimiterClock): Limiter {
  let pace = FULL_PACE;
  let timer: { cancel(): void } | null = null;
  const waiting = new Set<(start: RequestStart) => void>();

  function letGo(): void {
    timer?.cancel();
    timer = null;
    for (const go of waiting) {
      const now = clock.elapsed();
      const wait = startsAt(pace) - now;
      if (wait > 0) {
        timer = clock.setTimer(letGo, Math.ceil(wait));
        return;
      }
      pace = afterStart(pace, now);
      waiting.delete(go);
      go({ startedAt: now });
    }
  }

  return {
    acquire: (signal) =>
      new Promise((resolve, reject) => {
        if (signal?.aborted === true) {
          reject(signal.reason as Error);
          return;
        }
        function go(start: RequestStart): void {
          signal?.removeEventListener('abort', giveUp);
          resolve(start);
        }
        function giveUp(): void {
          waiting.delete(go);
          letGo();
          reject(signal?.reason as Error);
        }
        signal?.addEventListener('abort', giveUp, { once: true });
        waiting.add(go);
        if (timer === null) letGo();
      }),
    replied: (start, { throttled, retryAfterMs }) => {
      const now = clock.elapsed();
      const answered = afterAnswer(pace, now, start.startedAt);
      pace = throttled ? afterThrottle(answered, now, start.startedAt, retryAfterMs) : afterReply(answered);
      if (waiting.size > 0) letGo();
    },
    pace: () => ({ perSecond: pace.perSecond, notBefore: pace.notBefore }),
  };
}

/**
 * Keeps one limiter for each base URL and token, so that all destinations of one account share it. The token is kept
 * as a digest only.
 */
export function createLimiters(clock: LimiterClock): (apiBase: string, pat: string) => Limiter {
  const limiters = new Map<string, Limiter>();
  return (apiBase, pat) => {
    const key = createHash('sha256').update(`${apiBase}\n${pat}`).digest('hex');
    const known = limiters.get(key);
    if (known !== undefined) return known;
    const limiter = createLimiter(clock);
    limiters.set(key, limiter);
    return limiter;
  };
}
