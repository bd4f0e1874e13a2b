/** Reads for people: sheets, the queue, reports. They write nothing. */
import type Database from 'better-sqlite3';
import { createQueueReads } from './queue-reads.ts';
import { createReports } from './reports.ts';
import { createSheetPhoto } from './sheet-photo.ts';
import { createSheetRows } from './sheet-rows.ts';

/** Makes them over one connection. */
export function createReadModels(db: Database.Database) {
  return {
    queueReads: createQueueReads(db),
    reports: createReports(db),
    sheetPhoto: createSheetPhoto(db),
    sheetRows: createSheetRows(db),
  };
}

export type ReadModels = ReturnType<typeof createReadModels>;
