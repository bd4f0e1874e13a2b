/** What keeps the ledger safe and explains it to others: backups, exports, diagnostics. */

/** How many backups may be kept, to choose from. */
export const BACKUP_COUNTS = [3, 5, 10, 30] as const;
export type BackupCount = (typeof BACKUP_COUNTS)[number];

/** A backup of the ledger that passed SQLite's check when it was made. */
export interface Backup {
  /** Absolute. */
  readonly path: string;
  /** When it was begun, in UTC ms; its name says the same. */
  readonly at: number;
  readonly bytes: number;
}

/** Parts of a data folder, by what they are for. `other`: settings of the desktop, logs, sockets, files of your own. */
export const DATA_PARTS = ['ledger', 'thumbnails', 'spool', 'practice', 'backups', 'saved', 'other'] as const;
export type DataPart = (typeof DATA_PARTS)[number];

/** The data folder as it is shown. */
export interface DataFolder {
  /** Absolute. */
  readonly path: string;
  /** Absolute path of the ledger in it. */
  readonly ledgerPath: string;
  /** Bytes of files, by part. */
  readonly bytes: Readonly<Record<DataPart, number>>;
  /** Bytes that the disk has left for its user; null where the system does not tell. */
  readonly freeBytes: number | null;
}

/** The backups of a data folder. */
export interface Backups {
  /** Newest first. */
  readonly backups: readonly Backup[];
  /** So many are kept; older ones go when a newer one is done. */
  readonly keptCount: BackupCount;
}

/** What a ledger is exported as: comma-separated values, or a JSON object per line. */
export const EXPORT_FORMATS = ['csv', 'json'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

/** A file that was written for the owner. */
export interface SavedFile {
  /** Absolute. */
  readonly path: string;
  readonly bytes: number;
}

/** Diagnostics as they would be saved, to be looked at before. */
export interface DiagnosticsPreview {
  /** What {@link CareCalls.saveDiagnostics} asks for. */
  readonly previewId: number;
  /** The whole file: JSON, indented. */
  readonly text: string;
}

/** What runs here. */
export interface Versions {
  readonly tagalong: string;
  /** The version of the ledger's tables. */
  readonly ledger: number;
  readonly node: string;
  /** Null in a browser's host. */
  readonly electron: string | null;
  readonly sqlite: string;
  readonly sharp: string;
}

/** Calls about the care of the data. */
export interface CareCalls {
  /** Measures the data folder; that takes seconds when there are very many thumbnails. */
  dataFolder(nothing: Record<string, never>): DataFolder;
  backups(nothing: Record<string, never>): Backups;
  saveBackupSettings(settings: { readonly keptCount: BackupCount }): Backups;
  /** Makes a backup beside the work, and checks it. Who asks while one is being made gets that one. */
  backUp(nothing: Record<string, never>): Backup;
  /** Writes file, photo, picture hash, input id, state and times into the data folder. */
  exportLedger(how: { readonly format: ExportFormat }): SavedFile;
  versions(nothing: Record<string, never>): Versions;
  /** @param how.withFileNames names (without folders) of photos that failed */
  diagnostics(how: { readonly withFileNames: boolean }): DiagnosticsPreview;
  /** Writes a preview into the data folder, as it was shown. Refused when the engine does not know it any more. */
  saveDiagnostics(which: { readonly previewId: number }): SavedFile;
}
