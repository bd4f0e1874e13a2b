/** Ingest runs: an order of the owner to take folders in, how it stands, and what became of it. */
import { relative, sep } from 'node:path';
import { editTags } from './edits/tag-edits.ts';
import type { Ingest } from './ingest/ingest.ts';
import type { DestinationLine } from './destination-line.ts';
import type { EngineParts } from './engine-parts.ts';
import type { Destination } from './ledger/destinations.ts';
import type { Folder } from './ledger/folders.ts';
import type { Ledger } from './ledger/ledger.ts';
import type { TagValue } from './ledger/tags.ts';
import { restartFailed } from './retry.ts';
import { reportOf } from './run-report.ts';
import type { IngestOrder } from '#shared/engine-api.ts';
import type { FailureCause } from '#shared/problems.ts';
import type { IngestReport } from '#shared/report.ts';

/** One order that was given. */
export interface Run {
  readonly folderIds: readonly number[];
  readonly line: DestinationLine | null;
  readonly destinationId: number;
  /** UTC ms. */
  readonly since: number;
  readonly requestsBefore: number;
  readonly bytesBefore: number;
  /** Whether its own photos are all final, when that was last looked up. */
  scope: { readonly checkedAt: number; readonly isFinal: boolean };
}

/**
 * Writes an order into the ledger: folders, their choices, and the edit that tags what they hold and what will come.
 *
 * @returns the folders of the order, those watched inside them included
 */
export function recordOrder(
  ledger: Ledger,
  order: IngestOrder,
  destination: Destination,
  at: number,
): readonly number[] {
  return ledger.transaction(() => {
    const folders = order.folders.map((path) => addFolder(ledger, path, destination.id, at));
    for (const folder of folders) {
      if (folder.sends === 'original' && order.sends === 'rendition') sendCopies(ledger, folder, at);
      ledger.folders.choose(folder.id, {
        ...(order.sends === undefined ? {} : { sends: order.sends }),
        ...(order.exclude === undefined ? {} : { excludeGlobs: order.exclude }),
        ...(order.metadata === undefined ? {} : { metadata: order.metadata }),
      });
    }
    const folderIds = ledger.folders
      .all()
      .filter((folder) => folders.some((named) => isSameOrInside(folder.path, named.path)))
      .map((folder) => folder.id);
    tagFolders(ledger, order, folderIds, at);
    return folderIds;
  });
}

/** Watches a folder; one inside a watched folder takes over the files below it. */
function addFolder(ledger: Ledger, path: string, destinationId: number, at: number): Folder {
  const known = ledger.folders.byPath(path);
  const folder = ledger.folders.add(path, destinationId, at);
  if (known === undefined) {
    const parent = ledger.folders
      .all()
      .filter((other) => other.id !== folder.id && isSameOrInside(path, other.path))
      .sort((a, b) => b.path.length - a.path.length)[0];
    if (parent !== undefined) {
      ledger.files.moveBelow(parent.id, relative(parent.path, path).split(sep).join('/'), folder.id);
    }
  }
  // Half a second for 100,000 photos: only where they may be missing.
  if (known?.destinationId !== destinationId) ledger.folders.bringPhotos(folder.id, at);
  return folder;
}

/** What could not go as it is: a copy may. */
const WANT_COPIES: readonly string[] = ['too-large', 'format-not-accepted'] satisfies FailureCause[];

/** The folder's photos that failed as the files they are, are tried again as copies. */
function sendCopies(ledger: Ledger, { id, destinationId }: Folder, at: number): void {
  const photoIds = new Set(ledger.files.photosIn([id]));
  for (const cause of WANT_COPIES) {
    for (const { photoId } of ledger.workLists.failed(destinationId, cause)) {
      if (photoIds.has(photoId)) restartFailed(ledger, photoId, destinationId, at);
    }
  }
}

function tagFolders(ledger: Ledger, order: IngestOrder, folderIds: readonly number[], at: number): void {
  const wishes = [
    ...order.concepts.map((name) => ({ name, value: 1 as TagValue })),
    ...order.notConcepts.map((name) => ({ name, value: 0 as TagValue })),
  ];
  const changes = wishes.map(({ name, value }) => ({
    conceptId: ledger.concepts.ensure(name, at).id,
    value,
  }));
  const label = wishes.map(({ name, value }) => (value === 1 ? name : `not ${name}`)).join(', ');
  const editId =
    changes.length === 0 ? null : editTags(ledger, { label, at }, ledger.files.photosIn(folderIds), changes);
  for (const id of folderIds) ledger.folders.setTags(id, changes, editId);
}

function isSameOrInside(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder.endsWith(sep) ? folder : folder + sep);
}

/** What became of a run's photos. */
export function reportRun(
  { ledger, ingest, notices }: Pick<EngineParts, 'ledger' | 'ingest' | 'notices'>,
  run: Run,
  now: number,
): IngestReport {
  const { line } = run;
  return reportOf(ledger, run, {
    requests: (line?.requestCount() ?? 0) - run.requestsBefore,
    bytesSent: (line?.uploader.stats().bytesSent ?? 0) - run.bytesBefore,
    seconds: (now - run.since) / 1000,
    waiting: ingest.waitingCount(),
    unreadable: run.folderIds.flatMap((id) => unreadOf(ledger, ingest, id)),
    notices,
    tagsPending: line?.tagSync.pendingCount() ?? 0,
    tagsRefused: line?.tagSync.refused().size ?? 0,
  });
}

function unreadOf(ledger: Ledger, ingest: Ingest, folderId: number): IngestReport['unreadable'] {
  const state = ingest.scanState(folderId);
  const root = ledger.folders.byId(folderId)?.path ?? '';
  if (state === undefined) return [];
  if (state.unreachable !== null) return [{ path: root, detail: state.unreachable }];
  return state.unread.map(({ path, detail }) => ({ path: path === '' ? root : `${root}/${path}`, detail }));
}
