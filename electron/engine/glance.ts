/** Everything that the frame of the window shows about one destination, from counts that are kept anyway. */
import type { EngineParts } from './engine-parts.ts';
import { explainHold, isSkip } from './explain.ts';
import type { Destination } from './ledger/destinations.ts';
import { PRACTICE_BASE_URL } from './ledger/destinations.ts';
import type { Ledger } from './ledger/ledger.ts';
import { activityOf, openCount } from './progress.ts';
import { folderStatus } from './status.ts';
import { secondsLeft } from './time-left.ts';
import { stopsRequests } from './upload/hold-rules.ts';
import type { DestinationChoice, Glance } from '#shared/glance.ts';
import type { PhotoState } from '#shared/photo.ts';
import type { Hold } from '#shared/problems.ts';

/** States in which tags wait for their photo, and go with it. */
const TRAVELLING: readonly PhotoState[] = ['found', 'queued', 'sending'];
/** States in which the service has the photo, and tags follow it. */
const THERE: readonly PhotoState[] = ['accepted', 'indexed'];

type GlanceParts = Pick<
  EngineParts,
  'ledger' | 'changes' | 'ingest' | 'diskRoom' | 'isAtWork' | 'notices' | 'openLines' | 'steering'
>;

/** The frame's view of one destination at this moment. */
export function glanceAt(parts: GlanceParts, destination: Destination): Glance {
  const { ledger, ingest } = parts;
  const { id } = destination;
  // Read first: the answer shows at least what was there then.
  const asOf = parts.changes.asOf();
  const counts = ledger.counts.of(id);
  const holds = parts.diskRoom.withHold(id, ledger.holds.of(id)).map(explainHold);
  const waitingPaths = ingest.waitingCount();
  const isRead = ingest.isIdle();
  const editsWaiting = editsWaitingAt(ledger, id);
  const line = parts.openLines().find((one) => one.destination.id === id);
  const isHeld = holds.some(({ kind }) => stopsRequests(kind));
  const restingCount = ledger.turns.restingCount(id);
  const problems = problemCounts(ledger, id);
  const isOver = isRead && openCount(counts) === 0 && editsWaiting.there === 0 && holds.length === 0;
  return {
    asOf,
    destinationId: id,
    destinations: ledger.destinations.all().map((one) => choiceOf(ledger, one)),
    folders: foldersOf(parts, id),
    counts,
    restingCount,
    failureCount: counts.failed + problems.failedCount,
    leftOutCount: counts.skipped + problems.leftOutCount,
    retryingCount: ledger.failures.retryingCount(id),
    holds,
    waitingPaths,
    activity: isOver
      ? 'up to date'
      : activityOf({ counts, holds, isRead, restingCount, waiting: waitingPaths }),
    bytesPerSecond: Math.round(line?.uploader.traffic.rate().bytesPerSecond ?? 0),
    secondsLeft: isHeld ? null : secondsLeft(parts, id),
    editsWaiting,
    editsNextAt: nextTryAt(holds),
    notices: parts.notices,
  };
}

function choiceOf(ledger: Ledger, { id, baseUrl, userId, appId }: Destination): DestinationChoice {
  const photoCount = Object.values(ledger.counts.of(id)).reduce((sum, count) => sum + count, 0);
  return { id, baseUrl, userId, appId, isPractice: baseUrl === PRACTICE_BASE_URL, photoCount };
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

/** Files that are no photos: those that failed, and those that are left out. */
function problemCounts(
  ledger: Ledger,
  destinationId: number,
): { readonly failedCount: number; readonly leftOutCount: number } {
  const found = { failedCount: 0, leftOutCount: 0 };
  for (const { reason, count } of ledger.counts.fileProblems(destinationId))
    found[isSkip(reason) ? 'leftOutCount' : 'failedCount'] += count;
  return found;
}

function editsWaitingAt(ledger: Ledger, destinationId: number): Glance['editsWaiting'] {
  const waiting = ledger.counts.unsentTags(destinationId);
  const sumOf = (states: readonly PhotoState[]): number =>
    waiting.filter(({ state }) => states.includes(state)).reduce((sum, { count }) => sum + count, 0);
  return { there: sumOf(THERE), withPhoto: sumOf(TRAVELLING) };
}

/** When the sending is tried again by itself; null when nothing holds it, or only the owner can end it. */
function nextTryAt(holds: readonly Hold[]): number | null {
  const times = holds.map(({ until }) => until).filter((until) => until !== null);
  return times.length < holds.length || times.length === 0 ? null : Math.max(...times);
}
