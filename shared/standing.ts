/** How everything stands, in the few facts that a tray, a dock, a tab's title or a notification show. */
import type { Glance } from './glance.ts';
import { HOLDS, RESTS, type Hold } from './problems.ts';

/** All accounts together. */
export interface Standing {
  /** Photos that still have to be sent, without those that rest with paused folders. */
  readonly unsentCount: number;
  /** Those that rest with them. */
  readonly restingCount: number;
  /** Those that have to be sent, and those that the service has and is still indexing. */
  readonly onTheWayCount: number;
  /** Photos that the service has, indexed or not. */
  readonly thereCount: number;
  readonly indexedCount: number;
  /** Files that nobody looked at yet. */
  readonly waitingPaths: number;
  readonly failureCount: number;
  /** Those of them that are tried again by themselves. */
  readonly retryingCount: number;
  /** What stops the sending: first what only the owner can end, then rests, then the others; of each the oldest. */
  readonly holds: readonly Hold[];
}

type StandingGlance = Pick<
  Glance,
  'counts' | 'restingCount' | 'failureCount' | 'retryingCount' | 'holds' | 'waitingPaths'
>;

/** Adds up the glances at all accounts. */
export function standingOf(glances: readonly StandingGlance[]): Standing {
  const sum = (of: (glance: StandingGlance) => number): number =>
    glances.reduce((total, glance) => total + of(glance), 0);
  const restingCount = sum((glance) => glance.restingCount);
  const unsentCount = sum(({ counts }) => counts.found + counts.queued + counts.sending) - restingCount;
  return {
    unsentCount,
    restingCount,
    onTheWayCount: unsentCount + sum(({ counts }) => counts.accepted),
    thereCount: sum(({ counts }) => counts.accepted + counts.indexed),
    indexedCount: sum(({ counts }) => counts.indexed),
    // Of the engine, not of an account: every glance tells the same.
    waitingPaths: Math.max(0, ...glances.map((glance) => glance.waitingPaths)),
    failureCount: sum((glance) => glance.failureCount),
    retryingCount: sum((glance) => glance.retryingCount),
    holds: glances.flatMap(({ holds }) => holds).toSorted((a, b) => rank(a) - rank(b) || a.since - b.since),
  };
}

function rank(hold: Hold): number {
  if (needsOwner(hold)) return 0;
  return RESTS.has(hold.kind) ? 1 : 2;
}

/** Whether only the owner can end it, and did not wish it: a pause is the owner's own. */
export function needsOwner({ kind }: Pick<Hold, 'kind'>): boolean {
  return HOLDS[kind].lifts === 'owner' && kind !== 'paused';
}

/** How many photos and files failed and are not tried again by themselves. */
export function needYouCount({
  failureCount,
  retryingCount,
}: Pick<Standing, 'failureCount' | 'retryingCount'>): number {
  return failureCount - retryingCount;
}

/** How many things need the owner: photos that failed for good, and holds that nobody else can end. */
export function needCount({
  holds,
  ...failures
}: Pick<Standing, 'failureCount' | 'retryingCount' | 'holds'>): number {
  return needYouCount(failures) + new Set(holds.filter(needsOwner).map(({ kind }) => kind)).size;
}

/** Whether sending is paused, at one account at least. */
export function isPaused({ holds }: Pick<Standing, 'holds'>): boolean {
  return holds.some(({ kind }) => kind === 'paused');
}

/** Whether sending rests because it is to, at one account at least. */
export function isResting({ holds }: Pick<Standing, 'holds'>): boolean {
  return holds.some(({ kind }) => RESTS.has(kind));
}

/** Whether photos are on their way, or files wait to be looked at. */
export function isAtWork({ onTheWayCount, waitingPaths }: Standing): boolean {
  return onTheWayCount > 0 || waitingPaths > 0;
}
