/** Ingest runs: an order of the owner to take folders in, how it stands, and what became of it. */
import type { Ingest } from './ingest/ingest.ts';
import type { DestinationLine } from './destination-line.ts';
import type { EngineParts } from './engine-parts.ts';
import type { Ledger } from './ledger/ledger.ts';
import { reportOf } from './run-report.ts';
import { withoutHome } from './without-home.ts';
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
  if (state.unreachable !== null) return [{ path: root, detail: withoutHome(state.unreachable) }];
  return state.unread.map(({ path, detail }) => ({
    path: path === '' ? root : `${root}/${path}`,
    detail: withoutHome(detail),
  }));
}
