/**
 * How many bytes of body a batch may have: what the link sends in half a minute, so that a cut never costs minutes.
 * Pure.
 */

/** The first budget of a new destination. */
export const FIRST_BUDGET_BYTES = 8_000_000;
/** A cut never brings the budget below this. */
export const LEAST_BUDGET_BYTES = 1_000_000;
/** The service's limit is 128 MB; this leaves room for whatever a proxy counts. */
export const MOST_BUDGET_BYTES = 96_000_000;
/** What one batch may take on the link, in ms. */
export const BUDGET_MS = 30_000;

/** The budget after a batch of `bodyBytes` took `tookMs` from its first byte to its answer. */
export function budgetAfterSuccess(budgetBytes: number, bodyBytes: number, tookMs: number): number {
  // A batch far below the budget measures the way there and back, not the link.
  if (bodyBytes < budgetBytes / 4) return budgetBytes;
  const fits = (bodyBytes / Math.max(1, tookMs)) * BUDGET_MS;
  return Math.round(Math.max(LEAST_BUDGET_BYTES, Math.min(fits, budgetBytes * 2, MOST_BUDGET_BYTES)));
}

/** The budget after the connection was lost on the way. */
export function budgetAfterCut(budgetBytes: number): number {
  return Math.max(LEAST_BUDGET_BYTES, Math.round(budgetBytes / 2));
}
