/** How SQLite would run a statement, as text, so that tests can pin which index is used. */
import type Database from 'better-sqlite3';

/** The lines of EXPLAIN QUERY PLAN, in order. Parameters need no values. */
export function planOf(db: Database.Database, sql: string): string[] {
  // Parameters that are not given count as NULL here, which better-sqlite3 allows only for named ones it is told.
  const names = [...new Set([...sql.matchAll(/\$(\w+)/g)].map((match) => match[1] ?? ''))];
  const unnamed = names.length > 0 ? 0 : [...sql.matchAll(/\?/g)].length;
  const explained = db.prepare<unknown[], { detail: string }>(`EXPLAIN QUERY PLAN ${sql}`);
  const rows =
    names.length > 0
      ? explained.all(Object.fromEntries(names.map((name) => [name, null])))
      : explained.all(...Array.from({ length: unnamed }, () => null));
  return rows.map((row) => row.detail);
}
