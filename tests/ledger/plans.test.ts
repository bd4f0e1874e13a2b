/** The hot statements use the index that was made for them, also where SQLite has no statistics. */
import Database from 'better-sqlite3';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { KNOWN_ROWS } from '../../electron/engine/ledger/known-rows.ts';
import type { Ledger } from '../../electron/engine/ledger/ledger.ts';
import { openLedger } from '../../electron/engine/ledger/ledger.ts';
import { QUEUED } from '../../electron/engine/ledger/queued-moment.ts';
import { WAITING } from '../../electron/engine/ledger/queue-reads.ts';
import { WORK_LISTS } from '../../electron/engine/ledger/work-lists.ts';
import { writeLargeLedger } from '../bench/large-ledger.ts';
import { planOf } from '../support/plan.ts';
import { temporaryFolder, type TemporaryFolder } from '../support/tree.ts';

let folder: TemporaryFolder;
let ledger: Ledger;

beforeAll(async () => {
  folder = await temporaryFolder();
  const path = `${folder.path}/ledger.db`;
  writeLargeLedger(path, 20_000);
  ledger = openLedger(path);
  expect(
    ledger.db.prepare(`SELECT count(*) FROM sqlite_master WHERE name = 'sqlite_stat1'`).pluck().get(),
  ).toBe(0);
});

afterAll(async () => {
  ledger.close();
  await folder[Symbol.asyncDispose]();
});

const plan = (sql: string): string => planOf(ledger.db, sql).join('\n');

test.each([
  ['found', 'upload_found'],
  ['unchecked', 'upload_unchecked'],
  ['unready', 'upload_unready'],
  ['ready', 'upload_ready'],
  ['follow', 'upload_follow'],
  ['tagsDue', 'upload_tags_due'],
  ['failuresDue', 'failure_due'],
  ['sending', 'upload_of_batch'],
] as const)('the list %s walks %s and sorts nothing', (name, index) => {
  const lines = plan(WORK_LISTS[name]);
  expect(lines).toMatch(new RegExp(`INDEX ${index}\\b`));
  expect(lines).not.toMatch(/TEMP B-TREE|SCAN (?!upload USING COVERING INDEX upload_found)/);
});

test.each(['failed', 'failedFor'] as const)('the list %s is read from the index of reasons alone', (name) => {
  expect(plan(WORK_LISTS[name])).toMatch(/^SEARCH upload USING COVERING INDEX upload_reason [^\n]*$/);
});

test('what waits for what is counted without a look at the photos', () => {
  expect(plan(WAITING.counts)).toMatch(/SEARCH waiting_count USING PRIMARY KEY/);
  expect(plan(WAITING.counts)).not.toMatch(/upload|file/);
  expect(plan(WAITING.later)).toMatch(/^SEARCH upload USING COVERING INDEX upload_retry [^\n]*$/);
});

test('all queued photos come merged from the work lists, and nothing is sorted', () => {
  const lines = plan(QUEUED);
  for (const list of ['unchecked', 'unready', 'ready'])
    expect(lines).toMatch(new RegExp(`SEARCH upload USING INDEX upload_${list} \\(destination_id=`));
  expect(lines).not.toMatch(/TEMP B-TREE|SCAN/);
});

test('a page of failures passes over others by the index of reasons alone', () => {
  const prepare = vi.spyOn(Database.prototype, 'prepare');
  openLedger(`${folder.path}/ledger.db`, { readonly: true }).close();
  const pages = prepare.mock.calls.map(([sql]) => sql).filter((sql) => sql.includes(') AS part'));
  prepare.mockRestore();
  expect(pages).toHaveLength(2);
  for (const page of pages) {
    expect(plan(page)).toMatch(/SEARCH upload USING COVERING INDEX upload_reason/);
    expect(plan(page)).not.toMatch(
      /SCAN (upload|failure|batch)|TEMP B-TREE FOR ORDER BY(?! *\n.*CORRELATED)/,
    );
  }
});

test.each(Object.entries(KNOWN_ROWS))('known rows (%s) are read by path, in its order', (_, sql) => {
  expect(plan(sql)).toMatch(/^SEARCH file USING INDEX sqlite_autoindex_file_1 \(folder_id=\?[^\n]*$/);
});

test('no statement of any table reads all uploads, files or photos', () => {
  const prepare = vi.spyOn(Database.prototype, 'prepare');
  openLedger(`${folder.path}/ledger.db`, { readonly: true }).close();
  const statements = prepare.mock.calls.map(([sql]) => sql).filter((sql) => !sql.startsWith('EXPLAIN'));
  prepare.mockRestore();
  expect(statements.length).toBeGreaterThan(80);
  const scanning = statements.filter((sql) =>
    /SCAN (upload|file|photo)\b(?! USING COVERING INDEX (?:upload_found|file_keywords))/.test(plan(sql)),
  );
  expect(scanning).toEqual([]);
});

test('statements about named photos go to these photos, not through all of a destination', () => {
  const prepare = vi.spyOn(Database.prototype, 'prepare');
  openLedger(`${folder.path}/ledger.db`, { readonly: true }).close();
  const named = prepare.mock.calls
    .map(([sql]) => sql)
    .filter((sql) => !sql.startsWith('EXPLAIN') && /json_each\(\$photoIds\)/.test(sql));
  prepare.mockRestore();
  expect(named).not.toEqual([]);
  const walking = named.filter((sql) =>
    /SEARCH (upload|tag) USING (COVERING )?INDEX [^\n]*\((destination_id|concept_id)=\?/.test(plan(sql)),
  );
  expect(walking).toEqual([]);
});
