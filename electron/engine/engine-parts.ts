import type { CareThreads } from './care/care-threads.ts';
import type { Changes } from './changes.ts';
import type { DestinationLine } from './destination-line.ts';
import type { DiskRoom } from './disk-room.ts';
import type { KeywordReader } from './edits/keyword-reader.ts';
import type { EngineHost } from './host.ts';
import type { Spool } from './imaging/spool.ts';
import type { Ingest } from './ingest/ingest.ts';
import type { Destination } from './ledger/destinations.ts';
import type { Ledger } from './ledger/ledger.ts';
import type { SteeringDesk } from './steering.ts';
import type { Sheets } from './sheets/sheets.ts';
import type { ThumbnailsOnDemand } from './thumbnails-on-demand.ts';
import type { WorkerPool } from './workers/pool.ts';

/** What the parts of a running engine share. */
export interface EngineParts {
  readonly host: EngineHost;
  readonly ledger: Ledger;
  /** Absolute path of the ledger file, for connections beside the engine's own. */
  readonly ledgerPath: string;
  readonly changes: Changes;
  readonly pool: WorkerPool;
  /** Renditions that wait for sending. */
  readonly spool: Spool;
  readonly ingest: Ingest;
  /** What the owner has to know about the program itself, in sentences. */
  readonly notices: readonly string[];
  readonly diskRoom: DiskRoom;
  readonly steering: SteeringDesk;
  readonly thumbnails: ThumbnailsOnDemand;
  readonly sheets: Sheets;
  readonly keywords: KeywordReader;
  readonly care: CareThreads;
  /** Whether folders are watched after their first scan. */
  readonly watches: boolean;
  /** The line of a destination, opened when it is first needed; null in a dry run. */
  lineOf(destination: Destination): Promise<DestinationLine | null>;
  openLines(): readonly DestinationLine[];
  /** Whether a folder is taken up already. */
  isAtWork(folderId: number): boolean;
  /**
   * Takes folders up: scans them, and watches them if this engine watches. Answers with those that were taken up
   * before, or whose watch may not come about: their scan has to be asked for.
   */
  takeUp(folderIds: readonly number[]): Promise<readonly number[]>;
}
