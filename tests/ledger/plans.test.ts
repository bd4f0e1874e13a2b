/** The hot statements use the index that was made for them, also where SQLite has no statistics. */
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { KNOWN_ROWS } from '../../electron/engine/ledger/known-rows.ts';
import type { Ledger } from '../../electron/engine/ledger/ledger.ts';
import { openLedger } from '../../electron/engine/ledger/ledger.ts';
import { mergingSql, probingSql, sizeSql, type PageSource } from '../../electron/engine/ledger/pages.ts';
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

test('failed photos are found by their state', () => {
  expect(plan(WORK_LISTS.failed)).toMatch(/^SEARCH upload USING (COVERING )?INDEX upload_(reason|state) /);
});

test.each(Object.entries(KNOWN_ROWS))('known rows (%s) are read by path, in its order', (_, sql) => {
  expect(plan(sql)).toMatch(/^SEARCH file USING INDEX sqlite_autoindex_file_1 \(folder_id=\?[^\n]*$/);
});

const SHEETS: Readonly<Record<PageSource, RegExp>> = {
  all: /upload USING (COVERING )?INDEX upload_sheet \(destination_id=\? AND \(sort_at,photo_id\)>\(\?,\?\) AND \(sort_at,photo_id\)<\(\?,\?\)\)/,
  state:
    /upload USING (COVERING )?INDEX upload_state \(destination_id=\? AND state=\? AND \(sort_at,photo_id\)>\(\?,\?\) AND \(sort_at,photo_id\)<\(\?,\?\)\)/,
  folder:
    /file USING (COVERING )?INDEX file_sheet \(folder_id=\? AND \(sheet_at,photo_id\)>\(\?,\?\) AND \(sheet_at,photo_id\)<\(\?,\?\)\)/,
  concept:
    /tag USING (COVERING )?INDEX tag_sheet \(concept_id=\? AND value=\? AND \(sort_at,photo_id\)>\(\?,\?\) AND \(sort_at,photo_id\)<\(\?,\?\)\)/,
};
const FILTERS: readonly PageSource[] = ['state', 'folder', 'concept'];

describe.each([false, true])('sheets (descending: %s)', (descending) => {
  test.each(['all', ...FILTERS] as const)('one filter, %s, walks its own index in its order', (source) => {
    const lines = plan(probingSql(source, [], descending));
    expect(lines.split('\n')[0]).toMatch(SHEETS[source]);
    expect(lines).not.toMatch(/SCAN|ORDER BY/);
  });

  test.each(FILTERS)('%s leads, and the others are probed in their indexes', (leader) => {
    const others = FILTERS.filter((source) => source !== leader);
    const lines = plan(probingSql(leader, others, descending));
    expect(lines.split('\n')[0]).toMatch(SHEETS[leader]);
    expect(lines).not.toMatch(/SCAN (upload|file|photo|tag)|ORDER BY/);
    if (leader !== 'folder') {
      expect(lines).toMatch(/file USING INDEX file_sheet \(folder_id=\? AND sheet_at=\? AND photo_id=\?\)/);
    }
    if (leader !== 'concept') {
      expect(lines).toMatch(
        /tag USING COVERING INDEX tag_sheet \(concept_id=\? AND value=\? AND sort_at=\? AND photo_id=\?\)/,
      );
    }
  });

  test('large filters are merged in order', () => {
    const lines = plan(mergingSql(FILTERS, descending));
    for (const source of FILTERS) expect(lines).toMatch(SHEETS[source]);
    expect(lines.match(/MERGE \(INTERSECT\)/g)).toHaveLength(2);
    expect(lines).not.toMatch(/SCAN (upload|file|photo|tag)/);
  });
});

test.each(FILTERS)('a filter (%s) is counted by its index alone', (source) => {
  expect(plan(sizeSql(source))).toMatch(SHEETS[source]);
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
