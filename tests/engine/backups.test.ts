/** Backups of a ledger that is written meanwhile, what becomes of older ones, and the way back. */
import { copyFileSync, existsSync, readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { makeBackup } from '../../electron/engine/care/backups.ts';
import { restoreLedger } from '../../electron/engine/care/restore.ts';
import { checkLedger } from '../../electron/engine/ledger/check.ts';
import { openLedger, type Ledger } from '../../electron/engine/ledger/ledger.ts';
import { addPhoto, destinationOf, temporaryLedger } from '../ledger/fixture.ts';
import { startEngineHere } from '../support/engine-here.ts';

/** Makes the ledger some 20 MB, so that a copy takes more than a moment. */
const PADS = 100;
const PAD = 'x'.repeat(200_000);

/** Two numbers that every transaction keeps equal, far from each other in the file. */
function write(ledger: Ledger, count: number): void {
  ledger.transaction(() => {
    ledger.settings.set('a-first', count);
    ledger.settings.set(`pad-${String(count % PADS)}`, `${String(count)}${PAD}`);
    ledger.settings.set('z-last', count);
  });
}

function pair(path: string): { readonly first: unknown; readonly last: unknown; readonly newestPad: string } {
  const ledger = openLedger(path);
  try {
    const first = ledger.settings.get('a-first');
    const pad = ledger.settings.get(`pad-${String(Number(first) % PADS)}`);
    return { first, last: ledger.settings.get('z-last'), newestPad: String(pad).replaceAll('x', '') };
  } finally {
    ledger.close();
  }
}

test('each backup is the ledger of one moment, while the engine writes without a pause', async () => {
  await using here = await startEngineHere({ watches: false, workerCount: 1 });
  const { ledger, api } = here.engine;
  let count = 0;
  for (; count < PADS; count += 1) write(ledger, count);
  let isOver = false;
  const writing = (async () => {
    while (!isOver) {
      count += 1;
      write(ledger, count);
      await new Promise((resolve) => setImmediate(resolve));
    }
  })();
  const seen: number[] = [];
  for (let round = 0; round < 3; round += 1) {
    const before = count;
    // Asked twice at once, it is made once.
    const [made, same] = await Promise.all([api.backUp({}), api.backUp({})]);
    const after = count;
    expect(same).toEqual(made);
    // The engine went on, and the copy has its moment between.
    expect(after).toBeGreaterThan(before);
    expect(checkLedger(made.path)).toBe('ok');
    const copy = `${made.path}.looked-at`;
    copyFileSync(made.path, copy);
    const { first, last, newestPad } = pair(copy);
    expect({ last, newestPad }).toEqual({ last: first, newestPad: String(first) });
    expect(first).toBeGreaterThanOrEqual(before);
    expect(first).toBeLessThanOrEqual(after);
    seen.push(Number(first));
  }
  isOver = true;
  await writing;
  expect(new Set(seen).size).toBe(3);
  const { backups, keptCount } = await api.backups({});
  expect({ count: backups.length, keptCount }).toEqual({ count: 3, keptCount: 5 });
  expect(backups.map(({ at }) => at)).toEqual(backups.map(({ at }) => at).toSorted((a, b) => b - a));
});

test('so many are kept as were chosen, and what is no backup stays', async () => {
  await using here = await startEngineHere({ watches: false, workerCount: 1 });
  const { api } = here.engine;
  await api.saveBackupSettings({ keptCount: 3 });
  const made = [];
  for (let round = 0; round < 5; round += 1) {
    made.push(await api.backUp({}));
    if (round === 0) writeFileSync(path.join(here.dataFolder, 'backups', 'ledger-of-jane.db'), 'mine');
  }
  const { backups } = await api.backups({});
  expect(backups).toEqual(made.slice(2).toReversed());
  expect(readdirSync(path.join(here.dataFolder, 'backups')).toSorted()).toEqual(
    [...made.slice(2).map((one) => path.basename(one.path)), 'ledger-of-jane.db'].toSorted(),
  );
  const { bytes, freeBytes } = await api.dataFolder({});
  expect(bytes.backups).toBe(made.slice(2).reduce((sum, one) => sum + one.bytes, 4));
  expect(freeBytes).toBeGreaterThan(0);
});

test('a copy that is not whole never gets a name, and costs no older backup', async () => {
  await using made = await temporaryLedger();
  const folder = path.join(made.folder, 'backups');
  const order = { ledgerPath: made.path, folder, keptCount: 1 };
  const good = await makeBackup({ ...order, at: Date.UTC(2020, 4, 2) });
  made.ledger.close();
  // A page in the middle is not what it was.
  const bytes = readFileSync(made.path);
  bytes.fill(0xab, 8192, 8192 + 4096);
  const torn = path.join(made.folder, 'torn.db');
  writeFileSync(torn, bytes);
  await expect(makeBackup({ ...order, ledgerPath: torn, at: Date.UTC(2020, 4, 3) })).rejects.toThrow(
    /damaged|malformed/u,
  );
  // What a killed process left long ago goes; what another one is writing now does not.
  const [old, fresh] = ['1.unfinished', '2.unfinished'].map((end) => path.join(folder, `ledger-x.db.${end}`));
  for (const file of [old, fresh]) writeFileSync(file ?? '', 'part');
  utimesSync(old ?? '', 1, 1);
  expect(readdirSync(folder)).toContain(path.basename(good.path));
  made.ledger = openLedger(made.path);
  const next = await makeBackup({ ...order, at: Date.now() });
  expect(readdirSync(folder).toSorted()).toEqual(
    [path.basename(next.path), path.basename(fresh ?? '')].toSorted(),
  );
});

test('a restored ledger is the backup, without anything that was written behind the old one', async () => {
  await using made = await temporaryLedger();
  const destination = destinationOf(made.ledger, 'app');
  addPhoto(made.ledger, 1, { at: [destination] });
  const order = { ledgerPath: made.path, folder: path.join(made.folder, 'backups'), at: 5, keptCount: 5 };
  const backup = await makeBackup(order);
  addPhoto(made.ledger, 2, { at: [destination] });
  // Copied while it is open, as a killed engine leaves it: with all of its WAL.
  const left = path.join(made.folder, 'left.db');
  copyFileSync(made.path, left);
  copyFileSync(`${made.path}-wal`, `${left}-wal`);
  const { asidePath } = restoreLedger({ backupPath: backup.path, ledgerPath: left, at: 6 });
  const found = (file: string): number => {
    const ledger = openLedger(file);
    try {
      return ledger.counts.of(destination).found;
    } finally {
      ledger.close();
    }
  };
  expect({ restored: found(left), aside: found(asidePath ?? '') }).toEqual({ restored: 1, aside: 2 });

  const before = readFileSync(left);
  const broken = path.join(made.folder, 'broken.db');
  writeFileSync(broken, 'no database at all, but long enough to be looked at'.repeat(100));
  expect(() => restoreLedger({ backupPath: broken, ledgerPath: left, at: 7 })).toThrow(
    'Nothing was changed. Choose an older backup',
  );
  expect(readFileSync(left).equals(before)).toBe(true);
  expect(existsSync(`${left}.restoring`)).toBe(false);
});
