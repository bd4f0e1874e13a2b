/** The parts that every route works with, and what one call carries. */
import type { ConceptRows } from './concepts.ts';
import type { FiredRules } from './faults.ts';
import type { ImageVerdict } from './images.ts';
import type { Indexing } from './indexing.ts';
import type { InputRows } from './input-rows.ts';
import type { Jobs } from './jobs.ts';
import type { AnnotationRows } from './annotation-rows.ts';
import type { Packs, Stored } from './packs.ts';
import { Refusal } from './reply.ts';
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
  readonly jobs: Jobs;
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

const DEFAULT_PER_PAGE = 128;
const MAX_PER_PAGE = 1_000;

const readCount = (query: URLSearchParams, name: string, byDefault: number): number => {
  const text = query.get(name);
  if (text === null || text === '') return byDefault;
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < 0) throw new Refusal(400, 11100, `${name} has to be a number`);
  return value === 0 ? byDefault : value;
};

/** Reads `page` (from 1) and `per_page` (at most 1000). */
export const readPage = (
  query: URLSearchParams,
  defaultPerPage = DEFAULT_PER_PAGE,
): { readonly page: number; readonly perPage: number } => {
  const perPage = readCount(query, 'per_page', defaultPerPage);
  if (perPage > MAX_PER_PAGE) throw new Refusal(400, 11100, `per_page may be ${MAX_PER_PAGE} at most`);
  return { page: readCount(query, 'page', 1), perPage };
};

/** Refuses a list that is empty or longer than the service takes in one call. */
export const requireCount = (name: string, count: number, limit: number): void => {
  if (count === 0) throw new Refusal(400, 11100, `There are no ${name} in the request`);
  if (count > limit) {
    throw new Refusal(400, 11100, `A request may have ${limit} ${name} at most; this one has ${count}`);
  }
};
