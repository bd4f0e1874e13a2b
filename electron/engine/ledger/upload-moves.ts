/** What moves of photos write, whether of one or of a set. Whoever uses them adds which photos. */

/** Beginnings of statements. Parameters: $at, and $state or $reason. */
export const MOVES = {
  /** failed or skipped → found or queued: from the beginning. */
  restart: `UPDATE upload SET state = $state, state_at = $at, reason = NULL, attempts = 0, retry_at = NULL,
    batch_id = NULL, checked_at = NULL, ready_bytes = NULL`,
  skip: `UPDATE upload SET state = 'skipped', state_at = $at, reason = $reason, ready_bytes = NULL, retry_at = NULL`,
  /** The status code is told besides. */
  fail: `UPDATE upload SET state = 'failed', state_at = $at, reason = $reason, batch_id = NULL, ready_bytes = NULL,
    retry_at = NULL`,
  /** The failure that is open, if there is one. */
  clearFailure: 'UPDATE failure SET cleared_at = $at WHERE cleared_at IS NULL',
} as const;
