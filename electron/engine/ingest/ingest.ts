/**
 * Disk → ledger: watches the folders, scans them, lets paths settle, looks at them, and decodes what is new. It calls
 * the ledger; nothing listens to make the next step happen.
 */
import type { Clock } from '../clock.ts';
import type { Folder } from '../ledger/folders.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { Log } from '../log.ts';
import type { WorkerPool } from '../workers/pool.ts';
import { createDecodeLane } from './decode-found.ts';
import { createIntake, type Intake, type IntakeSettings } from './intake.ts';
import type { LookParts } from './look.ts';
import { createLostPhotos, takeBack } from './lost-photos.ts';
import { createPlaces } from './places.ts';
import { createScans, type EndedScan, type Scans, type ScanState } from './scans.ts';
import { createWatching, type Watching, type WatchSettings } from './watching.ts';

/** How ingest goes about it; the defaults are the product's. */
export interface IngestSettings extends IntakeSettings, WatchSettings {}

/** What ingest works with. */
export interface IngestParts {
  readonly ledger: Ledger;
  /** Absolute path of the ledger file, for workers that read it. */
  readonly ledgerPath: string;
  /** Folder of the thumbnail files. */
  readonly thumbnailFolder: string;
  readonly pool: WorkerPool;
  readonly clock: Clock;
  readonly log: Log;
  /** Absolute paths that never count, whatever folder they lie in: the program's own. */
  readonly leftOut: readonly string[];
  /** The folders to scan and watch; the others of the ledger are left alone. */
  readonly activeFolders: () => readonly Folder[];
  /** Called in the transaction in which a photo comes to a folder; it may tag it. */
  readonly onArrival: (folder: Folder, photoId: number) => void;
  /** Called in the transaction in which a file that carries keywords was read; it may tag the photo. */
  readonly onKeywords: (photoId: number) => void;
  /** A photo can be sent. */
  readonly onQueued: () => void;
  readonly onThumbnails: (bytes: number) => void;
  /** Nothing can be written until there is room; nothing is lost, and it is tried again. */
  readonly onDiskFull: (detail: string) => void;
  /** Something was written: there is room. */
  readonly onRoom: () => void;
  /** Whether to watch after the first scan. Default true; a one-shot command scans only. */
  readonly watches?: boolean;
  readonly settings?: IngestSettings;
}

export interface Ingest {
  /** The watched folders in the ledger have changed: scans what is new, watches what is wanted. */
  foldersChanged(): Promise<void>;
  /** Scans a folder now (again). */
  scan(folderId: number, reason: string): void;
  /** Photos may have come to state found (a retry): decode them. */
  wake(): void;
  /** Nothing is being scanned, settled, read or decoded. */
  isIdle(): boolean;
  /** Paths that are not looked at yet: still changing, waiting, or being read. */
  waitingCount(): number;
  isScanning(folderId: number): boolean;
  /** When the system last told of a change in a folder, since the start; null: not yet. UTC ms. */
  lastEventAt(folderId: number): number | null;
  /** How the last scan of a folder went. */
  scanState(folderId: number): ScanState | undefined;
  stop(): Promise<void>;
}

/** Starts with no folder; call `foldersChanged`. */
export function createIngest(parts: IngestParts): Ingest {
  const { ledger, clock, log, onDiskFull } = parts;
  const { onArrival, onKeywords, onQueued } = parts;
  const look: LookParts = { ledger, now: () => clock.now(), onArrival, onKeywords, onQueued };
  const places = createPlaces(parts.leftOut);
  const lost = createLostPhotos({
    look,
    clock,
    log,
    isQuiet: () => intake.waitingCount() === 0 && !scans.isBusy(),
  });
  const decode = createDecodeLane({
    ...parts,
    look,
    onThumbnails(bytes) {
      parts.onRoom();
      parts.onThumbnails(bytes);
    },
    onUnreachable: (folderId) => scans.request(folderId, 'watcher', null),
  });
  const intake: Intake = createIntake({
    ...parts,
    look,
    places,
    settings: parts.settings ?? {},
    wantScan: (folderId, reason, below) => scans.request(folderId, reason, below),
    trustsBlocks: (folderId) => scans.trustsBlocks(folderId),
    onWritten(lostPhotoIds) {
      parts.onRoom();
      lost.add(lostPhotoIds);
      lost.settle();
      decode.wake();
    },
  });
  const scans: Scans = createScans({
    parts: {
      ...parts,
      look,
      see: (path, stamp) => intake.see(path, stamp),
      isOnItsWay: (path) => intake.isOnItsWay(path),
    },
    folderOf: (id) => (places.has(id) ? ledger.folders.byId(id) : undefined),
    allFolders: () => ledger.folders.all(),
    leftOut: parts.leftOut,
    onStart: (folderId, reason) => watching.scanBegins(folderId, reason),
    onDone: scanEnded,
    onDiskFull,
  });
  const watching: Watching = createWatching({
    ...parts,
    places,
    scans,
    hinted: (path) => intake.hinted(path),
    watches: parts.watches !== false,
    settings: parts.settings ?? {},
  });

  function scanEnded(ended: EndedScan): void {
    const { scanned, folder, isWhole, reason } = ended;
    if (scanned.kind === 'scanned') {
      lost.add(scanned.lostPhotoIds);
      // All that the ledger calls present in this folder was just seen there.
      const isBack = reason === 'returned' || folder.health === 'unreachable';
      const recalled = isBack ? ledger.uploads.recall(folder.id) : 0;
      if ((isWhole && takeBack(look, folder.id) > 0) || recalled > 0) parts.onQueued();
      decode.returned();
    }
    watching.scanEnded(ended);
    intake.relieve();
    lost.settle();
  }

  return {
    async foldersChanged() {
      const wanted = parts.activeFolders();
      const fresh = wanted.filter((folder) => !places.has(folder.id));
      places.set(wanted, ledger.folders.all());
      intake.forgetStrangers();
      lost.settle();
      await watching.setFolders(wanted, fresh);
      decode.wake();
    },
    scan: (folderId, reason) => scans.request(folderId, reason, null),
    wake: () => decode.wake(),
    isIdle: () =>
      !scans.isBusy() && intake.waitingCount() === 0 && decode.busyCount() === 0 && lost.count() === 0,
    waitingCount: () => intake.waitingCount(),
    isScanning: (folderId) => scans.isRunning(folderId),
    lastEventAt: (folderId) => watching.lastEventAt(folderId),
    scanState: (folderId) => scans.stateOf(folderId),
    async stop() {
      await watching.stop();
      await scans.stop();
      await intake.stop();
      await lost.stop();
      await decode.stop();
    },
  };
}
