/**
 * The engine: builds the parts, wires them, starts and stops them. It has never heard of Electron; whatever it needs
 * of the outside it gets from its host.
 */
import { realpathSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { tagArrival, tagRead } from './arrivals.ts';
import { createLimiters } from './clarifai/limiter.ts';
import { openLine } from './destination-line.ts';
import { createLines } from './destination-lines.ts';
import { createDiskRoom } from './disk-room.ts';
import type { Changes } from './changes.ts';
import { createEngineApi } from './engine-api.ts';
import type { EngineParts } from './engine-parts.ts';
import type { EngineHost } from './host.ts';
import { createSpool } from './imaging/spool.ts';
import { fileSystemOf } from './ingest/file-system.ts';
import { createIngest, type IngestSettings } from './ingest/ingest.ts';
import { beginRun, endRun } from './ledger/check.ts';
import type { Destination } from './ledger/destinations.ts';
import { openLedger, type Ledger } from './ledger/ledger.ts';
import { ownDataFolder } from './own-data-folder.ts';
import { createSteering } from './steering.ts';
import { createShowing } from './showing.ts';
import { openPictureStore } from './picture-store.ts';
import type { UploaderSettings } from './upload/uploader-options.ts';
import { checkInWorker, releaseOrphans } from './tidy-start.ts';
import { createWorkerPool } from './workers/pool.ts';
import type { EngineApi } from '#shared/engine-api.ts';

/** Name of the ledger file in a data folder. */
export const LEDGER_FILE = 'ledger.db';
/** Most bytes of renditions that wait to be sent. */
const SPOOL_BYTES = 512_000_000;

/** How an engine runs. */
export interface EngineOptions {
  /** Watch the folders after their first scan. Default true. */
  readonly watches?: boolean;
  /** Take all folders of the ledger up at the start; else only those that are ordered. Default true. */
  readonly resumesAll?: boolean;
  /** Send anything at all. Default true; a dry run does not. */
  readonly sends?: boolean;
  /** Worker processes. Default: one per core. */
  readonly workerCount?: number;
  /** Longest silence of a worker, in ms, by kind of its job. Defaults: the pool's. */
  readonly workerTimeLimitMs?: Readonly<Record<string, number>>;
  readonly upload?: UploaderSettings;
  readonly ingest?: IngestSettings;
  /** Finds out what the data folder lies on. Default: asks the system. */
  readonly fileSystemOf?: typeof fileSystemOf;
}

/** A running engine. */
export interface Engine {
  readonly api: EngineApi;
  readonly ledger: Ledger;
  readonly changes: Changes;
  /** Ends everything in order; what is on its way is left in the ledger for the next start. */
  stop(): Promise<void>;
}

/**
 * Starts the engine on its host's data folder.
 *
 * @throws DataFolderOwnedError, DataFolderOnNetworkError, LedgerDamagedError, LedgerLockedError, LedgerFromFutureError
 */
export async function startEngine(host: EngineHost, options: EngineOptions = {}): Promise<Engine> {
  const ownership = await ownDataFolder(host.dataFolder, options.fileSystemOf ?? fileSystemOf);
  const stops: (() => Promise<void> | void)[] = [() => ownership.release()];
  const stop = async (): Promise<void> => {
    for (const end of stops.splice(0).toReversed()) await end();
  };
  try {
    const parts = await build(host, options, (end) => stops.push(end));
    const { ledger, changes } = parts;
    return { api: createEngineApi(parts), ledger, changes, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function build(
  host: EngineHost,
  options: EngineOptions,
  onStop: (end: () => Promise<void> | void) => void,
): Promise<EngineParts> {
  const { clock, log } = host;
  const dataFolder = realpathSync(host.dataFolder);
  const ledgerPath = join(dataFolder, LEDGER_FILE);
  const ledger = openLedger(ledgerPath);
  onStop(() => ledger.close());
  const showing = createShowing(ledger, ledgerPath, host);
  const { changes } = showing;
  onStop(() => showing.stop());
  const isCheckDue = beginRun(ledger, clock.now());
  onStop(() => endRun(ledger));
  const pool = createWorkerPool({
    startWorker: () => host.startWorker(),
    size: options.workerCount ?? availableParallelism(),
    ...(options.workerTimeLimitMs === undefined ? {} : { timeLimitMs: options.workerTimeLimitMs }),
    log,
  });
  onStop(() => pool.stop());
  const notices: string[] = [];
  if (isCheckDue) {
    void checkInWorker({ ledger, ledgerPath, pool, host, notices }).then(() => {
      if (notices.length > 0) changes.note('notices');
    });
  }
  const spool = await createSpool({ folder: join(dataFolder, 'spool'), limitBytes: SPOOL_BYTES });
  await releaseOrphans(ledger, spool);
  const pictures = await openPictureStore(dataFolder, { ledger, pool, host });

  const limiterOf = createLimiters(clock);
  const lines = createLines(async (destination) => {
    const line = await openLine({
      ledger,
      host,
      destination,
      limiterOf,
      pool,
      spool,
      settings: options.upload ?? {},
      steering,
      onChange: () => undefined,
    });
    steering.join(line);
    return line;
  });
  const diskRoom = createDiskRoom({ lines: () => lines.opened(), clock, log });
  const steering = createSteering({ ledger, changes, spool, lines: () => lines.opened(), diskRoom, host });
  onStop(() => steering.stop());
  const active = new Set<number>();
  const ingest = createIngest({
    ledger,
    ledgerPath,
    thumbnailFolder: pictures.folder,
    leftOut: [dataFolder],
    pool,
    clock,
    log,
    activeFolders: () => ledger.folders.all().filter((folder) => active.has(folder.id)),
    onArrival: (folder, photoId) => {
      if (!tagArrival(ledger, folder, photoId, clock.now())) return;
      // The photo may be on an account already: then its tags have to follow.
      for (const line of lines.opened()) line.tagSync.wake();
    },
    onKeywords: (photoId) => {
      if (!tagRead(ledger, photoId, clock.now())) return;
      for (const line of lines.opened()) line.tagSync.wake();
    },
    onQueued: () => {
      for (const line of lines.opened()) line.uploader.wake();
    },
    onThumbnails: (bytes) => pictures.added(bytes),
    onDiskFull: (detail) => diskRoom.full(detail),
    onRoom: () => diskRoom.hasRoom(),
    watches: options.watches !== false,
    ...(options.ingest === undefined ? {} : { settings: options.ingest }),
  });
  onStop(() => ingest.stop());
  onStop(() => lines.stop());

  const lineOf = async (destination: Destination) => (options.sends === false ? null : lines.of(destination));
  const takeUp = async (folderIds: readonly number[]): Promise<readonly number[]> => {
    const known = folderIds.filter((id) => active.has(id));
    for (const id of folderIds) active.add(id);
    await ingest.foldersChanged();
    return options.watches === false ? known : folderIds;
  };
  if (options.resumesAll !== false) {
    for (const destination of ledger.destinations.all()) await lineOf(destination);
    await takeUp(ledger.folders.all().map((folder) => folder.id));
  }
  const isAtWork = (folderId: number): boolean => active.has(folderId);
  const openLines = () => lines.opened();
  const watches = options.watches !== false;
  // Nobody could tell before: keychains ask their owners, and folders of networks that are gone take their time.
  steering.awaitHost();
  return {
    host,
    ledger,
    ledgerPath,
    changes,
    pool,
    spool,
    ingest,
    notices,
    diskRoom,
    steering,
    thumbnails: pictures.onDemand,
    sheets: showing.sheets,
    keywords: showing.keywords,
    care: showing.care,
    watches,
    isAtWork,
    lineOf,
    openLines,
    takeUp,
  };
}
