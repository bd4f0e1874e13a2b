/** Everything that the frame of the window shows about one destination, from counts that are kept anyway. */
import type { EngineParts } from './engine-parts.ts';
import { explainHold, isSkip } from './explain.ts';
import type { Rate } from './glance-rate.ts';
import type { Destination } from './ledger/destinations.ts';
import { PRACTICE_BASE_URL } from './ledger/destinations.ts';
import type { Ledger } from './ledger/ledger.ts';
import { activityOf, openCount } from './progress.ts';
import { folderStatus } from './status.ts';
import type { DestinationChoice, Glance } from '#shared/glance.ts';
import type { PhotoState, StateCounts } from '#shared/photo.ts';
import type { Hold } from '#shared/problems.ts';
import { inOrder, needYouCount } from '#shared/standing.ts';

/** States in which tags wait for their photo, and go with it. */
const TRAVELLING: readonly PhotoState[] = ['found', 'queued', 'sending'];
/** States in which the service has the photo, and tags follow it. */
const THERE: readonly PhotoState[] = ['accepted', 'indexed'];

type GlanceParts = Pick<
  EngineParts,
  'ledger' | 'changes' | 'ingest' | 'diskRoom' | 'isAtWork' | 'notices' | 'openLines'
>;

/** @param rateOf how fast the destination's line sends now */
export function glanceAt(
  parts: GlanceParts,
  destination: Destination,
  rateOf: (counts: StateCounts) => Rate,
): Glance {
  const { ledger, ingest } = parts;
  const { id } = destination;
  // Read first: the answer shows at least what was there then.
  const asOf = parts.changes.asOf();
  const counts = ledger.counts.of(id);
  const holds = holdsAt(parts, id);
  const waitingPaths = ingest.waitingCount();
  const isRead = ingest.isIdle();
  const editsWaiting = editsWaitingAt(ledger, id);
  const rate = rateOf(counts);
  const restingCount = ledger.turns.restingCount(id);
  const isOver = isRead && openCount(counts) === 0 && editsWaiting.there === 0 && holds.length === 0;
  return {
    asOf,
    destinationId: id,
    destinations: ledger.destinations.all().map((one) => choiceOf(parts, one)),
    folders: foldersOf(parts, id),
    counts,
    restingCount,
    failureCount: counts.failed + problemCount(ledger, id),
    retryingCount: ledger.failures.retryingCount(id),
    holds,
    waitingPaths,
    activity: isOver
      ? 'up to date'
      : activityOf({ counts, holds, isRead, restingCount, waiting: waitingPaths }),
    bytesPerSecond: Math.round(rate.bytesPerSecond),
    secondsLeft: secondsLeft(counts.found + counts.queued + counts.sending - restingCount, rate),
    editsWaiting,
    editsNextAt: nextTryAt(holds),
    notices: parts.notices,
  };
}

function choiceOf(parts: GlanceParts, { id, baseUrl, userId, appId }: Destination): DestinationChoice {
  const { ledger } = parts;
  const counts = ledger.counts.of(id);
  const failureCount = counts.failed + problemCount(ledger, id);
  const [hold = null] = inOrder(holdsAt(parts, id));
  return {
    id,
    baseUrl,
    userId,
    appId,
    isPractice: baseUrl === PRACTICE_BASE_URL,
    photoCount: Object.values(counts).reduce((sum, count) => sum + count, 0),
    needYouCount: needYouCount({ failureCount, retryingCount: ledger.failures.retryingCount(id) }),
    hold,
  };
}

function holdsAt({ ledger, diskRoom }: GlanceParts, destinationId: number): readonly Hold[] {
  return diskRoom.withHold(destinationId, ledger.holds.of(destinationId)).map(explainHold);
}

function foldersOf({ ledger, isAtWork }: GlanceParts, destinationId: number): Glance['folders'] {
  const destinations = ledger.destinations.all();
  return ledger.folders
    .all()
    .filter((folder) => folder.destinationId === destinationId)
    .map((folder) => ({
      ...folderStatus(folder, destinations),
      id: folder.id,
      isAtWork: isAtWork(folder.id),
    }));
}

function problemCount(ledger: Ledger, destinationId: number): number {
  return ledger.counts
    .fileProblems(destinationId)
    .filter(({ reason }) => !isSkip(reason))
    .reduce((sum, { count }) => sum + count, 0);
}

function editsWaitingAt(ledger: Ledger, destinationId: number): Glance['editsWaiting'] {
  const waiting = ledger.counts.unsentTags(destinationId);
  const sumOf = (states: readonly PhotoState[]): number =>
    waiting.filter(({ state }) => states.includes(state)).reduce((sum, { count }) => sum + count, 0);
  return { there: sumOf(THERE), withPhoto: sumOf(TRAVELLING) };
}

/** At the present rate and with photos as large as those before. */
function secondsLeft(photoCount: number, { bytesPerSecond, bytesPerPhoto }: Rate): number | null {
  if (photoCount <= 0) return 0;
  if (bytesPerSecond <= 0 || bytesPerPhoto === null) return null;
  return Math.ceil((photoCount * bytesPerPhoto) / bytesPerSecond);
}

/** When the sending is tried again by itself; null when nothing holds it, or only the owner can end it. */
function nextTryAt(holds: readonly Hold[]): number | null {
  const times = holds.map(({ until }) => until).filter((until) => until !== null);
  return times.length < holds.length || times.length === 0 ? null : Math.max(...times);
}
