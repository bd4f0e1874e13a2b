import type Database from 'better-sqlite3';

/** Statements for settings: JSON values by key. */
export function createSettings(db: Database.Database) {
  const get = db.prepare<[string], string>('SELECT value FROM setting WHERE key = ?').pluck();
  const set = db.prepare<[string, string]>(
    'INSERT INTO setting (key, value) VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value',
  );

  return {
    /** The value as it was stored, or undefined. Whoever reads it checks its shape. */
    get(key: string): unknown {
      const text = get.get(key);
      return text === undefined ? undefined : JSON.parse(text);
    },
    set(key: string, value: unknown): void {
      set.run(key, JSON.stringify(value));
    },
  };
}
