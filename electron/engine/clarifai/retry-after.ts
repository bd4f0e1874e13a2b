/** Longest wait that a Retry-After header can ask for; beyond it the header is a mistake. */
export const RETRY_AFTER_LIMIT_MS = 3_600_000;

/**
 * Reads a Retry-After header: seconds or an HTTP date.
 *
 * @param date the answer's own Date header, so that a wrong clock here does not matter
 * @param nowMs UTC ms, used when there is no Date header
 * @returns ms from 0 to one hour; undefined when absent or not understood
 */
export function retryAfterMs(header: string | null, date: string | null, nowMs: number): number | undefined {
  if (header === null) return undefined;
  const words = header.trim();
  if (/^\d+(\.\d+)?$/.test(words)) return bounded(Number(words) * 1000);
  // Date.parse takes nearly anything for a date, "-5" included.
  const at = /^[A-Z][a-z]{2,8}, /.test(words) ? Date.parse(words) : Number.NaN;
  if (Number.isNaN(at)) return undefined;
  const sentAt = Date.parse(date ?? '');
  return bounded(at - (Number.isNaN(sentAt) ? nowMs : sentAt));
}

function bounded(ms: number): number {
  return Math.min(RETRY_AFTER_LIMIT_MS, Math.max(0, ms));
}
