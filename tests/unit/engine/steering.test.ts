/** What a look at the clock does, and what it leaves alone. */
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Changes } from '../../../electron/engine/changes.ts';
import type { DestinationLine } from '../../../electron/engine/destination-line.ts';
import type { Spool } from '../../../electron/engine/imaging/spool.ts';
import { openLedger, type Ledger } from '../../../electron/engine/ledger/ledger.ts';
import { silentLog } from '../../../electron/engine/log.ts';
import { createSteering } from '../../../electron/engine/steering.ts';
import { createHoldKeeper, type HoldKeeper } from '../../../electron/engine/upload/hold-keeper.ts';
import { createShield } from '../../../electron/engine/upload/shield.ts';
import type { OverruledRest } from '#shared/sending.ts';
import { createFakeClock, type FakeClock } from '../../support/fake-clock.ts';
import { temporaryFolder, type TemporaryFolder } from '../../support/tree.ts';

const HOUR_MS = 3_600_000;

let folder: TemporaryFolder;
let ledger: Ledger;
let clock: FakeClock;
let destinationId: number;
let probeCount: number;

beforeEach(async () => {
  folder = await temporaryFolder();
  ledger = openLedger(path.join(folder.path, 'ledger.db'));
  destinationId = ledger.destinations.ensure({ baseUrl: 'practice:', userId: 'u', appId: 'a' }, 1).id;
  clock = createFakeClock();
  probeCount = 0;
});
afterEach(async () => {
  ledger.close();
  await folder[Symbol.asyncDispose]();
});

const kinds = (): string[] => ledger.holds.of(destinationId).map(({ kind }) => kind);

function keep(): HoldKeeper {
  return createHoldKeeper({
    ledger,
    destinationId,
    clock,
    random: () => 0.5,
    log: silentLog,
    shield: createShield({ clock, log: silentLog }),
    probe: () => {
      probeCount += 1;
      const status = { code: 10_000, description: '', details: '', reqId: '' };
      return Promise.resolve({ kind: 'reply', http: 200, status });
    },
    onChange: () => undefined,
  });
}

/** Steers a line that is nothing but its gate. */
function steer(keeper: HoldKeeper, over: Ledger = ledger) {
  const uploader = {
    ...keeper,
    liftRest: (kind: OverruledRest) => keeper.lift(kind),
    wake: () => undefined,
  };
  const line = { destination: { id: destinationId }, uploader, wake: () => undefined };
  return createSteering({
    ledger: over,
    changes: { listen: () => () => undefined } as unknown as Changes,
    spool: { keys: () => [] } as unknown as Spool,
    lines: () => [line as unknown as DestinationLine],
    host: { clock, log: silentLog },
  });
}

test.each([
  ['over-quota', undefined],
  ['throttled', 30 * 60_000],
] as const)('a timetable that is looked at does not try %s before its time', async (kind, retryAfterMs) => {
  const keeper = keep();
  keeper.place(kind, null, retryAfterMs);
  const timetable = [{ days: [0, 1, 2, 3, 4, 5, 6], from: 60, to: 120, limit: 50_000 }];
  ledger.settings.set('sending', { timetable });
  const steering = steer(keeper);
  await clock.advance(5 * 60_000);
  expect([kinds(), probeCount]).toEqual([[kind], 0]);
  await steering.stop();
});

test('a pause of everything ends within a minute of its time when the clock was set', async () => {
  const keeper = keep();
  keeper.pause(clock.now() + 8 * HOUR_MS);
  clock.jump(8 * HOUR_MS);
  await clock.advance(61_000);
  expect(kinds()).toEqual([]);
});

test('a look that fails, as on a full disk, is tried again, and ends nothing', async () => {
  const id = ledger.folders.add('/p', destinationId, 1).id;
  ledger.folders.setPaused(id, { at: 1, until: clock.now() + 1000 });
  let isFull = true;
  const failing = {
    ...ledger,
    folders: {
      ...ledger.folders,
      setPaused(...given: Parameters<Ledger['folders']['setPaused']>) {
        if (isFull) throw new Error('SQLITE_FULL: database or disk is full');
        ledger.folders.setPaused(...given);
      },
    },
  } as Ledger;
  const steering = steer(keep(), failing);
  await clock.advance(2000);
  expect(ledger.folders.byId(id)?.pausedAt).toBe(1);
  isFull = false;
  await clock.advance(2000);
  expect(ledger.folders.byId(id)?.pausedAt).toBe(null);
  await steering.stop();
});

test('a host that never tells of its rules does not keep the sending waiting for ever', async () => {
  const keeper = keep();
  keeper.rest('on-battery', null);
  const lines: DestinationLine[] = [];
  const steering = createSteering({
    ledger,
    changes: { listen: () => () => undefined } as unknown as Changes,
    spool: { keys: () => [] } as unknown as Spool,
    lines: () => lines,
    host: { clock, log: silentLog, tellsRests: true },
  });
  await clock.advance(9000);
  expect(steering.isSettled()).toBe(false);
  await clock.advance(2000);
  expect(steering.isSettled()).toBe(true);
  await steering.stop();
});

test('rests, limits and their ends come at the very minute that the timetable names', async () => {
  // By the clock of this computer: two minutes before the first entry begins.
  clock = createFakeClock(new Date(2026, 0, 5, 21, 58).getTime());
  const everyDay = { days: [0, 1, 2, 3, 4, 5, 6] };
  const rest = { ...everyDay, from: 22 * 60, to: 23 * 60, limit: 0 };
  const slow = { ...everyDay, from: 23 * 60, to: 0, limit: 50_000 };
  ledger.settings.set('sending', { limit: 2_000_000, timetable: [rest, slow] });
  const steering = steer(keep());
  const held = () => ledger.holds.of(destinationId).map(({ kind, until }) => [kind, until]);
  const inForce = () => [steering.limit.now(), held()];
  await clock.advance(2 * 60_000 - 1);
  expect(inForce()).toEqual([2_000_000, []]);
  await clock.advance(1);
  expect(inForce()).toEqual([2_000_000, [['scheduled', clock.now() + HOUR_MS]]]);
  await clock.advance(HOUR_MS - 1);
  expect(kinds()).toEqual(['scheduled']);
  await clock.advance(1);
  expect(inForce()).toEqual([50_000, []]);
  await clock.advance(HOUR_MS - 1);
  expect(inForce()).toEqual([50_000, []]);
  await clock.advance(1);
  expect(inForce()).toEqual([2_000_000, []]);
  await steering.stop();
});
