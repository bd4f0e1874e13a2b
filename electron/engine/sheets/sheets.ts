/**
 * Sheets as the engine's calls ask for them. Which photos a sheet shows, the reader finds out on a thread of its own;
 * what is shown of them is read here, in a millisecond or two. So rows never wait behind a reader that has a million
 * photos to go through anew: they are those of the sheet as it was laid out last.
 */
import type { Changes } from '../changes.ts';
import type { Clock, Timer } from '../clock.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { createSheetMarks } from '../ledger/sheet-marks.ts';
import type { Log } from '../log.ts';
import type { Answered, Answers, Question } from './questions.ts';
import { createReaderLine } from './reader-line.ts';
import type { FacetCounts, SheetFacet, SheetOutline, SheetQuery, SheetRows } from '#shared/sheet.ts';

/** Sheets whose photos are remembered. */
const SHEET_LIMIT = 8;
/** So long a sheet that was laid out before waits for the reader, in ms. */
const PATIENCE_MS = 30;

/** What sheets are read with. */
export interface SheetsParts {
  readonly ledger: Pick<Ledger, 'db' | 'sheetRows'>;
  /** Absolute path of the ledger file. */
  readonly ledgerPath: string;
  readonly changes: Pick<Changes, 'asOf' | 'note'>;
  readonly clock: Clock;
  readonly log: Log;
}

/** Every call throws SheetsError when the reader ended, or could not read. */
export interface Sheets {
  outline(query: SheetQuery): Promise<SheetOutline>;
  rows(query: SheetQuery, from: number, count: number): Promise<SheetRows>;
  /** Photos from one place to another, both included. */
  idsBetween(query: SheetQuery, from: number, to: number): Promise<readonly number[]>;
  placeOf(query: SheetQuery, photoId: number): Promise<number | null>;
  facet(query: SheetQuery, facet: SheetFacet): Promise<FacetCounts>;
  /** All photos that a sheet shows as the ledger is now, in its order: for acts on a whole sheet. */
  idsOf(query: SheetQuery): Promise<readonly number[]>;
  /** Ends the reader. */
  stop(): Promise<void>;
}

/** Starts nothing before the first question. */
export function createSheets({ ledger, ledgerPath, changes, clock, log }: SheetsParts): Sheets {
  const marks = createSheetMarks(ledger.db);
  const line = createReaderLine(ledgerPath, log);
  /** Photos of sheets by query, as they were laid out last, with the marks of that moment. */
  const known = new Map<string, { readonly photoIds: Int32Array; readonly marks: string }>();
  let newer: Timer | null = null;
  let isStopped = false;

  /** Answers were of a moment that is past: whoever shows them has to ask again once the reader may look. */
  function tellWhenNewer(inMs: number): void {
    if (newer !== null || isStopped) return;
    newer = clock.setTimer(() => {
      newer = null;
      changes.note('photos');
    }, Math.ceil(inMs));
  }

  async function ask<Kind extends Question['kind']>(
    question: Question & { readonly kind: Kind },
  ): Promise<Answered<Answers[Kind]>> {
    const answer = await line.ask<Kind>(question, () => ({ asOf: changes.asOf(), marks: marks.read() }));
    if (answer.newerInMs !== null) tellWhenNewer(answer.newerInMs);
    return answer;
  }

  async function layOut(query: SheetQuery): Promise<Answered<Answers['outline']>> {
    const before = JSON.stringify(marks.read());
    const answer = await ask({ kind: 'outline', query });
    const key = JSON.stringify(query);
    known.delete(key);
    known.set(key, {
      photoIds: answer.value.photoIds,
      // It is known already that a later answer will show more.
      marks: answer.newerInMs === null ? before : '',
    });
    const [oldest] = known.keys();
    if (known.size > SHEET_LIMIT && oldest !== undefined) known.delete(oldest);
    return answer;
  }

  /** Photos of a sheet: as the ledger is now if the reader can tell at once, else as they were laid out last. */
  async function photoIdsOf(query: SheetQuery): Promise<Int32Array> {
    const last = known.get(JSON.stringify(query));
    if (last !== undefined && last.marks === JSON.stringify(marks.read())) return last.photoIds;
    const asked = layOut(query).then(({ value }) => value.photoIds);
    if (last === undefined) return asked;
    return Promise.race([asked, pause(PATIENCE_MS).then(() => last.photoIds)]);
  }

  function pause(ms: number): Promise<void> {
    return new Promise((resolve) => void clock.setTimer(resolve, ms));
  }

  return {
    async outline(query) {
      const { value, asOf } = await layOut(query);
      return { ...value.outline, asOf };
    },
    async rows(query, from, count) {
      const photoIds = await photoIdsOf(query);
      const wanted = Array.from(photoIds.subarray(from, from + count));
      const rows = ledger.sheetRows.of(query.destinationId, wanted);
      return { from, total: photoIds.length, rows, asOf: changes.asOf() };
    },
    idsBetween: async (query, from, to) => Array.from((await photoIdsOf(query)).subarray(from, to + 1)),
    async placeOf(query, photoId) {
      const place = (await photoIdsOf(query)).indexOf(photoId);
      return place === -1 ? null : place;
    },
    async facet(query, facet) {
      const { value, asOf } = await ask({ kind: 'facet', query, facet });
      return { values: value, asOf };
    },
    idsOf: async (query) => Array.from((await ask({ kind: 'all-ids', query })).value),
    async stop() {
      isStopped = true;
      newer?.cancel();
      await line.stop();
    },
  };
}
