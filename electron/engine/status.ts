/** Reads of the whole ledger for people: the state of everything, and every failure. They need no running engine. */
import type { DiskRoom } from './disk-room.ts';
import { explainFailure, explainHold, isSkip } from './explain.ts';
import type { Destination } from './ledger/destinations.ts';
import type { Folder } from './ledger/folders.ts';
import type { HoldRow } from './ledger/holds.ts';
import type { Ledger } from './ledger/ledger.ts';
import { plainWords } from './without-home.ts';
import type { FolderStatus } from '#shared/destination.ts';
import type { EngineStatus } from '#shared/engine-api.ts';
import type { ReportedFailure } from '#shared/report.ts';

/** Folders and destinations, with counts and holds. `diskRoom`: of a running engine. */
export function statusOf(ledger: Ledger, diskRoom?: DiskRoom): EngineStatus {
  const holdsOf = (id: number): readonly HoldRow[] => {
    const rows = ledger.holds.of(id);
    return diskRoom === undefined ? rows : diskRoom.withHold(id, rows);
  };
  const destinations = ledger.destinations.all();
  return {
    folders: ledger.folders.all().map((folder) => folderStatus(folder, destinations)),
    destinations: destinations.map((destination) => ({
      ...namesOf(destination),
      counts: ledger.counts.of(destination.id),
      reasons: ledger.counts.reasons(destination.id),
      holds: holdsOf(destination.id).map(explainHold),
    })),
  };
}

/** A watched folder as it is shown. */
export function folderStatus(folder: Folder, destinations: readonly Destination[]): FolderStatus {
  return {
    path: folder.path,
    destination: namesOf(destinations.find((one) => one.id === folder.destinationId)),
    mode: folder.watchMode,
    reason: plainWords(folder.watchReason),
    health: folder.health,
    detail: plainWords(folder.healthDetail),
  };
}

/** Every failed photo, and every file that could not become one. */
export function failuresOf(ledger: Ledger): ReportedFailure[] {
  const folderIds = ledger.folders.all().map((folder) => folder.id);
  const photos = ledger.destinations
    .all()
    .flatMap(({ id }) => ledger.reports.photoProblems({ folderIds, destinationId: id, since: 0 }, 'failed'));
  const files = ledger.reports
    .fileProblems({ folderIds, destinationId: 0, since: 0 })
    .filter((problem) => !isSkip(problem.reason));
  return [...photos, ...files].map(explainFailure);
}

function namesOf(destination: { baseUrl: string; userId: string; appId: string } | undefined) {
  if (destination === undefined) return { baseUrl: '', userId: '', appId: '' };
  const { baseUrl, userId, appId } = destination;
  return { baseUrl, userId, appId };
}
