/**
 * A process of its own that holds on to a database or a data folder, for tests: takes what `kind` says, tells its parent
 * `held`, and lets go after `ms`, or when it is killed. Arguments: kind, path, ms.
 */
import Database from 'better-sqlite3';
import { takeOwnership } from '../../electron/engine/ledger/owner.ts';

const [kind, path = '', ms = '600000'] = process.argv.slice(2);

function hold(): () => void {
  if (kind === 'owner') {
    const ownership = takeOwnership(path);
    return () => ownership.release();
  }
  const db = new Database(path);
  // Keeps the file to itself, as a backup program or a database viewer may.
  db.pragma('locking_mode = EXCLUSIVE');
  db.exec('BEGIN EXCLUSIVE');
  return () => {
    db.exec('ROLLBACK');
    db.close();
  };
}

try {
  const release = hold();
  process.send?.('held');
  setTimeout(() => {
    release();
    process.disconnect();
  }, Number(ms));
} catch (error) {
  process.send?.(error instanceof Error ? error.name : 'unknown');
  process.disconnect();
}
