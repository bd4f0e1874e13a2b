/** Answers questions about sheets, over a connection of its own that only reads. */
import type Database from 'better-sqlite3';
import { createSheetColumns } from '../ledger/sheet-columns.ts';
import { createSheetPhoto } from '../ledger/sheet-photo.ts';
import { createSheetRows } from '../ledger/sheet-rows.ts';
import { createColumns } from './columns.ts';
import { countFacet } from './facets.ts';
import { createKeptColumns } from './kept-columns.ts';
import { layOut, type Layout } from './outline.ts';
import { photoFacts } from './photo-facts.ts';
import type { Answered, Answers, Moment, Question } from './questions.ts';
import type { SheetQuery } from '#shared/sheet.ts';

export interface Reader {
  answer(question: Question, moment: Moment): Answered<Answers[Question['kind']]>;
}

/** Reads through `db`. `elapsed` is a clock in ms that never goes back. */
export function createReader(db: Database.Database, elapsed: () => number): Reader {
  const sql = createSheetColumns(db);
  const kept = createKeptColumns(elapsed);
  const columns = createColumns(sql, kept);
  const rows = createSheetRows(db);
  const photo = createSheetPhoto(db);

  function layoutOf(query: SheetQuery): Layout {
    return kept.made(`layout ${JSON.stringify(query)}`, () => layOut(columns, query));
  }

  function read(question: Question): Answers[Question['kind']] {
    switch (question.kind) {
      case 'outline': {
        const { ids, sections } = layoutOf(question.query);
        const unfiltered = columns.order(question.query.destinationId).ids.length;
        return { total: ids.length, unfiltered, sections };
      }
      case 'rows': {
        const { ids } = layoutOf(question.query);
        const wanted = [...ids.subarray(question.from, question.from + question.count)];
        const { destinationId } = question.query;
        return { from: question.from, total: ids.length, rows: rows.of(destinationId, wanted) };
      }
      case 'ids':
        return layoutOf(question.query).ids.slice(question.from, question.to + 1);
      case 'all-ids':
        return layoutOf(question.query).ids.slice();
      case 'place': {
        const place = layoutOf(question.query).ids.indexOf(question.photoId);
        return place === -1 ? null : place;
      }
      case 'facet': {
        const { query, facet } = question;
        return kept.made(`facet ${facet} ${JSON.stringify([query.destinationId, query.filter])}`, () =>
          countFacet(columns, query, facet),
        );
      }
      case 'rows-of':
        return rows.of(question.destinationId, question.photoIds);
      default:
        return photoFacts(rows, photo, question);
    }
  }

  return {
    answer: (question, moment) =>
      kept.answer(moment, question.kind === 'all-ids', () => sql.snapshot(() => read(question))),
  };
}
