import type Database from 'better-sqlite3';
import type { HoldKind } from '#shared/problems.ts';

/** One hold as it is stored. Times are UTC ms. */
export interface HoldRow {
  readonly destinationId: number;
  readonly kind: HoldKind;
  readonly since: number;
  /** When it is tried again by itself; null when only the owner ends it. */
  readonly until: number | null;
  /** How often the sending was tried again under this hold, for the back-off. */
  readonly attempts: number;
  readonly detail: string | null;
}

/** Statements for holds: what stops the sending to a destination, at most one of each kind. */
export function createHolds(db: Database.Database) {
  const place = db.prepare<[number, HoldKind, number, number | null, string | null]>(
    `INSERT INTO hold (destination_id, kind, since, until, attempts, detail) VALUES (?, ?, ?, ?, 1, ?)
     ON CONFLICT DO UPDATE SET until = excluded.until, attempts = attempts + 1, detail = excluded.detail`,
  );
  const lift = db.prepare<[number, HoldKind]>('DELETE FROM hold WHERE destination_id = ? AND kind = ?');
  const of = db.prepare<[number], HoldRow>(
    `SELECT destination_id AS destinationId, kind, since, until, attempts, detail
     FROM hold WHERE destination_id = ? ORDER BY since, kind`,
  );

  return {
    /** Places a hold, or renews one of the same kind (its beginning stays, its attempts rise by one). */
    place(
      destinationId: number,
      kind: HoldKind,
      hold: { at: number; until: number | null; detail: string | null },
    ): void {
      place.run(destinationId, kind, hold.at, hold.until, hold.detail);
    },
    /** Ends a hold. True when there was one. */
    lift: (destinationId: number, kind: HoldKind): boolean => lift.run(destinationId, kind).changes > 0,
    of: (destinationId: number): HoldRow[] => of.all(destinationId),
  };
}
