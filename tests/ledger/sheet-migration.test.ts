import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { openLedger } from '../../electron/engine/ledger/ledger.ts';
import { migrate } from '../../electron/engine/ledger/migrate.ts';
import { MIGRATIONS } from '../../electron/engine/ledger/migrations/list.ts';
import { createSheetPhoto } from '../../electron/engine/ledger/sheet-photo.ts';
import { temporaryFolder } from '../support/tree.ts';
import { addFile, addPhoto, claim, destinationOf, hashOf, temporaryLedger } from './fixture.ts';

const PATHS = ['a.jpg', 'x/b.jpg', 'x/y/Ünï 1.JPG', 'x/y/z_100%.jpg'];

test('a ledger of version 1 keeps its photos, and what sheets ask for is made of them', async () => {
  await using folder = await temporaryFolder();
  const path = join(folder.path, 'ledger.db');
  const old = new Database(path);
  migrate(old, MIGRATIONS.slice(0, 1));
  old.exec(`INSERT INTO destination VALUES (1, 'https://api.test', 'me', 'a', NULL, 1);
    INSERT INTO folder (id, path, destination_id, added_at) VALUES (1, '/p', 1, 1);`);
  PATHS.forEach((file, n) => {
    old
      .prepare(
        'INSERT INTO photo (id, picture_hash, sort_at, found_at, chosen_file_id) VALUES (?, ?, ?, 1, ?)',
      )
      .run(n + 1, hashOf(n), n, n + 1);
    old
      .prepare(
        `INSERT INTO file (id, folder_id, path, kind, size, mtime_ms, ctime_ms, inode, photo_id, first_seen_at,
           looked_at, sort_at) VALUES (?, 1, ?, 'photo', 1, 1, 1, 1, ?, 1, 1, ?)`,
      )
      .run(n + 1, file, n + 1, n);
    old
      .prepare(
        `INSERT INTO upload (photo_id, destination_id, state, state_at, input_id, sort_at)
         VALUES (?, 1, 'found', ?, ?, ?)`,
      )
      .run(n + 1, n * 10, String(n), n);
  });
  old.exec(`UPDATE upload SET state = 'indexed', state_at = 77, indexed_at = 77, status_code = 30000, request_id = 'r'
    WHERE photo_id = 2`);
  const before = old.prepare<[], { state: string }>('SELECT * FROM upload ORDER BY photo_id').all();
  old.close();

  const ledger = openLedger(path);
  const { db } = ledger;
  const all = (sql: string): unknown[] => db.prepare(sql).raw().all();
  expect(db.prepare('SELECT * FROM upload ORDER BY photo_id').all()).toEqual(
    before.map((row) => {
      const waits =
        row.state === 'found' ? { situation: 'found', held_in: '[1]' } : { situation: null, held_in: null };
      return { ...row, is_first: 0, send_small: 0, turn: 0, ...waits };
    }),
  );
  expect(
    all('SELECT photo_id, at, state, status_code, request_id FROM state_history ORDER BY photo_id'),
  ).toEqual([
    [1, 0, 'found', null, null],
    [2, 77, 'indexed', 30_000, 'r'],
    [3, 20, 'found', null, null],
    [4, 30, 'found', null, null],
  ]);
  expect(all('SELECT directory, name FROM file ORDER BY id')).toEqual([
    ['', 'a.jpg'],
    ['x', 'b.jpg'],
    ['x/y', 'Ünï 1.JPG'],
    ['x/y', 'z_100%.jpg'],
  ]);
  expect(all(`SELECT rowid FROM file_name WHERE file_name MATCH '"ÜNÏ"'`)).toEqual([[3]]);
  expect(db.pragma('integrity_check', { simple: true })).toBe('ok');
  ledger.close();
});

test('a ledger of version 4 loses the times of its files, and the copies that sheets read follow the photo', async () => {
  await using folder = await temporaryFolder();
  const path = join(folder.path, 'ledger.db');
  const old = new Database(path);
  migrate(old, MIGRATIONS.slice(0, 4));
  old.exec(`INSERT INTO destination VALUES (1, 'https://api.test', 'me', 'a', NULL, 1);
    INSERT INTO folder (id, path, destination_id, added_at) VALUES (1, '/p', 1, 1);
    INSERT INTO concept (id, name, created_at) VALUES (1, 'cat', 1);
    INSERT INTO photo (id, picture_hash, sort_at, found_at) VALUES (1, '${hashOf(1)}', 10, 1), (2, '${hashOf(2)}', 20, 1);
    INSERT INTO file (id, folder_id, path, kind, size, mtime_ms, ctime_ms, inode, photo_id, first_seen_at, looked_at,
        sort_at, rating)
      VALUES (1, 1, 'a.jpg', 'photo', 1, 1, 1, 1, 1, 1, 1, 11, 3), (2, 1, 'x/b.jpg', 'photo', 1, 1, 1, 1, 2, 1, 1, 21, 4);
    INSERT INTO upload (photo_id, destination_id, state, state_at, input_id, sort_at)
      VALUES (1, 1, 'found', 1, 'one', 10), (2, 1, 'found', 1, 'two', 20);
    INSERT INTO tag (photo_id, concept_id, value, sort_at) VALUES (1, 1, 1, 10), (2, 1, 0, 20);`);
  const before = old.prepare<[], { sheet_at: number }>('SELECT * FROM file ORDER BY id').all();
  expect(before.map((file) => file.sheet_at)).toEqual([10, 20]);
  old.close();

  const ledger = openLedger(path);
  const { db } = ledger;
  const after = db.prepare<[], object>('SELECT * FROM file ORDER BY id').all();
  expect(after.map((file, n) => ({ ...file, sheet_at: (n + 1) * 10 }))).toEqual(before);
  expect(after[0]).not.toHaveProperty('sheet_at');
  expect(db.pragma('integrity_check', { simple: true })).toBe('ok');
  ledger.photos.choose(1, 1, 1, 30);
  const times = (table: string): unknown[] =>
    db.prepare(`SELECT sort_at FROM ${table} ORDER BY photo_id`).pluck().all();
  expect([times('upload'), times('tag'), times('file')]).toEqual([
    [30, 20],
    [30, 20],
    [11, 21],
  ]);
  expect(addFile(ledger, 1, 'x/b.jpg', 1)).toBe(2);
  expect(ledger.files.photosIn([1])).toEqual([1]);
  ledger.close();
});

