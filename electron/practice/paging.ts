/** What every list and every bulk request says about its size. */
import { Refusal } from './reply.ts';

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
