/**
 * What is told unasked, and when: that a run has ended, and that something needs the owner. Never one per photo, and
 * never the same twice in a row. Decisions only: whoever shows it looks at the clock and asks again.
 */
import { HOLDS, type HoldKind } from './problems.ts';
import { isAtWork, needsOwner, needYouCount, type Standing } from './standing.ts';

/** So long everything has to rest until a run counts as ended: a camera that sends photo by photo is one run. In ms. */
export const RUN_REST_MS = 30_000;
/** Between two words about runs; what comes meanwhile is told with the next. In ms. */
export const RUN_GAP_MS = 600_000;
/** A hold that comes back within this time is the same one. In ms. */
export const HOLD_GAP_MS = 600_000;

/** One thing to tell. */
export interface News {
  readonly kind: 'run-ended' | 'needs-owner';
  readonly title: string;
  readonly words: string;
}

/** What the rules remember between two looks. */
export interface NewsMemory {
  /** Counts when everything rested last; null: not seen yet. */
  readonly rested: Counts | null;
  readonly run: Run | null;
  /** When a run was told last (UTC ms); null: never. */
  readonly runToldAt: number | null;
  /** When each hold was seen last (UTC ms). */
  readonly holdsSeenAt: Readonly<Partial<Record<HoldKind, number>>>;
}

interface Counts {
  readonly thereCount: number;
  readonly indexedCount: number;
  readonly needYouCount: number;
}

interface Run {
  /** As it was before. */
  readonly before: Counts;
  /** Since when everything rests (UTC ms); null: it does not. */
  readonly restsSince: number | null;
}

/** Before the first look. */
export const NOTHING_HEARD: NewsMemory = { rested: null, run: null, runToldAt: null, holdsSeenAt: {} };

/** What a look brings. */
export interface Heard {
  readonly memory: NewsMemory;
  readonly news: readonly News[];
  /** When to look again though nothing changes (UTC ms); null: not before something does. */
  readonly againAt: number | null;
}

/** Looks at how everything stands now (UTC ms). */
export function hearNews(memory: NewsMemory, standing: Standing, now: number): Heard {
  const { holdsSeenAt, news } = hearHolds(memory.holdsSeenAt, standing, now);
  const seen = { ...memory, holdsSeenAt };
  if (isAtWork(standing)) {
    const before = memory.run?.before ?? memory.rested ?? countsOf(standing);
    return { memory: { ...seen, run: { before, restsSince: null } }, news, againAt: null };
  }
  if (memory.run === null) {
    return { memory: { ...seen, rested: countsOf(standing) }, news, againAt: null };
  }
  const restsSince = memory.run.restsSince ?? now;
  const dueAt = Math.max(restsSince + RUN_REST_MS, (memory.runToldAt ?? -Infinity) + RUN_GAP_MS);
  if (now < dueAt) {
    return { memory: { ...seen, run: { ...memory.run, restsSince } }, news, againAt: dueAt };
  }
  const ended = runNews(memory.run.before, standing);
  return {
    memory: {
      ...seen,
      run: null,
      rested: countsOf(standing),
      runToldAt: ended === null ? memory.runToldAt : now,
    },
    news: ended === null ? news : [...news, ended],
    againAt: null,
  };
}

function countsOf(standing: Standing): Counts {
  const { thereCount, indexedCount } = standing;
  return { thereCount, indexedCount, needYouCount: needYouCount(standing) };
}

function hearHolds(
  before: NewsMemory['holdsSeenAt'],
  { holds }: Standing,
  now: number,
): Pick<NewsMemory, 'holdsSeenAt'> & { readonly news: readonly News[] } {
  const kinds = [...new Set(holds.filter(needsOwner).map(({ kind }) => kind))];
  const fresh = kinds.filter((kind) => now - (before[kind] ?? -Infinity) > HOLD_GAP_MS);
  return {
    holdsSeenAt: { ...before, ...Object.fromEntries(kinds.map((kind) => [kind, now])) },
    news: fresh.map((kind) => ({
      kind: 'needs-owner',
      title: 'Sending needs you',
      words: `${HOLDS[kind].sentence} Photos wait and are not lost. Open Tagalong to see what can be done.`,
    })),
  };
}

function runNews(before: Counts, standing: Standing): News | null {
  const { restingCount, retryingCount } = standing;
  const indexed = Math.max(0, standing.indexedCount - before.indexedCount);
  const failed = Math.max(0, needYouCount(standing) - before.needYouCount);
  if (failed === 0 && indexed === 0) return null;
  const ended = restingCount + retryingCount === 0 ? 'Everything is there' : 'Everything else is there';
  const words = [
    ...said(indexed, 'photo is indexed.', 'photos are indexed.'),
    ...said(failed, 'needs you.', 'need you.'),
    ...said(retryingCount, 'is tried again later.', 'are tried again later.'),
    ...said(restingCount, 'rests with paused folders.', 'rest with paused folders.'),
  ];
  return {
    kind: failed === 0 ? 'run-ended' : 'needs-owner',
    title: failed === 0 ? ended : 'Some photos need you',
    words: words.join(' '),
  };
}

/** How far the present run is. */
export interface RunProgress {
  /** From 0 to 1. */
  readonly fraction: number;
  /** `error`: only the owner can help; `paused`: something else holds it. */
  readonly tone: 'normal' | 'paused' | 'error';
}

/** For a dock or a taskbar; null when nothing is being sent. */
export function runProgress({ run }: NewsMemory, standing: Standing): RunProgress | null {
  const { unsentCount, thereCount, holds } = standing;
  if (run === null || unsentCount === 0) return null;
  const sent = Math.max(0, thereCount - run.before.thereCount);
  const [hold] = holds;
  const tone = hold === undefined ? 'normal' : needsOwner(hold) ? 'error' : 'paused';
  return { fraction: sent / (sent + unsentCount), tone };
}

const numbers = new Intl.NumberFormat(undefined);

/** Nothing where there is none. */
function said(count: number, one: string, other: string): readonly string[] {
  return count === 0 ? [] : [`${numbers.format(count)} ${count === 1 ? one : other}`];
}
