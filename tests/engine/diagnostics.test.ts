/** Diagnostics answer why nothing is sent, out of what is harmless. */
import path from 'node:path';
import { expect, test } from 'vitest';
import { diagnose } from '../../electron/engine/care/diagnostics.ts';
import { OVERRULED_SETTING } from '../../electron/engine/rule-rests.ts';
import { writeSending } from '../../electron/engine/sending-settings.ts';
import { addPhoto, claim, destinationOf, temporaryLedger, type TemporaryLedger } from '../ledger/fixture.ts';
import { writeTree } from '../support/tree.ts';

const NIGHT = { days: [0, 1, 2, 3, 4, 5, 6], from: 0, to: 0, limit: 0 } as const;
const NOW = new Date(2026, 4, 4, 12).getTime();
const PROGRAM = { tagalong: '0.1.0', sharp: '0.35.5' };

function diagnosticsOf({ ledger, folder }: TemporaryLedger) {
  return diagnose({ dataFolder: folder, program: PROGRAM, ledger, now: NOW, withFileNames: false });
}

test('what steers the sending is told, of all accounts and of each', async () => {
  await using kept = await temporaryLedger();
  const { ledger } = kept;
  const account = destinationOf(ledger, 'photos');
  const { id } = ledger.folders.add('/home/jane/Pictures', account, 1);
  ledger.folders.setPaused(id, { at: 1, until: null });
  writeSending(ledger, { order: 'newest', batchesInFlight: 2, limit: 400_000, timetable: [NIGHT] });
  ledger.settings.set(OVERRULED_SETTING, { 'on-battery': null, '/home/jane': null });
  const photos = [1, 2].map((n) => addPhoto(ledger, n, { at: [account] }));
  ledger.db.exec("UPDATE upload SET state = 'queued'");
  claim(ledger, account, photos.slice(0, 1), 10);
  await writeTree(kept.folder, {
    [path.join('desktop', 'desktop.json')]: JSON.stringify({
      pausesOnBattery: true,
      pausesOnMetered: '/home/jane',
      home: '/home/jane',
    }),
  });

  const told = diagnosticsOf(kept);
  expect(told.desktop).toEqual({ pausesOnBattery: true });
  expect(told.ledger).toMatchObject({
    sending: {
      order: 'newest',
      batchesInFlight: 2,
      limit: 400_000,
      timetable: [NIGHT],
      now: { limit: 0, isTimed: true, until: null },
      pausedFolders: 1,
      overruledRests: ['on-battery'],
    },
    accounts: [
      { openBatches: [{ since: '1970-01-01T00:00:00.010Z', photos: 1, bytes: 100 }], queued: { later: 0 } },
    ],
  });
  expect(JSON.stringify(told)).not.toContain('jane');
});

test('a desktop that never ran, or whose file is damaged, is none', async () => {
  await using kept = await temporaryLedger();
  expect(diagnosticsOf(kept).desktop).toBeNull();
  await writeTree(kept.folder, { [path.join('desktop', 'desktop.json')]: '{"pausesOn' });
  expect(diagnosticsOf(kept).desktop).toBeNull();
});
