import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Outcome, RequestProblem } from '../../../electron/engine/clarifai/errors.ts';
import { REQUEST_PROBLEM_KINDS } from '../../../electron/engine/clarifai/errors.ts';
import { openLedger, type Ledger } from '../../../electron/engine/ledger/ledger.ts';
import { silentLog } from '../../../electron/engine/log.ts';
import { createHoldKeeper, type HoldKeeper } from '../../../electron/engine/upload/hold-keeper.ts';
import { holdUntil, kindForAsking, problemWords } from '../../../electron/engine/upload/hold-rules.ts';
import { createShield } from '../../../electron/engine/upload/shield.ts';
import { createFakeClock, type FakeClock } from '../../support/fake-clock.ts';
import { temporaryFolder, type TemporaryFolder } from '../../support/tree.ts';

let folder: TemporaryFolder;
let ledger: Ledger;
let clock: FakeClock;
let destinationId: number;
/** Answers of the next probes; the last one stays. */
let answers: Outcome<object>[];
let probes: number[];

const reply: Outcome<object> = {
  kind: 'reply',
  http: 200,
  status: { code: 10_000, description: '', details: '', reqId: '' },
};
const problem = (
  kind: RequestProblem['kind'],
  more: Partial<RequestProblem> = {},
): { kind: 'problem'; problem: RequestProblem } => ({
  kind: 'problem',
  problem: { kind, maybeStored: false, ...more },
});
const keep = (): HoldKeeper =>
  createHoldKeeper({
    ledger,
    destinationId,
    clock,
    random: () => 0.5,
    log: silentLog,
    shield: createShield({ clock, log: silentLog }),
    probe: () => {
      probes.push(clock.elapsed());
      return Promise.resolve(answers.length > 1 ? answers.shift()! : answers[0]!);
    },
    onChange: () => undefined,
  });
const never = (signal: AbortSignal) =>
  new Promise<typeof reply>((_, reject) => {
    signal.addEventListener('abort', () => reject(new Error('cut off')));
  });
const kinds = (): string[] => ledger.holds.of(destinationId).map(({ kind }) => kind);
const since = (): number | undefined => ledger.holds.of(destinationId)[0]?.since;
const gaps = (): number[] => probes.slice(1).map((at, index) => at - probes[index]!);

beforeEach(async () => {
  folder = await temporaryFolder();
  ledger = openLedger(path.join(folder.path, 'ledger.db'));
  destinationId = ledger.destinations.ensure({ baseUrl: 'practice:', userId: 'u', appId: 'a' }, 1).id;
  clock = createFakeClock();
  answers = [reply];
  probes = [];
});
afterEach(async () => {
  ledger.close();
  await folder[Symbol.asyncDispose]();
});

test('what a request that only asks is held for', () => {
  expect(Object.fromEntries(REQUEST_PROBLEM_KINDS.map((kind) => [kind, kindForAsking(kind)]))).toEqual({
    offline: 'offline',
    cut: 'offline',
    timeout: 'offline',
    throttled: 'throttled',
    'token-rejected': 'token-rejected',
    'not-permitted': 'not-permitted',
    'over-quota': 'over-quota',
    maintenance: 'service-down',
    'too-large': 'service-down',
    'refused-whole': 'service-down',
    'server-error': 'service-down',
    'not-the-service': 'offline',
    missing: 'service-down',
    unknown: 'service-down',
  });
});

test('the owner ends some holds, time the others, and Retry-After wins', () => {
  const failed = { attempt: 3, random: 0.5, now: 1000 };
  expect([
    holdUntil('token-rejected', failed),
    holdUntil('over-quota', failed),
    holdUntil('offline', failed),
    holdUntil('throttled', { ...failed, retryAfterMs: 7000 }),
    holdUntil('offline', { ...failed, random: 0 }),
  ]).toEqual([null, null, 3000, 8500, 1250]);
});

test('words of a problem', () => {
  const said = { description: 'Failure', details: 'Failure', http: 400, code: 11_100 };
  expect([problemWords(problem('unknown', said).problem), problemWords(problem('cut').problem)]).toEqual([
    'Failure (HTTP 400, code 11100)',
    null,
  ]);
});

