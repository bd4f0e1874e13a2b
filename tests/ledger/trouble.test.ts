/** A ledger that is owned, locked, damaged, or has no room. */
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readdirSync, readFileSync, statSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import {
  beginRun,
  CHECK_EVERY_MS,
  checkLedger,
  checkPassed,
  endRun,
  needsCheck,
} from '../../electron/engine/ledger/check.ts';
import { openLedger, type Ledger } from '../../electron/engine/ledger/ledger.ts';
import {
  DataFolderOwnedError,
  isDiskFull,
  LedgerDamagedError,
  LedgerLockedError,
} from '../../electron/engine/ledger/open-errors.ts';
import { takeOwnership } from '../../electron/engine/ledger/owner.ts';
import { temporaryFolder } from '../support/tree.ts';
import { addFile, addPhoto, destinationOf, temporaryLedger, type TemporaryLedger } from './fixture.ts';

const HOLDER = join(import.meta.dirname, '../support/holds-database.ts');

/** Starts a process that holds on to something; resolves with its first word. */
async function holder(kind: 'owner' | 'lock', path: string, ms?: number): Promise<[ChildProcess, unknown]> {
  const child = fork(HOLDER, [kind, path, ...(ms === undefined ? [] : [String(ms)])]);
  const [word] = (await once(child, 'message')) as unknown[];
  return [child, word];
}

async function killed(child: ChildProcess): Promise<void> {
  const exit = once(child, 'exit');
  child.kill('SIGKILL');
  await exit;
}

describe('a data folder', () => {
  test('has one owner, and is free at once when that is killed', async () => {
    await using folder = await temporaryFolder();
    const [child, word] = await holder('owner', folder.path);
    expect(word).toBe('held');
    expect(() => takeOwnership(folder.path)).toThrow(DataFolderOwnedError);
    await killed(child);

    const mine = takeOwnership(folder.path);
    expect(() => takeOwnership(folder.path)).toThrow(DataFolderOwnedError);
    const [second, refused] = await holder('owner', folder.path);
    expect(refused).toBe('DataFolderOwnedError');
    await once(second, 'exit');
    mine.release();
    mine.release();
    takeOwnership(folder.path).release();
  });

  test('is made for its owner alone', async () => {
    await using folder = await temporaryFolder();
    const path = join(folder.path, 'new', 'deeper');
    takeOwnership(path).release();
    expect(statSync(path).mode & 0o077).toBe(0);
  });
});

describe('a ledger that another program locks', () => {
  test('is waited for', async () => {
    await using made = await temporaryLedger();
    made.ledger.settings.set('kept', 1);
    made.ledger.close();
    const [child] = await holder('lock', made.path, 300);
    const ledger = openLedger(made.path);
    expect(ledger.settings.get('kept')).toBe(1);
    ledger.close();
    if (child.exitCode === null) await once(child, 'exit');
  });

  test('is given up in words when it stays locked', async () => {
    await using made = await temporaryLedger();
    made.ledger.close();
    const [child] = await holder('lock', made.path);
    expect(() => openLedger(made.path, { lockWaitMs: 150 })).toThrow(LedgerLockedError);
    await killed(child);
    expect(made.reopen().destinations.all()).toEqual([]);
  });
});

/** Fills several hundred pages, so that damage has somewhere to be. */
function fill(ledger: Ledger): { folderId: number; destinationId: number } {
  const destinationId = destinationOf(ledger, 'a');
  const folderId = ledger.folders.add('/p', destinationId, 1).id;
  ledger.transaction(() => {
    for (let n = 1; n <= 1500; n += 1) {
      const photo = addPhoto(ledger, n, { at: [destinationId] });
      addFile(ledger, folderId, `${'deep/'.repeat(10)}${n}.jpg`, photo);
    }
  });
  ledger.db.pragma('wal_checkpoint(TRUNCATE)');
  return { folderId, destinationId };
}

/** Writes nonsense over part of a file. */
function overwrite(path: string, offset: number, bytes: number): void {
  const file = openSync(path, 'r+');
  writeSync(file, Buffer.alloc(bytes, 0xa5), 0, bytes, offset);
  closeSync(file);
}

/** The root page's place of a table or index. */
function rootOf(ledger: Ledger, name: string): number {
  const page = ledger.db
    .prepare('SELECT rootpage FROM sqlite_master WHERE name = ?')
    .pluck()
    .get(name) as number;
  return (page - 1) * (ledger.db.pragma('page_size', { simple: true }) as number);
}

const copiesIn = (folder: string): string[] =>
  readdirSync(folder).filter((name) => name.includes('.damaged-') && !name.endsWith('-wal'));

function thrownBy(act: () => unknown): unknown {
  try {
    act();
  } catch (error) {
    return error;
  }
  return undefined;
}

function expectDamaged(made: Pick<TemporaryLedger, 'folder' | 'path'>, act: () => unknown): void {
  const bytes = readFileSync(made.path);
  const error = thrownBy(act);
  expect(error).toBeInstanceOf(LedgerDamagedError);
  const copies = copiesIn(made.folder).map((name) => join(made.folder, name));
  expect(copies).toEqual([(error as LedgerDamagedError).copyPath]);
  expect(readFileSync(copies[0] ?? '').equals(bytes)).toBe(true);
  expect(readFileSync(made.path).equals(bytes)).toBe(true);
}

