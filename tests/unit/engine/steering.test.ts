/** What a look at the clock does, and what it leaves alone. */
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Changes } from '../../../electron/engine/changes.ts';
import type { DestinationLine } from '../../../electron/engine/destination-line.ts';
import type { Spool } from '../../../electron/engine/imaging/spool.ts';
import { openLedger, type Ledger } from '../../../electron/engine/ledger/ledger.ts';
import { LedgerDamagedError } from '../../../electron/engine/ledger/open-errors.ts';
import { silentLog } from '../../../electron/engine/log.ts';
import { createSteering } from '../../../electron/engine/steering.ts';
import { createHoldKeeper, type HoldKeeper } from '../../../electron/engine/upload/hold-keeper.ts';
import { createShield } from '../../../electron/engine/upload/shield.ts';
import type { OverrulableRest } from '#shared/sending.ts';
import { createFakeClock, type FakeClock } from '../../support/fake-clock.ts';
import { temporaryFolder, type TemporaryFolder } from '../../support/tree.ts';
import { addFile, addPhoto, claim } from '../../ledger/fixture.ts';

const HOUR_MS = 3_600_000;

let folder: TemporaryFolder;
let ledger: Ledger;
let clock: FakeClock;
let destinationId: number;
let probeCount: number;
/** How often what is on its way was cut off, a pause of everything aside. */
let cutCount: number;
/** What was told of the room on the disk. */
let room: string[];
/** Changes that were noted. */
let noted: string[];

