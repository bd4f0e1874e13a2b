import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { STATE_MOVES } from '#shared/photo.ts';
import { openDatabase } from '../../electron/engine/ledger/database.ts';
import { openLedger } from '../../electron/engine/ledger/ledger.ts';
import { APPLICATION_ID, LEDGER_VERSION, migrate } from '../../electron/engine/ledger/migrate.ts';
import { MIGRATIONS, type Migration } from '../../electron/engine/ledger/migrations/list.ts';
import { LedgerFromFutureError, NotALedgerError } from '../../electron/engine/ledger/open-errors.ts';
import { temporaryFolder } from '../support/tree.ts';
import { temporaryLedger } from './fixture.ts';

const schemaOf = (db: Database.Database): unknown =>
  db.prepare('SELECT type, name, sql FROM sqlite_master ORDER BY type, name').all();

const marksOf = (db: Database.Database): unknown => ({
  applicationId: db.pragma('application_id', { simple: true }),
  version: db.pragma('user_version', { simple: true }),
});

describe('migrating', () => {
  test('builds a ledger from an empty file, once', async () => {
    await using folder = await temporaryFolder();
    const db = new Database(join(folder.path, 'ledger.db'));
    migrate(db);
    const first = schemaOf(db);
    migrate(db);
    expect(schemaOf(db)).toEqual(first);
    expect(marksOf(db)).toEqual({ applicationId: APPLICATION_ID, version: LEDGER_VERSION });
    expect(db.pragma('integrity_check', { simple: true })).toBe('ok');
    expect(db.pragma('foreign_key_check')).toEqual([]);
    db.close();
  });

  test('every table is strict', async () => {
    await using made = await temporaryLedger();
    const tables = made.ledger.db
      .prepare<[], { name: string; strict: number }>(
        `SELECT name, strict FROM pragma_table_list
         WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'`,
      )
      .all();
    expect(tables.length).toBeGreaterThan(20);
    expect(tables.filter((table) => table.strict !== 1)).toEqual([]);
  });

  test('the moves between states are those that both sides know', async () => {
    await using made = await temporaryLedger();
    const rows = made.ledger.db
      .prepare<[], [string, string]>('SELECT from_state, to_state FROM state_move')
      .raw()
      .all();
    const shared = Object.entries(STATE_MOVES).flatMap(([from, all]) => all.map((to) => [from, to]));
    expect(rows.map(String).toSorted()).toEqual(shared.map(String).toSorted());
  });

  test('one that fails leaves the step before it, and goes on from there', async () => {
    await using folder = await temporaryFolder();
    const path = join(folder.path, 'ledger.db');
    const broken: Migration[] = [
      ...MIGRATIONS,
      { version: LEDGER_VERSION + 1, sql: 'CREATE TABLE later (id INTEGER) STRICT; CREATE TABLE later (id)' },
    ];
    const db = new Database(path);
    expect(() => migrate(db, broken)).toThrow('already exists');
    expect(marksOf(db)).toEqual({ applicationId: APPLICATION_ID, version: LEDGER_VERSION });
    db.close();

    const ledger = openLedger(path);
    ledger.settings.set('works', true);
    expect(ledger.settings.get('works')).toBe(true);
    const mended: Migration[] = [
      ...MIGRATIONS,
      { version: LEDGER_VERSION + 1, sql: 'CREATE TABLE later (id INTEGER) STRICT' },
    ];
    migrate(ledger.db, mended);
    expect(marksOf(ledger.db)).toEqual({ applicationId: APPLICATION_ID, version: LEDGER_VERSION + 1 });
    expect(ledger.settings.get('works')).toBe(true);
    ledger.close();
  });

  test.each([
    ['a gap', [1, 3]],
    ['a repeat', [1, 1]],
    ['a start at two', [2]],
  ])('%s in the versions is refused before anything is written', (_, versions) => {
    const db = new Database(':memory:');
    const list = versions.map((version, n) => ({ version, sql: `CREATE TABLE t${n} (id INTEGER) STRICT` }));
    expect(() => migrate(db, list)).toThrow('versions rise by one');
    expect(schemaOf(db)).toEqual([]);
    db.close();
  });
});

describe('opening', () => {
  test('sets what is relied on, and it holds', async () => {
    await using made = await temporaryLedger();
    const read = (name: string): unknown => made.ledger.db.pragma(name, { simple: true });
    expect({
      journal: read('journal_mode'),
      synchronous: read('synchronous'),
      foreignKeys: read('foreign_keys'),
      ...(marksOf(made.ledger.db) as object),
    }).toEqual({
      journal: 'wal',
      synchronous: 2,
      foreignKeys: 1,
      applicationId: APPLICATION_ID,
      version: LEDGER_VERSION,
    });
    expect(() => made.ledger.batches.close(1, { at: 1, outcome: 'x' })).not.toThrow();
    expect(() => made.ledger.folders.add('/photos', 99, 1)).toThrow('FOREIGN KEY');
  });

  test.each([false, true])('a ledger from the future is left as it is (readonly: %s)', async (readonly) => {
    await using made = await temporaryLedger();
    made.ledger.db.pragma(`user_version = ${LEDGER_VERSION + 1}`);
    made.ledger.close();
    const before = readFileSync(made.path);
    expect(() => openLedger(made.path, { readonly })).toThrow(LedgerFromFutureError);
    expect(readFileSync(made.path).equals(before)).toBe(true);
  });

  test('a database of another program is left as it is', async () => {
    await using folder = await temporaryFolder();
    const path = join(folder.path, 'ledger.db');
    const other = new Database(path);
    other.exec('CREATE TABLE theirs (id INTEGER)');
    other.close();
    const before = readFileSync(path);
    expect(() => openLedger(path)).toThrow(NotALedgerError);
    expect(readFileSync(path).equals(before)).toBe(true);
  });

  test('an older ledger is not read by a companion, which could not bring it up to date', async () => {
    await using folder = await temporaryFolder();
    const path = join(folder.path, 'ledger.db');
    new Database(path).exec('VACUUM').close();
    expect(() => openDatabase(path, { readonly: true })).toThrow('older version');
  });
});

describe('a companion that only reads', () => {
  test('works beside an owner that writes, and without one, and cannot write', async () => {
    await using made = await temporaryLedger();
    const companion = openLedger(made.path, { readonly: true });
    made.ledger.settings.set('theme', 'dark');
    expect(companion.settings.get('theme')).toBe('dark');
    expect(() => companion.settings.set('theme', 'light')).toThrow('readonly');
    expect(() => companion.transaction(() => companion.settings.set('theme', 'light'))).toThrow('readonly');
    companion.close();

    made.ledger.close();
    const alone = openLedger(made.path, { readonly: true });
    expect(alone.settings.get('theme')).toBe('dark');
    expect(alone.destinations.all()).toEqual([]);
    alone.close();
    expect(made.reopen().settings.get('theme')).toBe('dark');
  });

  test('does not make a ledger', async () => {
    await using folder = await temporaryFolder();
    expect(() => openLedger(join(folder.path, 'ledger.db'), { readonly: true })).toThrow('unable to open');
  });
});