test('under a hold nothing goes out but probes, ever more rarely, and an answer lifts it', async () => {
  const keeper = keep();
  answers = [...Array.from({ length: 5 }, () => problem('offline')), reply];
  expect(await keeper.ask(() => Promise.resolve(problem('offline')))).toBeNull();
  let asked = 0;
  const request = () => Promise.resolve(((asked += 1), reply));
  expect([await keeper.ask(request), await keeper.post(request), asked, keeper.isHeld()]).toEqual([
    null,
    null,
    0,
    true,
  ]);
  await clock.advance(60_000);
  expect([gaps(), kinds(), keeper.isOnTrial()]).toEqual([[1000, 2000, 4000, 8000, 16_000], [], true]);
  expect(await keeper.ask(request)).toEqual(reply);
  keeper.proved();
  expect(keeper.isOnTrial()).toBe(false);
});

test('a service that answers and takes nothing is not probed at full pace', async () => {
  const keeper = keep();
  const untils: number[] = [];
  for (let time = 0; time < 4; time += 1) {
    await keeper.post(() => Promise.resolve(problem('maintenance')));
    untils.push(ledger.holds.of(destinationId)[0]!.until! - clock.now());
    await clock.advance(10_000);
  }
  expect(untils).toEqual([500, 1000, 2000, 4000]);
});

test('a quota that is tried in vain has held all along; one that let something through begins anew', async () => {
  const keeper = keep();
  keeper.place('over-quota', null);
  const began = since();
  await clock.advance(60_000);
  keeper.resume();
  await clock.advance(1);
  expect(kinds()).toEqual([]);
  keeper.place('over-quota', null);
  expect(since()).toBe(began);
  keeper.resume();
  await clock.advance(1);
  keeper.proved();
  keeper.place('over-quota', null);
  expect(since()).toBeGreaterThan(began ?? Infinity);
});

test('a probe says nothing about a quota unless the owner wants it tried, and never ends a pause', async () => {
  const keeper = keep();
  keeper.place('over-quota', null);
  keeper.place('offline', null);
  await clock.advance(1000);
  expect(kinds()).toEqual(['over-quota']);
  keeper.pause(null);
  keeper.probe();
  await clock.advance(1000);
  expect([kinds(), probes.length]).toEqual([['over-quota', 'paused'], 1]);
  keeper.resume();
  await clock.advance(0);
  expect([kinds(), probes.length]).toEqual([[], 2]);
});

test('a pause cuts off what is out; a new start tries what the owner may have fixed', async () => {
  const keeper = keep();
  const running = keeper.post(never);
  keeper.pause(null);
  expect(await running).toBeNull();
  await keeper.stop();
  ledger.holds.lift(destinationId, 'paused');
  ledger.holds.place(destinationId, 'token-rejected', { at: 1, until: null, detail: null });
  const next = keep();
  await clock.advance(0);
  expect([kinds(), probes.length, next.isHeld()]).toEqual([[], 1, false]);
});

test('a probe that still fails for another reason changes the hold', async () => {
  const keeper = keep();
  answers = [problem('token-rejected', { details: 'revoked' })];
  keeper.place('offline', null);
  await clock.advance(1_000_000);
  expect(ledger.holds.of(destinationId)).toMatchObject([
    { kind: 'token-rejected', until: null, detail: 'revoked' },
  ]);
  expect(probes.length).toBe(1);
});

test('a full disk stops no request', async () => {
  const keeper = keep();
  keeper.place('disk-full', 'No space left', 15_000);
  expect([keeper.isHeld(), keeper.diskFullUntil()! - clock.now()]).toEqual([false, 15_500]);
  await clock.advance(100_000);
  expect(probes).toEqual([]);
});

test('a hold that cannot be written while its probe fails ends all the same once the ledger takes it again', async () => {
  ledger.holds.place(destinationId, 'offline', { at: clock.now(), until: clock.now() + 500, detail: null });
  ledger.db.exec(
    `CREATE TRIGGER full BEFORE INSERT ON hold BEGIN SELECT RAISE(FAIL, 'database is full'); END`,
  );
  answers = [problem('throttled')];
  const keeper = keep();
  await clock.advance(3000);
  expect(kinds()).toEqual(['offline']);
  ledger.db.exec('DROP TRIGGER full');
  answers = [reply];
  await clock.advance(120_000);
  expect([kinds(), keeper.isHeld()]).toEqual([[], false]);
  await keeper.stop();
});
