/** How everything stands, in the few facts that a tray, a dock, a tab's title or a notification show. */
import type { DestinationChoice, Glance } from './glance.ts';
import { HOLDS, RESTS, type Hold, type HoldKind } from './problems.ts';

/** All accounts together. */
export interface Standing {
  /** Photos that still have to be sent, without those that rest with paused folders. */
  readonly unsentCount: number;
  /** What goes on at the accounts where nothing holds the sending; null: it is held at all of them. */
  readonly moving: Moving | null;
  /** Those that rest with paused folders. */
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
  /** Photos and files that are not sent: no picture, excluded, or left out by the owner. */
  readonly leftOutCount: number;
  /** What stops the sending: first what only the owner can end, then rests, then the others; of each the oldest. */
  readonly holds: readonly Hold[];
  /** What of it is at the account that is shown. */
  readonly shown: Trouble;
}

type Trouble = Pick<Standing, 'failureCount' | 'retryingCount' | 'holds'>;

/** What goes on where nothing holds it. */
export interface Moving {
  /** Of the unsent photos those at these accounts. */
  readonly unsentCount: number;
  /** Those of them that leave now. */
  readonly leavingCount: number;
  /** Photos that are there, with edits that the service does not know yet. */
  readonly editedCount: number;
}

type StandingGlance = Pick<
  Glance,
  | 'counts'
  | 'restingCount'
  | 'failureCount'
  | 'retryingCount'
  | 'leftOutCount'
  | 'holds'
  | 'waitingPaths'
  | 'editsWaiting'
>;

/** Adds up the glances at all accounts. @param glances first that at the account that is shown */
export function standingOf(glances: readonly StandingGlance[]): Standing {
  const sum = (of: (glance: StandingGlance) => number): number => sumOf(glances, of);
  const unsentCount = sum(unsentAt);
  return {
    unsentCount,
    moving: movingOf(glances.filter(({ holds }) => holds.length === 0)),
    restingCount: sum((glance) => glance.restingCount),
    onTheWayCount: unsentCount + sum(({ counts }) => counts.accepted),
    thereCount: sum(({ counts }) => counts.accepted + counts.indexed),
    indexedCount: sum(({ counts }) => counts.indexed),
    // Of the engine, not of an account: every glance tells the same.
    waitingPaths: Math.max(0, ...glances.map((glance) => glance.waitingPaths)),
    failureCount: sum((glance) => glance.failureCount),
    retryingCount: sum((glance) => glance.retryingCount),
    leftOutCount: sum((glance) => glance.leftOutCount),
    holds: inOrder(glances.flatMap(({ holds }) => holds)),
    shown: glances[0] ?? { failureCount: 0, retryingCount: 0, holds: [] },
  };
}

/** What one glance tells: what goes on at the account that is shown, and what needs the owner at any. */
export function standingAt(
  glance: StandingGlance & Pick<Glance, 'destinations' | 'destinationId'>,
): Standing {
  const standing = standingOf([glance]);
  const others = glance.destinations.filter(({ id }) => id !== glance.destinationId);
  return {
    ...standing,
    failureCount: others.reduce((sum, other) => sum + other.needYouCount, standing.failureCount),
    holds: inOrder([...standing.holds, ...others.flatMap(({ hold }) => hold ?? [])]),
  };
}

/** The place of the window that shows what failed: another account's is not shown, but named among the accounts. */
export function failuresPlace({ shown }: Pick<Standing, 'shown'>): 'failures' | 'account' {
  return needYouCount(shown) > 0 ? 'failures' : 'account';
}

/** The same for a hold. */
export function holdPlace({ shown }: Pick<Standing, 'shown'>, kind: HoldKind): 'queue' | 'account' {
  return shown.holds.some((hold) => hold.kind === kind) ? 'queue' : 'account';
}

function movingOf(free: readonly StandingGlance[]): Moving | null {
  if (free.length === 0) return null;
  return {
    unsentCount: sumOf(free, unsentAt),
    leavingCount: sumOf(free, ({ counts }) => counts.sending),
    editedCount: sumOf(free, ({ editsWaiting }) => editsWaiting.there),
  };
}

function sumOf(glances: readonly StandingGlance[], of: (glance: StandingGlance) => number): number {
  return glances.reduce((total, glance) => total + of(glance), 0);
}

function unsentAt({ counts, restingCount }: StandingGlance): number {
  return counts.found + counts.queued + counts.sending - restingCount;
}

/** Holds as they are told: see {@link Standing.holds}. */
export function inOrder(holds: readonly Hold[]): readonly Hold[] {
  return holds.toSorted((a, b) => rank(a) - rank(b) || a.since - b.since);
}

function rank(hold: Hold): number {
  if (needsOwner(hold)) return 0;
  return RESTS.has(hold.kind) ? 1 : 2;
}

/** Of the unsent photos those at accounts where something holds the sending. */
export function heldCountOf({ unsentCount, moving }: Pick<Standing, 'unsentCount' | 'moving'>): number {
  return unsentCount - (moving?.unsentCount ?? 0);
}

/** Whether only the owner can end it, and did not wish it: a pause is the owner's own. */
export function needsOwner({ kind }: Pick<Hold, 'kind'>): boolean {
  return HOLDS[kind].lifts === 'owner' && kind !== 'paused';
}

/** How many photos and files failed and are not tried again by themselves. */
export function needYouCount({
  failureCount,
  retryingCount,
}: Pick<Trouble, 'failureCount' | 'retryingCount'>): number {
  return failureCount - retryingCount;
}

/** How many things need the owner: photos that failed for good, and holds that nobody else can end. */
export function needCount({ holds, ...failures }: Trouble): number {
  return needYouCount(failures) + new Set(holds.filter(needsOwner).map(({ kind }) => kind)).size;
}

/** Whether something at an account needs the owner. */
export function accountNeedsOwner({
  hold,
  needYouCount: count,
}: Pick<DestinationChoice, 'hold' | 'needYouCount'>): boolean {
  return count > 0 || (hold !== null && needsOwner(hold));
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
