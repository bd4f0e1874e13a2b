/** Random histories of photos: only legal moves happen, and what the ledger promises holds after each step. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { PHOTO_STATES, STATE_MOVES, type PhotoState } from '#shared/photo.ts';
import type { Ledger } from '../../electron/engine/ledger/ledger.ts';
import { addPhoto, claim, destinationOf, temporaryLedger } from './fixture.ts';

const PHOTOS = 4;

/** What one step does to the photo `n` at the destination `at`. */
type Step =
  | {
      readonly act: 'queue' | 'again' | 'restart-found' | 'restart-queued' | 'accepted' | 'indexed';
      readonly n: number;
      readonly at: number;
    }
  | { readonly act: 'fail' | 'skip' | 'claim' | 'close' | 'arrive'; readonly n: number; readonly at: number }
  | { readonly act: 'raw'; readonly n: number; readonly at: number; readonly to: PhotoState };

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      act: fc.constantFrom(
        'queue',
        'queue',
        'claim',
        'claim',
        'again',
        'restart-found',
        'restart-queued',
        'accepted',
        'indexed',
        'fail',
        'skip',
        'close',
        'arrive',
      ),
      n: fc.nat(PHOTOS - 1),
      at: fc.nat(1),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      act: fc.constant('raw' as const),
      n: fc.nat(PHOTOS - 1),
      at: fc.nat(1),
      to: fc.constantFrom(...PHOTO_STATES),
    }),
  },
) as fc.Arbitrary<Step>;

interface World {
  readonly ledger: Ledger;
  readonly destinations: readonly number[];
  readonly photos: readonly number[];
}

const snapshot = ({ ledger }: World): unknown =>
  ['upload', 'upload_count', 'failure', 'batch', 'batch_input'].map((table) =>
    ledger.db.prepare(`SELECT * FROM ${table}`).all(),
  );

const stateOf = ({ ledger }: World, photoId: number, destinationId: number): PhotoState | undefined =>
  ledger.uploads.get(photoId, destinationId)?.state;

/** Where the step leads, by the shared table. */
function goalOf(now: PhotoState | undefined, act: Step['act']): PhotoState | 'refused' | 'nothing' {
  if (act === 'arrive') return now === undefined ? 'found' : 'nothing';
  if (now === undefined) return act === 'fail' || act === 'claim' ? 'refused' : 'nothing';
  const goals: Partial<Record<Step['act'], PhotoState>> = {
    again: 'queued',
    accepted: 'accepted',
    indexed: 'indexed',
    fail: 'failed',
    skip: 'skipped',
    claim: 'sending',
  };
  if (act === 'queue') return now === 'found' ? 'queued' : 'nothing';
  if (act === 'restart-found' || act === 'restart-queued') {
    if (now !== 'failed' && now !== 'skipped') return 'nothing';
    return act === 'restart-found' ? 'found' : 'queued';
  }
  const goal = goals[act];
  if (goal === undefined) return 'nothing';
  if (goal === 'sending' && now === 'sending') return 'refused';
  // A photo with a reason goes on by a restart only, which clears it.
  if (act === 'again' && (now === 'failed' || now === 'skipped')) return 'refused';
  return goal === now || STATE_MOVES[now].includes(goal) ? goal : 'refused';
}

function perform(world: World, { act, n, at }: Step, clock: number): void {
  const { ledger } = world;
  const photoId = world.photos[n] ?? 0;
  const destinationId = world.destinations[at] ?? 0;
  const present = { at: clock, origin: 'posted', statusCode: 1, requestId: null } as const;
  switch (act) {
    case 'arrive':
      ledger.uploads.arrive(photoId, destinationId, `input-${photoId}`, 1, clock);
      break;
    case 'queue':
      ledger.uploads.queue(photoId, clock);
      break;
    case 'claim':
      claim(ledger, destinationId, [photoId], clock);
      break;
    case 'again':
      ledger.uploads.again(photoId, destinationId, { at: clock, costsAttempt: true, retryAt: clock + 5 });
      break;
    case 'restart-found':
    case 'restart-queued':
      ledger.uploads.restart(photoId, destinationId, act === 'restart-found' ? 'found' : 'queued', clock);
      break;
    case 'accepted':
    case 'indexed':
      ledger.uploads.present(photoId, destinationId, { ...present, state: act });
      break;
    case 'fail':
      ledger.uploads.fail(photoId, destinationId, { cause: 'cannot-decode', detail: 'words', at: clock });
      break;
    case 'skip':
      ledger.uploads.skip(photoId, destinationId, 'skipped-by-owner', clock);
      break;
    case 'close':
    case 'raw':
      break;
  }
}