beforeEach(async () => {
  folder = await temporaryFolder();
  ledger = openLedger(path.join(folder.path, 'ledger.db'));
  destinationId = ledger.destinations.ensure({ baseUrl: 'practice:', userId: 'u', appId: 'a' }, 1).id;
  clock = createFakeClock();
  probeCount = 0;
  cutCount = 0;
  room = [];
  noted = [];
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
function steer(keeper: HoldKeeper, over: Ledger = ledger, tellsRests = false) {
  const uploader = {
    ...keeper,
    liftRest: (kind: OverrulableRest) => keeper.lift(kind),
    reconnect: () => void (cutCount += 1),
    wake: () => undefined,
  };
  const line = { destination: { id: destinationId }, uploader, wake: () => undefined };
  return createSteering({
    ledger: over,
    changes: {
      listen: () => () => undefined,
      note: (topic: string) => noted.push(topic),
    } as unknown as Changes,
    spool: { keys: () => [] } as unknown as Spool,
    lines: () => [line as unknown as DestinationLine],
    diskRoom: { full: (detail) => room.push(detail), hasRoom: () => room.push('room') },
    host: { clock, log: silentLog, tellsRests },
  });
}

/** The ledger, but that turns cannot be taken while there is an error. */
function failing(error: () => Error | null): Ledger {
  const take = (...given: Parameters<Ledger['turns']['take']>): number => {
    const thrown = error();
    if (thrown !== null) throw thrown;
    return ledger.turns.take(...given);
  };
  return { ...ledger, turns: { ...ledger.turns, take } };
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

test('another limit in force is a change that is told, by the timetable or by the owner; a mere look is none', async () => {
  const start = new Date(clock.now());
  const minute = start.getHours() * 60 + start.getMinutes();
  const days = [0, 1, 2, 3, 4, 5, 6];
  const timetable = [0, 500_000].map((limit, index) => ({
    days,
    from: (minute + index) % 1440,
    to: (minute + index + 1) % 1440,
    limit,
  }));
  ledger.settings.set('sending', { limit: 900_000, timetable });
  const steering = steer(keep());
  steering.look();
  expect([steering.now().limit, noted]).toEqual([0, []]);
  steering.overrule('scheduled');
  expect([steering.now(), noted]).toEqual([{ limit: 900_000, isTimed: false, until: null }, ['settings']]);
  await clock.advance(60_000);
  expect([steering.now().limit, noted.length]).toEqual([500_000, 2]);
  await clock.advance(30_000);
  steering.look();
  expect(noted.length).toBe(2);
  await clock.advance(30_000);
  expect([steering.now().limit, noted.length]).toEqual([900_000, 3]);
  await steering.stop();
});

test('a pause of everything ends within a minute of its time when the clock was set', async () => {
  const steering = steer(keep());
  steering.pause(clock.now() + 8 * HOUR_MS);
  clock.jump(8 * HOUR_MS);
  expect(kinds()).toEqual(['paused']);
  await clock.advance(61_000);
  expect(kinds()).toEqual([]);
  await steering.stop();
});

test('a pause for a time ends for accounts that nobody works for, too, and one that ended meanwhile at the start', async () => {
  const other = ledger.destinations.ensure({ baseUrl: 'practice:', userId: 'u', appId: 'b' }, 1).id;
  const paused = () => ledger.destinations.all().map(({ id }) => ledger.holds.of(id).map(({ kind }) => kind));
  const first = steer(keep());
  first.pause(clock.now() + HOUR_MS);
  expect(paused()).toEqual([['paused'], ['paused']]);
  await clock.advance(HOUR_MS - 1);
  expect(paused()).toEqual([['paused'], ['paused']]);
  await clock.advance(1);
  expect(paused()).toEqual([[], []]);
  await first.stop();
  ledger.holds.place(other, 'paused', { at: 1, until: clock.now(), detail: null });
  ledger.holds.place(destinationId, 'paused', { at: 1, until: null, detail: null });
  const second = steer(keep());
  expect(paused()).toEqual([['paused'], []]);
  await second.stop();
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

test('a folder that is paused is cut off before any turn is taken anew, and once', async () => {
  const folders = ['/p', '/q'].map((name) => ledger.folders.add(name, destinationId, 1).id);
  const [paused = 0, other = 0] = folders;
  for (const [index, folderId] of folders.entries())
    addFile(ledger, folderId, `${index}.jpg`, addPhoto(ledger, index + 1, { at: [destinationId] }));
  ledger.uploads.queue(1, 2);
  claim(ledger, destinationId, [1]);
  const steering = steer(keep());
  steering.pauseFolder(other, null);
  await steering.settled();
  expect(cutCount).toBe(0);
  steering.pauseFolder(paused, clock.now() + HOUR_MS);
  expect([cutCount, steering.isSettled()]).toEqual([1, false]);
  await steering.settled();
  expect([cutCount, steering.isSettled()]).toEqual([1, true]);
  // Another end changes no turn: sending goes on.
  steering.pauseFolder(paused, null);
  expect([cutCount, steering.isSettled()]).toEqual([1, true]);
  await steering.stop();
});

test('turns that a full disk keeps from being taken are said, and so is that there is room again', async () => {
  addPhoto(ledger, 1, { at: [destinationId] });
  let error: Error | null = Object.assign(new Error('database or disk is full'), { code: 'SQLITE_FULL' });
  const steering = steer(
    keep(),
    failing(() => error),
  );
  steering.save({ order: 'newest' });
  await clock.advance(500);
  expect(room).toEqual(['Error: database or disk is full']);
  error = null;
  await clock.advance(1000);
  expect([room.at(-1), steering.isSettled(), steering.fault()]).toEqual(['room', true, null]);
  await steering.stop();
});

test('a ledger that is found damaged while turns are taken is a fault, and is not tried again', async () => {
  addPhoto(ledger, 1, { at: [destinationId] });
  let tryCount = 0;
  const damage = new LedgerDamagedError('ledger.db', 'a page is missing', null);
  const steering = steer(
    keep(),
    failing(() => {
      tryCount += 1;
      return damage;
    }),
  );
  steering.save({ order: 'newest' });
  await clock.advance(60_000);
  expect([steering.fault(), tryCount, room]).toEqual([damage, 1, []]);
  await steering.stop();
});

test('a host that never tells of its rules does not keep the sending waiting for ever', async () => {
  const keeper = keep();
  keeper.rest('on-battery', null);
  const steering = steer(keeper, ledger, true);
  // It cannot tell before the engine serves, however long that takes.
  await clock.advance(60_000);
  expect([steering.isSettled(), kinds()]).toEqual([false, ['on-battery']]);
  steering.awaitHost();
  await clock.advance(9000);
  expect([steering.isSettled(), kinds()]).toEqual([false, ['on-battery']]);
  await clock.advance(2000);
  expect([steering.isSettled(), kinds()]).toEqual([true, []]);
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
