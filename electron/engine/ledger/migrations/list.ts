import { tables } from './0001-tables.ts';
import { triggers } from './0001-triggers.ts';
import { sheets } from './0002-sheets.ts';
import { acts } from './0003-acts.ts';
import { unsent } from './0004-unsent.ts';
import { sheetTimes } from './0005-sheet-times.ts';
import { smallCopies } from './0006-small-copies.ts';
import { turns } from './0007-turns.ts';
import { waiting } from './0008-waiting.ts';

/** One step of the schema: the version it leads to, and its SQL. */
export interface Migration {
  readonly version: number;
  readonly sql: string;
}

/** All steps in order; versions rise by one. */
export const MIGRATIONS: readonly Migration[] = [
  { version: 1, sql: tables + triggers },
  { version: 2, sql: sheets },
  { version: 3, sql: acts },
  { version: 4, sql: unsent },
  { version: 5, sql: sheetTimes },
  { version: 6, sql: smallCopies },
  { version: 7, sql: turns },
  { version: 8, sql: waiting },
];
