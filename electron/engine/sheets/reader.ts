/** Answers questions about sheets, over a connection of its own that only reads. */
import type Database from 'better-sqlite3';
import { createSheetColumns } from '../ledger/sheet-columns.ts';
import { createColumns } from './columns.ts';
import { countFacet } from './facets.ts';
import { createKeptColumns } from './kept-columns.ts';
import { layOut } from './outline.ts';
import type { Answered, Answers, LaidOut, Moment, Question } from './questions.ts';
import type { SheetQuery } from '#shared/sheet.ts';

export interface Reader {
  answer(question: Question, moment: Moment): Answered<Answers[Question['kind']]>;
}

/** Reads through `db`. `elapsed` is a clock in ms that never goes back. */
export function createReader(db: Database.Database, elapsed: () => number): Reader {
  const sql = createSheetColumns(db);
  const kept = createKeptColumns(elapsed);
  const columns = createColumns(sql, kept);

  function laidOut(query: SheetQuery): LaidOut {
    return kept.made(`layout ${JSON.stringify(query)}`, () => {
      const { ids, sections } = layOut(columns, query);
      const unfiltered = columns.order(query.destinationId).ids.length;
      return { outline: { total: ids.length, unfiltered, sections }, photoIds: shared(ids) };
    });
  }

  function read(question: Question): Answers[Question['kind']] {
    switch (question.kind) {
      case 'outline':
        return laidOut(question.query);
      case 'all-ids':
        return laidOut(question.query).photoIds;
      default: {
        const { query, facet } = question;
        return kept.made(`facet ${facet} ${JSON.stringify([query.destinationId, query.filter])}`, () =>
          countFacet(columns, query, facet),
        );
      }
    }
  }

  return {
    answer: (question, moment) =>
      kept.answer(moment, question.kind === 'all-ids', () => sql.snapshot(() => read(question))),
  };
}

function shared(ids: Int32Array): Int32Array {
  const copy = new Int32Array(new SharedArrayBuffer(ids.byteLength));
  copy.set(ids);
  return copy;
}