/** Ends the oldest open batch: refused exactly while one of its photos is being sent. */
function close(world: World, at: number, clock: number): void {
  const { ledger } = world;
  const batch = ledger.batches.open(world.destinations[at] ?? 0)[0];
  if (batch === undefined) return;
  const sending = ledger.workLists.sending(batch).length;
  const end = (): void => ledger.batches.close(batch, { at: clock, outcome: 'answered' });
  if (sending > 0) expect(end).toThrow('each of its photos has an outcome');
  else expect(end).not.toThrow();
}

/** A bare UPDATE with all that the new state asks for. */
function moveRaw({ ledger, photos, destinations }: World, n: number, at: number, to: PhotoState): void {
  const photoId = photos[n] ?? 0;
  const destinationId = destinations[at] ?? 0;
  const batch = ledger.db
    .prepare(`INSERT INTO batch (destination_id, opened_at, input_count, body_bytes) VALUES (?, 1, 1, 1)`)
    .run(destinationId).lastInsertRowid;
  ledger.db
    .prepare(
      `UPDATE upload SET state = $to, reason = CASE WHEN $to IN ('failed', 'skipped') THEN 'x' END,
         batch_id = CASE WHEN $to = 'sending' AND state <> 'sending' THEN $batch ELSE batch_id END,
         accepted_at = coalesce(accepted_at, 1), indexed_at = coalesce(indexed_at, 1)
       WHERE photo_id = $photoId AND destination_id = $destinationId`,
    )
    .run({ to, batch, photoId, destinationId });
}

/** Tries a bare UPDATE; what it does is taken back. */
function tryRaw(world: World, { n, at, to }: Extract<Step, { act: 'raw' }>): void {
  const { ledger } = world;
  const photoId = world.photos[n] ?? 0;
  const destinationId = world.destinations[at] ?? 0;
  const now = stateOf(world, photoId, destinationId);
  if (now === undefined) return;
  const undo = new Error('undo');
  const move = (): void =>
    ledger.transaction(() => {
      moveRaw(world, n, at, to);
      expect(stateOf(world, photoId, destinationId)).toBe(to);
      countsHold(world);
      throw undo;
    });
  if (to === now || STATE_MOVES[now].includes(to)) expect(move).toThrow(undo);
  else expect(move).toThrow(/illegal move/);
}

function countsHold({ ledger, destinations }: World): void {
  for (const destinationId of destinations) {
    const real = ledger.db
      .prepare<[number], [PhotoState, number]>(
        'SELECT state, count(*) FROM upload WHERE destination_id = ? GROUP BY state',
      )
      .raw()
      .all(destinationId);
    const zeros = PHOTO_STATES.map((state): [PhotoState, number] => [state, 0]);
    expect(ledger.counts.of(destinationId)).toEqual(Object.fromEntries([...zeros, ...real]));
  }
}

const key = (one: { photoId: number; destinationId: number }): string =>
  `${one.photoId} ${one.destinationId}`;