test('names are found by where they are now', async () => {
  await using made = await temporaryLedger();
  const { ledger } = made;
  const destination = destinationOf(ledger, 'a');
  const [outer, inner] = ['/p', '/p/x'].map((path) => ledger.folders.add(path, destination, 1).id);
  const photo = addPhoto(ledger, 1, { at: [destination] });
  addFile(ledger, outer ?? 0, 'x/before/one.jpg', photo);
  addFile(ledger, outer ?? 0, 'x/two.jpg', photo);
  const found = (text: string): unknown[] =>
    ledger.db
      .prepare(
        `SELECT folder_id, directory, file.name FROM file_name JOIN file ON file.id = file_name.rowid
         WHERE file_name MATCH ? ORDER BY path`,
      )
      .raw()
      .all(`"${text}"`);
  ledger.files.moveBelow(outer ?? 0, 'x', inner ?? 0);
  expect(found('.jpg')).toEqual([
    [inner, 'before', 'one.jpg'],
    [inner, '', 'two.jpg'],
  ]);
  ledger.db.prepare(`UPDATE file SET path = 'before/three.jpg' WHERE path = 'before/one.jpg'`).run();
  expect(found('one.j')).toEqual([]);
  expect(found('three')).toEqual([[inner, 'before', 'three.jpg']]);
  ledger.db.exec('UPDATE photo SET chosen_file_id = NULL; DELETE FROM file');
  expect(found('.jpg')).toEqual([]);
});

test('the way of a photo is kept with what the service said', async () => {
  await using made = await temporaryLedger();
  const { ledger } = made;
  const destination = destinationOf(ledger, 'a');
  const photo = addPhoto(ledger, 1, { at: [destination] });
  const { id: concept } = ledger.concepts.ensure('bride', 1);
  ledger.uploads.queue(photo, 2);
  const first = claim(ledger, destination, [photo], 10);
  ledger.uploads.again(photo, destination, { at: 11, costsAttempt: true, retryAt: 20 });
  ledger.batches.close(first, {
    at: 11,
    outcome: 'refused',
    statusCode: 11_005,
    requestId: 'r1',
    detail: 'slow down',
  });
  const second = claim(ledger, destination, [photo], 21);
  ledger.uploads.fail(photo, destination, {
    cause: 'refused-by-service',
    detail: 'bad picture',
    at: 22,
    statusCode: 10_020,
    requestId: 'r2',
  });
  ledger.batches.close(second, { at: 22, outcome: 'settled', requestId: 'r2' });
  ledger.uploads.fail(photo, destination, { cause: 'service-trouble', detail: null, at: 23 });
  ledger.uploads.restart(photo, destination, 'queued', 24);
  const presence = { at: 25, origin: 'adopted', statusCode: 30_000, requestId: 'r3' } as const;
  ledger.uploads.present(photo, destination, { ...presence, state: 'indexed' });
  ledger.tags.set(photo, concept, 1);
  ledger.tags.sent(photo, destination, 1);
  const history = createSheetPhoto(ledger.db).history(photo, destination);
  const nothing = { reason: null, detail: null, statusCode: null, requestId: null };
  expect(history.slice(0, -1)).toEqual([
    { ...nothing, at: 1, what: 'found' },
    { ...nothing, at: 2, what: 'queued' },
    { ...nothing, at: 10, what: 'sending', detail: 'slow down', statusCode: 11_005, requestId: 'r1' },
    { ...nothing, at: 11, what: 'queued' },
    { ...nothing, at: 21, what: 'sending', requestId: 'r2' },
    {
      at: 22,
      what: 'failed',
      reason: 'refused-by-service',
      detail: 'bad picture',
      statusCode: 10_020,
      requestId: 'r2',
    },
    { ...nothing, at: 23, what: 'failed', reason: 'service-trouble' },
    { ...nothing, at: 24, what: 'queued' },
    { ...nothing, at: 25, what: 'indexed', statusCode: 30_000, requestId: 'r3' },
  ]);
  expect(history.at(-1)).toMatchObject({ what: 'tags' });
});
