/**
 * Columns of the ledger that are kept in memory, and what was made of them. A column is read again when the ledger says
 * that it changed; while it keeps changing (a shoot is being taken in), reading takes a small share of the time, and
 * answers say which moment they show.
 */
import type { SheetColumn } from '../ledger/sheet-marks.ts';
import type { Answered, Moment } from './questions.ts';

/** Columns kept: the base ones, and one per concept and searched text. */
const COLUMN_LIMIT = 300;
/** Things kept that were made of columns: whole sheets, mostly. */
const MADE_LIMIT = 24;

/** How a column is read. */
interface Source<Value> {
  readonly key: string;
  /** The marks that its content depends on. */
  readonly marks: readonly SheetColumn[];
  /** After so many times the time that reading it took it is read again at the earliest; 0: whenever it changed. */
  readonly rest: number;
  readonly read: () => Value;
}

interface Kept {
  readonly source: Source<unknown>;
  readonly value: unknown;
  readonly moment: Moment;
  readonly readAt: number;
  readonly readMs: number;
  /** Rises with every reading, over all columns. */
  readonly version: number;
}

interface Made {
  readonly value: unknown;
  readonly used: ReadonlyMap<string, Kept>;
}

export interface KeptColumns {
  /** Answers a question: everything that `answer` gets of the columns is as of the moment, or says since when not. */
  answer<Value>(moment: Moment, isFresh: boolean, answer: () => Value): Answered<Value>;
  /** A column, read again when that is due. */
  column<Value>(source: Source<Value>): Value;
  /** Something made of columns, kept until one of them was read again. */
  made<Value>(key: string, make: () => Value): Value;
}

/** Keeps nothing at first. `elapsed` is a clock in ms that never goes back. */
export function createKeptColumns(elapsed: () => number): KeptColumns {
  const columns = new Map<string, Kept>();
  const makings = new Map<string, Made>();
  const recorders: Map<string, Kept>[] = [];
  let lastVersion = 0;
  let asked: { readonly moment: Moment; readonly isFresh: boolean } | null = null;
  let shownAsOf = 0;
  let newerInMs: number | null = null;

  function now(): Moment {
    if (asked === null) throw new Error('Columns are read only while a question is answered.');
    return asked.moment;
  }

  function isChanged({ source, moment }: Kept): boolean {
    const { marks } = now();
    return source.marks.some((mark) => marks[mark] !== moment.marks[mark]);
  }

  function restOf({ source, readAt, readMs }: Kept): number {
    if (source.rest === 0 || asked?.isFresh === true) return 0;
    return Math.max(0, readAt + readMs * source.rest - elapsed());
  }

  function current(source: Source<unknown>): Kept {
    const known = columns.get(source.key);
    if (known !== undefined) {
      if (!isChanged(known)) return known;
      const rest = restOf(known);
      if (rest > 0) {
        shownAsOf = Math.min(shownAsOf, known.moment.asOf);
        newerInMs = Math.min(newerInMs ?? Infinity, rest);
        return known;
      }
    }
    const startedAt = elapsed();
    const value = source.read();
    lastVersion += 1;
    const readAt = elapsed();
    return { source, value, moment: now(), readAt, readMs: readAt - startedAt, version: lastVersion };
  }

  function use(source: Source<unknown>): Kept {
    const kept = current(source);
    touch(columns, source.key, kept, COLUMN_LIMIT);
    for (const recorder of recorders) recorder.set(source.key, kept);
    return kept;
  }

  return {
    answer(moment, isFresh, answer) {
      asked = { moment, isFresh };
      shownAsOf = moment.asOf;
      newerInMs = null;
      try {
        const value = answer();
        return { value, asOf: shownAsOf, newerInMs };
      } finally {
        asked = null;
        recorders.length = 0;
      }
    },
    column: <Value>(source: Source<Value>) => use(source).value as Value,
    made<Value>(key: string, make: () => Value): Value {
      const known = makings.get(key);
      if (
        known !== undefined &&
        [...known.used.values()].every((kept) => use(kept.source).version === kept.version)
      ) {
        touch(makings, key, known, MADE_LIMIT);
        return known.value as Value;
      }
      const used = new Map<string, Kept>();
      recorders.push(used);
      const value = make();
      recorders.splice(recorders.indexOf(used), 1);
      touch(makings, key, { value, used }, MADE_LIMIT);
      return value;
    },
  };
}

/** Puts an entry last; the one that was used longest ago falls out. */
function touch<Value>(map: Map<string, Value>, key: string, value: Value, limit: number): void {
  map.delete(key);
  map.set(key, value);
  const [oldest] = map.keys();
  if (map.size > limit && oldest !== undefined) map.delete(oldest);
}
