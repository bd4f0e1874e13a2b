/** What the engine asks of the reader of sheets, and what it answers: plain data between two threads. */
import type { SheetMarks } from '../ledger/sheet-marks.ts';
import type {
  FacetValue,
  PhotoFacts,
  SheetFacet,
  SheetOutline,
  SheetQuery,
  SheetRow,
  SheetRows,
} from '#shared/sheet.ts';

/** A question about sheets. */
export type Question =
  | { readonly kind: 'outline'; readonly query: SheetQuery }
  | { readonly kind: 'rows'; readonly query: SheetQuery; readonly from: number; readonly count: number }
  /** Both places are included. */
  | { readonly kind: 'ids'; readonly query: SheetQuery; readonly from: number; readonly to: number }
  /** Every photo of the sheet as the ledger has it now, however lately it was read: for acts. */
  | { readonly kind: 'all-ids'; readonly query: SheetQuery }
  | { readonly kind: 'place'; readonly query: SheetQuery; readonly photoId: number }
  | { readonly kind: 'facet'; readonly query: SheetQuery; readonly facet: SheetFacet }
  | { readonly kind: 'rows-of'; readonly destinationId: number; readonly photoIds: readonly number[] }
  | { readonly kind: 'photo'; readonly destinationId: number; readonly photoId: number };

/** The answer to each kind of question, without `asOf`, which goes beside it. */
export interface Answers {
  readonly outline: Omit<SheetOutline, 'asOf'>;
  readonly rows: Omit<SheetRows, 'asOf'>;
  readonly ids: Int32Array;
  readonly 'all-ids': Int32Array;
  readonly place: number | null;
  readonly facet: readonly FacetValue[];
  readonly 'rows-of': readonly SheetRow[];
  readonly photo: Omit<PhotoFacts, 'asOf'> | null;
}

/** How the ledger stands when a question is asked: an answer that is read after it shows at least that. */
export interface Moment {
  readonly asOf: number;
  readonly marks: SheetMarks;
}

/** An answer with the moment that it shows. */
export interface Answered<Value> {
  readonly value: Value;
  readonly asOf: number;
  /** The ledger has changed since; in so many ms a question will see it. Null: the answer shows all there is. */
  readonly newerInMs: number | null;
}

export interface AskMessage {
  readonly id: number;
  readonly question: Question;
  readonly moment: Moment;
}

export type AnswerMessage =
  | ({ readonly id: number; readonly ok: true } & Answered<unknown>)
  | { readonly id: number; readonly ok: false; readonly message: string };
