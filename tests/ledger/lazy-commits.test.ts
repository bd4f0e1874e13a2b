/** Which transactions wait for the disk, and that those that do not are brought there soon after. */
import path from 'node:path';
import { expect, test, vi } from 'vitest';
import { openDatabase } from '../../electron/engine/ledger/database.ts';
import { createLazyCommits } from '../../electron/engine/ledger/lazy-commits.ts';
import { temporaryFolder } from '../support/tree.ts';
import { temporaryLedger } from './fixture.ts';

/** What SQLite calls waiting for the disk at the end of each transaction, and not. */
const [WAITS, DOES_NOT] = [2, 1];

function refuse(): never {
  throw new Error('No.');
}

test('a transaction waits for the disk unless it may be lost with the power; inner ones are as the outermost', async () => {
  await using made = await temporaryLedger();
  const { ledger } = made;
  const how = (): unknown => ledger.db.pragma('synchronous', { simple: true });
  const kill = { outlives: 'kill' } as const;
  expect(ledger.transaction(how)).toBe(WAITS);
  expect(ledger.transaction(how, kill)).toBe(DOES_NOT);
  expect(ledger.transaction(() => ledger.transaction(how), kill)).toBe(DOES_NOT);
  expect(ledger.transaction(() => ledger.transaction(how, kill))).toBe(WAITS);
  expect(() => ledger.transaction(refuse, kill)).toThrow('No.');
  expect(how()).toBe(WAITS);
});

test('what was not waited for outlives the process', async () => {
  await using made = await temporaryLedger();
  made.ledger.transaction(() => made.ledger.settings.set('view', { theme: 'dark' }), { outlives: 'kill' });
  const other = openDatabase(made.path, { readonly: true });
  expect(other.prepare("SELECT value FROM setting WHERE key = 'view'").pluck().get()).toContain('dark');
  other.close();
});

test('where the disk refuses, every commit waits for it again, so that SQLite says what is wrong', async () => {
  await using folder = await temporaryFolder();
  const db = openDatabase(path.join(folder.path, 'ledger.db'));
  const how = (): unknown => db.pragma('synchronous', { simple: true });
  const sound = createLazyCommits(db, path.join(folder.path, 'ledger.db-wal'));
  const refused = createLazyCommits(db, path.join(folder.path, 'nowhere', 'ledger.db-wal'));
  expect([sound.run(how), refused.run(how)]).toEqual([DOES_NOT, DOES_NOT]);
  await vi.waitFor(() => expect(refused.run(how)).toBe(WAITS), { timeout: 5000 });
  expect(sound.run(how)).toBe(DOES_NOT);
  sound.stop();
  refused.stop();
  db.close();
});
