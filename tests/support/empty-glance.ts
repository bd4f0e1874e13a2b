/** What a glance tells of an account without photos, as far as trays, tabs and notifications read it. */
import type { Glance } from '#shared/glance.ts';

/** The part of a glance that they read. */
export type ShownGlance = Pick<
  Glance,
  | 'counts'
  | 'restingCount'
  | 'holds'
  | 'failureCount'
  | 'retryingCount'
  | 'leftOutCount'
  | 'waitingPaths'
  | 'editsWaiting'
>;

export const NO_COUNTS: Glance['counts'] = {
  found: 0,
  queued: 0,
  sending: 0,
  accepted: 0,
  indexed: 0,
  failed: 0,
  skipped: 0,
  deleting: 0,
  removed: 0,
};

export const EMPTY_GLANCE: ShownGlance = {
  counts: NO_COUNTS,
  restingCount: 0,
  holds: [],
  failureCount: 0,
  retryingCount: 0,
  leftOutCount: 0,
  waitingPaths: 0,
  editsWaiting: { there: 0, withPhoto: 0 },
};
