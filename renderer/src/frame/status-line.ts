/** What the status strip says: one honest sentence for the chosen destination. */
import { holdSentence, statusWords } from '../text/frame.ts';
import type { Glance } from '#shared/glance.ts';
import { HOLDS, type Hold } from '#shared/problems.ts';
import { needYouCount } from '#shared/standing.ts';

/** One piece of the strip. `alert`: only the owner can help; `wait`: it ends by itself. */
export interface StatusPart {
  readonly tone: 'quiet' | 'wait' | 'alert';
  readonly text: string;
  /** Where more is told about it. */
  readonly place: 'queue' | 'failures';
}

type StatusGlance = Pick<
  Glance,
  | 'counts'
  | 'restingCount'
  | 'holds'
  | 'failureCount'
  | 'retryingCount'
  | 'leftOutCount'
  | 'waitingPaths'
  | 'bytesPerSecond'
  | 'secondsLeft'
  | 'editsWaiting'
  | 'editsNextAt'
>;

/** Photos that are on their way to the destination. */
export function onTheWayCount({ found, queued, sending, accepted }: Glance['counts']): number {
  return found + queued + sending + accepted;
}

/** All photos at the destination, whatever their state. */
export function photoCount(counts: Glance['counts']): number {
  return Object.values(counts).reduce((sum, count) => sum + count, 0);
}

/** The hold that is told: one that only the owner can end before one that ends by itself, then the oldest. */
export function mainHold(holds: readonly Hold[]): Hold | null {
  const [first] = [...holds].sort(
    (a, b) =>
      Number(HOLDS[a.kind].lifts === 'itself') - Number(HOLDS[b.kind].lifts === 'itself') ||
      a.since - b.since,
  );
  return first ?? null;
}

/** The sentence, in parts. @param now UTC ms */
export function statusParts(glance: StatusGlance, now: number): readonly StatusPart[] {
  const hold = mainHold(glance.holds);
  const parts = hold === null ? movingParts(glance, now) : [heldPart(glance, hold, now)];
  const { retryingCount } = glance;
  const needCount = needYouCount(glance);
  if (retryingCount > 0)
    parts.push({ tone: 'wait', text: statusWords.retrying(retryingCount), place: 'failures' });
  if (needCount > 0) parts.push({ tone: 'alert', text: statusWords.needYou(needCount), place: 'failures' });
  return parts;
}

/** One hold: what, since when, what waits, what ends it. */
export function heldPart(
  glance: Pick<StatusGlance, 'counts' | 'editsWaiting'>,
  hold: Hold,
  now: number,
): StatusPart {
  const { there, withPhoto } = glance.editsWaiting;
  const { found, queued, sending } = glance.counts;
  const waiting = { editCount: there + withPhoto, photoCount: found + queued + sending };
  // A pause is the owner's own wish: it needs no red.
  const isOwners = HOLDS[hold.kind].lifts === 'owner' && hold.kind !== 'paused';
  return { tone: isOwners ? 'alert' : 'wait', text: holdSentence(hold, waiting, now), place: 'queue' };
}

function movingParts(glance: StatusGlance, now: number): StatusPart[] {
  const { counts, restingCount, waitingPaths, bytesPerSecond, secondsLeft, editsWaiting, editsNextAt } =
    glance;
  const { failureCount, leftOutCount } = glance;
  const onTheWay = onTheWayCount(counts) - restingCount;
  const texts: string[] = [];
  if (counts.indexed > 0) texts.push(statusWords.indexed(counts.indexed));
  if (waitingPaths > 0) texts.push(statusWords.looking(waitingPaths));
  if (onTheWay > 0) {
    const pace = [
      ...(bytesPerSecond > 0 ? [statusWords.rate(bytesPerSecond)] : []),
      ...(secondsLeft !== null && secondsLeft > 0 ? [statusWords.left(secondsLeft)] : []),
    ];
    texts.push([statusWords.onTheWay(onTheWay), ...pace].join(', '));
  }
  if (restingCount > 0) texts.push(statusWords.resting(restingCount));
  if (editsWaiting.there > 0) texts.push(statusWords.edits(editsWaiting.there, editsNextAt, now));
  if (counts.deleting > 0) texts.push(statusWords.deleting(counts.deleting));
  const isQuiet = onTheWay + restingCount + waitingPaths + editsWaiting.there + counts.deleting === 0;
  if (texts.length === 0 && failureCount + leftOutCount === 0) texts.push(statusWords.empty);
  else if (isQuiet && counts.indexed > 0 && failureCount === 0)
    texts.push(leftOutCount === 0 ? statusWords.upToDate : statusWords.restUpToDate);
  const parts = texts.map((text): StatusPart => ({ tone: 'quiet', text, place: 'queue' }));
  // While something moves there is enough to say.
  if (isQuiet && leftOutCount > 0)
    parts.push({ tone: 'quiet', text: statusWords.leftOut(leftOutCount), place: 'failures' });
  return parts;
}