describe('a damaged ledger', () => {
  test.each([
    ['the header', 0, 100],
    ['the first page behind the header', 100, 3996],
  ])('is explained at open and copied aside once (%s)', async (_, offset, bytes) => {
    await using made = await temporaryLedger();
    fill(made.ledger);
    made.ledger.close();
    overwrite(made.path, offset, bytes);
    expectDamaged(made, () => openLedger(made.path));
    expectDamaged(made, () => openLedger(made.path));
    expect(checkLedger(made.path)).toEqual([expect.stringMatching(/not a database|malformed/)]);
  });

  test('a file that is no database at all is explained too', async () => {
    await using folder = await temporaryFolder();
    const path = join(folder.path, 'ledger.db');
    writeFileSync(path, 'These are my notes, not a database. '.repeat(100));
    expectDamaged({ folder: folder.path, path }, () => openLedger(path));
  });

  test('is found by a read or a write whenever it shows, and copied aside once', async () => {
    await using made = await temporaryLedger();
    const { folderId, destinationId } = fill(made.ledger);
    const [fileRoot, uploadRoot] = [rootOf(made.ledger, 'file'), rootOf(made.ledger, 'upload')];
    made.ledger.close();
    expect(checkLedger(made.path)).toBe('ok');
    overwrite(made.path, fileRoot, 4096);
    overwrite(made.path, uploadRoot, 4096);
    const problems = checkLedger(made.path);
    expect(problems).not.toBe('ok');

    const ledger = made.reopen();
    expect(ledger.folders.byId(folderId)?.path, 'what is whole is still read').toBe('/p');
    expectDamaged(made, () => ledger.sheetRows.of(destinationId, [1]));
    expectDamaged(made, () => ledger.transaction(() => addFile(ledger, folderId, 'new.jpg', 1)));
    expectDamaged(made, () => ledger.transaction(() => ledger.transaction(() => ledger.files.byId(7))));
    expect(ledger.db.inTransaction).toBe(false);
  });

  test('what is no damage is passed on as it is', async () => {
    await using made = await temporaryLedger();
    const { ledger } = made;
    expect(() => ledger.folders.add('/p', 99, 1)).toThrow('FOREIGN KEY');
    const mine = new Error('mine');
    expect(
      thrownBy(() =>
        ledger.transaction(() => {
          ledger.settings.set('half', true);
          throw mine;
        }),
      ),
    ).toBe(mine);
    expect(ledger.settings.get('half')).toBeUndefined();
    expect(copiesIn(made.folder)).toEqual([]);
  });
});

describe('a check', () => {
  test('is due after an unclean end until one has passed, however later runs end', async () => {
    await using made = await temporaryLedger();
    expect(beginRun(made.ledger, 1000), 'a new ledger has nothing to be checked').toBe(false);
    endRun(made.ledger);
    expect([needsCheck(made.reopen(), 2000), beginRun(made.ledger, 2000)]).toEqual([false, false]);

    expect([needsCheck(made.reopen(), 3000), beginRun(made.ledger, 3000)]).toEqual([true, true]);
    endRun(made.ledger);
    expect(beginRun(made.reopen(), 4000), 'the run ended well, but nothing was checked').toBe(true);
    checkPassed(made.ledger, 4500);
    endRun(made.ledger);
    expect(beginRun(made.reopen(), 5000)).toBe(false);
    endRun(made.ledger);
    expect(needsCheck(made.reopen(), 4500 + CHECK_EVERY_MS)).toBe(false);
    expect(beginRun(made.ledger, 4501 + CHECK_EVERY_MS), 'a week later').toBe(true);
  });

  test('reads beside an owner that is writing, and sees what is written', async () => {
    await using made = await temporaryLedger();
    fill(made.ledger);
    made.ledger.db.exec('BEGIN IMMEDIATE');
    made.ledger.settings.set('half', true);
    expect(checkLedger(made.path)).toBe('ok');
    made.ledger.db.exec('COMMIT');
    expect(() => checkLedger(join(made.folder, 'none.db'))).toThrow('unable to open');
  });
});

describe('a full disk', () => {
  test('refuses the write in words that can be told, loses nothing, and goes on when there is room', async () => {
    await using made = await temporaryLedger();
    const { ledger } = made;
    const { folderId, destinationId } = fill(ledger);
    const pages = ledger.db.pragma('page_count', { simple: true }) as number;
    ledger.db.pragma(`max_page_count = ${pages}`);
    const counts = ledger.counts.of(destinationId);
    const add = (): void =>
      ledger.transaction(() => {
        for (let n = 2000; n < 4000; n += 1) {
          addFile(ledger, folderId, `more/${n}.jpg`, addPhoto(ledger, n, { at: [destinationId] }));
        }
      });
    expect(isDiskFull(thrownBy(add))).toBe(true);
    expect(ledger.counts.of(destinationId)).toEqual(counts);
    expect(ledger.files.byPath(folderId, 'more/2000.jpg')).toBeUndefined();

    ledger.db.pragma('max_page_count = 1000000');
    add();
    expect(made.reopen().counts.of(destinationId).found).toBe(3500);
    expect(checkLedger(made.path)).toBe('ok');
  });
});
