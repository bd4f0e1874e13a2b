/** The contract between the engine and whoever speaks with it: a command, the socket of a data folder, the page. */
import type { Remote } from './calls.ts';
import type { CareCalls } from './care.ts';
import type { DesktopCalls } from './desktop.ts';
import type { DestinationNames, FolderStatus } from './destination.ts';
import type { FailureCalls } from './failures.ts';
import type { FolderCalls } from './folders.ts';
import type { GlanceCalls } from './glance.ts';
import type { Hold } from './problems.ts';
import type { StateCounts } from './photo.ts';
import type { QueueCalls } from './queue.ts';
import type { IngestReport, ReportedFailure } from './report.ts';
import type { SendingCalls } from './sending.ts';
import type { SheetCalls } from './sheet.ts';
import type { TaggingCalls } from './tagging.ts';
import type { CachedSize } from './thumbnail-names.ts';

/** What is to be taken in. */
export interface IngestOrder {
  /** Absolute paths. */
  readonly folders: readonly string[];
  /** Where the photos go; null: the practice account. */
  readonly destination: DestinationNames | null;
  /** Names of concepts that every photo of the folders has. */
  readonly concepts: readonly string[];
  /** Names of concepts that every photo of the folders is marked as not having. */
  readonly notConcepts: readonly string[];
  /** JSON object that travels with each input; null: none; absent: as it was. */
  readonly metadata?: Readonly<Record<string, unknown>> | null;
  /** What is sent; absent: as it was, at first a sized copy. */
  readonly sends?: 'rendition' | 'original';
  /** Globs to leave out; absent: as it was. */
  readonly exclude?: readonly string[];
}

/** How an ingest stands. */
export interface IngestProgress {
  /** `done`: all final. `owner`: only the owner can help. */
  readonly state: 'working' | 'done' | 'owner';
  /** What is happening, in a few words. */
  readonly activity: string;
  /** Photos at the destination by state, those of other folders included. */
  readonly counts: StateCounts;
  /** Paths found and not looked at yet. */
  readonly waiting: number;
  /** Bytes of bodies sent since the order. */
  readonly bytesSent: number;
  readonly holds: readonly Hold[];
}

/** A destination as it is shown. */
export interface DestinationStatus extends DestinationNames {
  readonly counts: StateCounts;
  readonly reasons: readonly { readonly state: string; readonly reason: string; readonly count: number }[];
  readonly holds: readonly Hold[];
}

/** Everything at a glance. */
export interface EngineStatus {
  readonly folders: readonly FolderStatus[];
  readonly destinations: readonly DestinationStatus[];
}

/** A thumbnail's or preview's file: its absolute path, or why there is none. */
export type ThumbnailAnswer =
  | { readonly path: string; readonly detail: null }
  | { readonly path: null; readonly detail: string };

/** Calls about taking in and sending. */
export interface IngestCalls {
  /**
   * Takes folders in. Answers with the number to ask about, and whether this engine goes on watching them: that of a
   * command that ends does not.
   */
  startIngest(order: IngestOrder): { readonly runId: number; readonly watches: boolean };
  ingestProgress(run: { readonly runId: number }): IngestProgress;
  /** How everything stands, at all destinations together. */
  overallProgress(nothing: Record<string, never>): IngestProgress;
  ingestReport(run: { readonly runId: number }): IngestReport;
  status(nothing: Record<string, never>): EngineStatus;
  failures(nothing: Record<string, never>): readonly ReportedFailure[];
  /** The file of a photo's picture, see thumbnail-names for the sizes (WebP, upright); made when it is missing. */
  thumbnail(which: { readonly photoId: number; readonly size: CachedSize }): ThumbnailAnswer;
}

/** Every call: what it takes and what it answers. */
export interface EngineCalls
  extends
    IngestCalls,
    SheetCalls,
    TaggingCalls,
    GlanceCalls,
    FailureCalls,
    CareCalls,
    DesktopCalls,
    QueueCalls,
    SendingCalls,
    FolderCalls {}
export type EngineCall = keyof EngineCalls;

/** The contract as it is offered to others: every call asynchronous. */
export type EngineApi = Remote<EngineCalls>;

const ENGINE_CALL_TABLE = {
  startIngest: true,
  ingestProgress: true,
  overallProgress: true,
  ingestReport: true,
  status: true,
  failures: true,
  thumbnail: true,
  sheet: true,
  sheetRows: true,
  sheetIds: true,
  sheetPlace: true,
  facets: true,
  rowsOf: true,
  photo: true,
  exposure: true,
  tag: true,
  undo: true,
  redo: true,
  editLine: true,
  commonTags: true,
  concepts: true,
  usedConcepts: true,
  createConcept: true,
  renameConcept: true,
  mergeConcepts: true,
  keySets: true,
  saveKeySets: true,
  readKeywordFile: true,
  importKeywordFile: true,
  keywordMapping: true,
  saveKeywordMapping: true,
  failureGroups: true,
  failurePhotos: true,
  failureIds: true,
  retryFailures: true,
  retryEverywhere: true,
  skipFailures: true,
  takeInLeftOut: true,
  failuresCsv: true,
  queue: true,
  plan: true,
  askAhead: true,
  sending: true,
  saveSending: true,
  pause: true,
  resume: true,
  pauseFolder: true,
  resumeFolder: true,
  sendAllTheSame: true,
  sendFirst: true,
  hostRests: true,
  glance: true,
  ownerIsHere: true,
  checkAccount: true,
  checkDestination: true,
  addDestination: true,
  addFolders: true,
  viewSettings: true,
  saveViewSettings: true,
  savedFilters: true,
  saveFilters: true,
  dataFolder: true,
  backups: true,
  saveBackupSettings: true,
  backUp: true,
  exportLedger: true,
  versions: true,
  diagnostics: true,
  saveDiagnostics: true,
  wokeUp: true,
  folders: true,
  previewExclude: true,
  changeFolder: true,
  rescanFolder: true,
  removeFolder: true,
  leaving: true,
} as const satisfies Record<EngineCall, true>;

/** Names of all calls to the engine. */
export const ENGINE_CALLS = Object.keys(ENGINE_CALL_TABLE) as readonly EngineCall[];
