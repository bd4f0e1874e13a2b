/** What a commit costs on a disk: one row in WAL with `synchronous=FULL`. */
import Database from 'better-sqlite3';

export interface BareCommits {
  /** Commits one row. Answers how long it took, in ms. */
  commit(): number;
  close(): void;
}

/** Makes a database at `file` (absolute). */
export function openBareCommits(file: string): BareCommits {
  const db = new Database(file);
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = FULL');
  db.exec('CREATE TABLE row (id INTEGER PRIMARY KEY, at INTEGER)');
  const insert = db.prepare<[number]>('INSERT INTO row (at) VALUES (?)');
  return {
    commit() {
      const begin = performance.now();
      insert.run(0);
      return performance.now() - begin;
    },
    close: () => {
      db.close();
    },
  };
}
