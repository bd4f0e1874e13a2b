/** The parts that every route works with, and what one call carries. */
import type { ConceptRows } from './concept-rows.ts';
import type { FiredRules } from './faults.ts';
import type { ImageVerdict } from './images.ts';
import type { Indexing } from './indexing.ts';
import type { InputRows } from './input-rows.ts';
import type { JobRows } from './job-rows.ts';
import type { AnnotationRows } from './annotation-rows.ts';
import type { Packs, Stored } from './packs.ts';
import type { Store } from './store.ts';

/** One practice account: one user, one app. */
export interface Account {
  readonly userId: string;
  readonly appId: string;
  /** From POST to 30000, ms. */
  readonly indexingMs: number;
  /** From DELETE to 404, ms. */
  readonly deletionMs: number;
  readonly db: Store;
  readonly packs: Packs;
  readonly inputs: InputRows;
  readonly concepts: ConceptRows;
  readonly annotations: AnnotationRows;
  readonly jobs: JobRows;
  readonly indexing: Indexing;
  /** ms since the epoch. */
  readonly now: () => number;
  /** `http://127.0.0.1:PORT`, for the addresses of hosted images. */
  readonly apiBase: () => string;
}

/** An image that came in a body: judged and written while the rest was still arriving. */
export interface ArrivedImage {
  readonly verdict: ImageVerdict;
  /** Null when it was refused. */
  readonly stored: Stored | null;
  readonly sha256: string | null;
}

/** One request, after path, body and faults have been looked at. */
export interface Call {
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly body: Readonly<Record<string, unknown>>;
  /** Images by the token that stands for them in the body. */
  readonly images: ReadonlyMap<string, ArrivedImage>;
  readonly fired: FiredRules;
}