function promisesHold(world: World, arrived: ReadonlySet<string>): void {
  const { ledger } = world;
  countsHold(world);
  const uploads = world.photos.flatMap((photoId) => ledger.uploads.ofPhoto(photoId));
  expect(new Set(uploads.map(key))).toEqual(arrived);
  for (const { photoId, destinationId, state, reason, batchId } of uploads) {
    expect(reason !== null).toBe(state === 'failed' || state === 'skipped');
    const open = ledger.batches.open(destinationId);
    const holding = open.filter((id) => ledger.workLists.sending(id).some((one) => one.photoId === photoId));
    expect(holding).toEqual(state === 'sending' ? [batchId] : []);
  }
  const failed = uploads.filter(({ state }) => state === 'failed');
  const openFailures = ledger.db
    .prepare(
      'SELECT photo_id AS photoId, destination_id AS destinationId FROM failure WHERE cleared_at IS NULL',
    )
    .all();
  expect((openFailures as (typeof failed)[number][]).map(key).toSorted()).toEqual(failed.map(key).toSorted());
}

function take(world: World, one: Step, clock: number, arrived: Set<string>): void {
  const photoId = world.photos[one.n] ?? 0;
  const destinationId = world.destinations[one.at] ?? 0;
  if (one.act === 'raw') return tryRaw(world, one);
  if (one.act === 'close') return close(world, one.at, clock);
  const goal = goalOf(stateOf(world, photoId, destinationId), one.act);
  const before = snapshot(world);
  const act = (): void => world.ledger.transaction(() => perform(world, one, clock));
  if (goal === 'refused') {
    expect(act).toThrow(/illegal move|one open batch|is not at destination|FOREIGN KEY|CHECK constraint/);
    expect(snapshot(world)).toEqual(before);
    return;
  }
  act();
  if (one.act === 'arrive') arrived.add(`${photoId} ${destinationId}`);
  if (goal !== 'nothing') expect(stateOf(world, photoId, destinationId)).toBe(goal);
  else if (one.act !== 'queue') expect(snapshot(world)).toEqual(before);
}

test('whatever happens, photos move as the table says and the ledger keeps its promises', async () => {
  await using made = await temporaryLedger();
  const { ledger } = made;
  let round = 0;
  fc.assert(
    fc.property(fc.array(step, { minLength: 20, maxLength: 60 }), (steps) => {
      // Photos and destinations of its own for each history, all in one file.
      round += 1;
      ledger.db.exec('SAVEPOINT history');
      try {
        const destinations = ['a', 'b'].map((name) => destinationOf(ledger, `${name}${round}`));
        const photos = Array.from({ length: PHOTOS }, (_, n) => addPhoto(ledger, round * 100 + n));
        const world = { ledger, destinations, photos };
        const arrived = new Set<string>();
        steps.forEach((one, clock) => {
          take(world, one, clock + 1, arrived);
          promisesHold(world, arrived);
        });
      } finally {
        ledger.db.exec('ROLLBACK TO history; RELEASE history');
      }
    }),
    { numRuns: 100 },
  );
});

/** The shortest legal way from found to a state. */
function wayTo(goal: PhotoState): PhotoState[] {
  const ways: PhotoState[][] = [[]];
  for (const way of ways) {
    const end = way.at(-1) ?? 'found';
    if (end === goal) return way;
    for (const next of STATE_MOVES[end]) if (!way.includes(next)) ways.push([...way, next]);
  }
  throw new Error(`There is no way to ${goal}.`);
}

test('each of the 81 pairs of states is a legal move, no move, or refused', async () => {
  await using made = await temporaryLedger();
  const { ledger } = made;
  ledger.db.exec('BEGIN');
  const destinations = [destinationOf(ledger, 'a')];
  PHOTO_STATES.forEach((from, n) => {
    const photos = [addPhoto(ledger, n + 1, { at: destinations })];
    const world = { ledger, destinations, photos };
    for (const to of wayTo(from)) moveRaw(world, 0, 0, to);
    for (const to of PHOTO_STATES) tryRaw(world, { act: 'raw', n: 0, at: 0, to });
    expect(stateOf(world, photos[0] ?? 0, destinations[0] ?? 0)).toBe(from);
  });
  countsHold({ ledger, destinations, photos: [] });
  ledger.db.exec('COMMIT');
});

