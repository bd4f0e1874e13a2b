/** What the engine asks of the reader of sheets, and what it answers: plain data between two threads. */
import type { SheetMarks } from '../ledger/sheet-marks.ts';
import type { FacetValue, SheetFacet, SheetOutline, SheetQuery } from '#shared/sheet.ts';

/** A question about sheets. */
export type Question =
  | { readonly kind: 'outline'; readonly query: SheetQuery }
  /** Every photo of the sheet as the ledger has it now, however lately it was read: for acts. */
  | { readonly kind: 'all-ids'; readonly query: SheetQuery }
  | { readonly kind: 'facet'; readonly query: SheetQuery; readonly facet: SheetFacet };

/** The answer to each kind of question, without `asOf`, which goes beside it. */
export interface Answers {
  readonly outline: LaidOut;
  /** In memory that both threads see. */
  readonly 'all-ids': Int32Array;
  readonly facet: readonly FacetValue[];
}

/** A sheet with its photos. */
export interface LaidOut {
  readonly outline: Omit<SheetOutline, 'asOf'>;
  /** In the order of the sheet; in memory that both threads see, so that a million of them cost nothing to hand over. */
  readonly photoIds: Int32Array;
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