test('a photo begins as found or queued, and is never forgotten', async () => {
  await using made = await temporaryLedger();
  const { ledger } = made;
  const destination = destinationOf(ledger, 'a');
  const photo = addPhoto(ledger, 1);
  const insert = ledger.db.prepare(
    `INSERT INTO upload (photo_id, destination_id, state, state_at, input_id, sort_at, reason)
     VALUES (?, ?, ?, 1, 'x', 1, ?)`,
  );
  for (const state of PHOTO_STATES.filter((one) => one !== 'found' && one !== 'queued')) {
    const reason = state === 'failed' || state === 'skipped' ? 'x' : null;
    expect(() => insert.run(photo, destination, state, reason)).toThrow('starts as found or queued');
  }
  insert.run(photo, destination, 'queued', null);
  expect(() => ledger.db.exec('DELETE FROM upload')).toThrow('never forgotten');
  expect(ledger.counts.of(destination).queued).toBe(1);
});

test('failures are kept with the words of their day, and open only while the photo is failed', async () => {
  await using made = await temporaryLedger();
  const { ledger } = made;
  const destination = destinationOf(ledger, 'a');
  const photo = addPhoto(ledger, 1, { at: [destination] });
  const open = (): unknown =>
    ledger.db.prepare('SELECT cause, detail, at, cleared_at AS clearedAt FROM failure ORDER BY id').all();
  ledger.uploads.fail(photo, destination, { cause: 'cannot-decode', detail: 'bad marker', at: 5 });
  ledger.uploads.fail(photo, destination, { cause: 'service-trouble', detail: null, at: 6, nextAt: 9 });
  expect(ledger.workLists.failuresDue(destination, 8, 10)).toEqual([]);
  expect(ledger.workLists.nextFailureAt(destination)).toBe(9);
  expect(ledger.workLists.failuresDue(destination, 9, 10)).toEqual([
    { photoId: photo, cause: 'service-trouble' },
  ]);
  expect(ledger.uploads.restart(photo, destination, 'queued', 10)).toBe(true);
  expect(ledger.uploads.restart(photo, destination, 'queued', 11)).toBe(false);
  expect(open()).toEqual([
    { cause: 'cannot-decode', detail: 'bad marker', at: 5, clearedAt: 6 },
    { cause: 'service-trouble', detail: null, at: 6, clearedAt: 10 },
  ]);
  expect([ledger.workLists.nextFailureAt(destination), ledger.workLists.failed(destination, null)]).toEqual([
    null,
    [],
  ]);
});

test('a photo is in one batch at a time', async () => {
  await using made = await temporaryLedger();
  const { ledger } = made;
  const here = destinationOf(ledger, 'a');
  const there = destinationOf(ledger, 'b');
  const [one = 0, two = 0] = [1, 2].map((n) => addPhoto(ledger, n, { at: [here] }));
  for (const photo of [one, two]) ledger.uploads.queue(photo, 2);
  const batch = claim(ledger, here, [one]);
  expect(() => claim(ledger, here, [two, one])).toThrow('one open batch');
  expect(() => claim(ledger, there, [two])).toThrow('is not at destination');
  expect(ledger.batches.open(here)).toEqual([batch]);
  expect(ledger.uploads.get(two, here)?.state).toBe('queued');
  expect(() => ledger.batches.close(batch, { at: 3, outcome: 'cut' })).toThrow('has an outcome');
  ledger.uploads.again(one, here, { at: 4, costsAttempt: false, retryAt: null });
  ledger.batches.close(batch, { at: 5, outcome: 'cut' });
  ledger.batches.close(batch, { at: 6, outcome: 'answered' });
  expect(ledger.db.prepare('SELECT closed_at AS closedAt, outcome FROM batch').all()).toEqual([
    { closedAt: 5, outcome: 'cut' },
  ]);
  expect([ledger.batches.wasSent(one, here, 0), ledger.batches.wasSent(one, here, batch)]).toEqual([
    true,
    false,
  ]);
});
