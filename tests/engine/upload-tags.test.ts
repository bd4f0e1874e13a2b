/** Tags on their way: concepts whose names collide or are refused, and replies that are lost. */
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { realClock, type Clock } from '../../electron/engine/clock.ts';
import { conceptIdOf, exactConceptIdOf, longConceptIdOf } from '../../electron/engine/edits/concept-id.ts';
import { createEnsureConcepts } from '../../electron/engine/edits/concept-sync.ts';
import { createNameSync } from '../../electron/engine/edits/name-sync.ts';
import { createTagSync } from '../../electron/engine/edits/tag-sync.ts';
import { silentLog } from '../../electron/engine/log.ts';
import { startCheckedPractice, type CheckedPractice } from '../support/checked-practice.ts';
import { POST } from '../support/practice.ts';
import { openBench, until, type Bench } from '../support/upload-bench.ts';

let practice: CheckedPractice;
beforeAll(async () => {
  practice = await startCheckedPractice({ unlimitedRate: true, indexingMs: 30 });
});
afterEach(() => practice.clearFaults());
afterAll(() => practice.stop());

const quickClock: Clock = { ...realClock, setTimer: (run, ms) => realClock.setTimer(run, ms / 50) };

/** Tag sync that no hold stands in the way of; `onProblem` runs between a lost reply and the next try. */
function syncOf(bench: Bench, onProblem: () => void = () => undefined) {
  const parts = { ledger: bench.ledger, destinationId: bench.destination.id, client: bench.client };
  return createTagSync({
    ...parts,
    ensureConcepts: createEnsureConcepts({ ...parts, now: Date.now }),
    names: createNameSync({ ...parts, log: silentLog }),
    gate: { isOpen: () => true, failed: onProblem, succeeded: () => undefined },
    clock: quickClock,
    log: silentLog,
  });
}

/** What the account holds of the photo's tags. */
async function tagsThere(bench: Bench, photoId: number): Promise<unknown> {
  const { inputId } = bench.upload(photoId);
  return (await practice.inputs()).find(({ id }) => id === inputId)?.concepts;
}

/** Adds a photo that wants these concepts; returns it and them. */
async function addTagged(bench: Bench, ...names: readonly string[]) {
  const [photo = 0] = await bench.add(1);
  const concepts = names.map((name) => bench.ledger.concepts.ensure(name, 1).id);
  for (const concept of concepts) bench.ledger.tags.set(photo, concept, 1);
  return { photo, concepts };
}

test('names that differ in case only, or whose id is taken there, get ids of their own', async () => {
  await using bench = await openBench(practice);
  await practice.call('POST', '/concepts', { concepts: [{ id: 'coast', name: 'Küste' }] });
  const names = ['São Paulo', 'são paulo', 'SÃO PAULO', 'coast', 'dune'];
  const { photo } = await addTagged(bench, ...names);
  bench.start();
  await bench.reached({ indexed: 1 });
  expect(await tagsThere(bench, photo)).toEqual({
    [conceptIdOf('São Paulo')]: 1,
    [exactConceptIdOf('são paulo')]: 1,
    [exactConceptIdOf('SÃO PAULO')]: 1,
    [longConceptIdOf('coast')]: 1,
    dune: 1,
  });
  expect(bench.errors).toEqual([]);
});

test('a claim that throws is logged and tried again later, while everything else goes on', async () => {
  await using bench = await openBench(practice);
  await bench.add(2);
  bench.ledger.db.exec(
    `CREATE TEMP TRIGGER broken BEFORE INSERT ON batch BEGIN SELECT RAISE(ABORT, 'broken'); END`,
  );
  bench.start({ batchesInFlight: 1 });
  await until('a batch has failed', () => bench.errors.length > 0);
  bench.ledger.db.exec('DROP TRIGGER broken');
  await bench.reached({ indexed: 2 });
  expect(bench.errors.filter((error) => !/batch-failed.*broken/.test(error))).toEqual([]);
  expect(bench.errors.length).toBeLessThan(5);
});

test('photos whose turns begin to be changed while their concepts are made are not claimed', async () => {
  let isSettled = true;
  let askedInVain = 0;
  await using bench = await openBench(practice, {
    isSettled: () => {
      if (!isSettled) askedInVain += 1;
      return isSettled;
    },
    fetch: (input, init) => {
      if (typeof init?.body === 'string' && init.body.includes('"name":"A"')) isSettled = false;
      return fetch(input, init);
    },
  });
  await addTagged(bench, 'A');
  const uploader = bench.start();
  // The claim that was under way, and the lane after it.
  await until('turns were asked for twice', () => askedInVain > 1);
  expect([bench.batches(), bench.counts()]).toEqual([[], { queued: 1 }]);
  isSettled = true;
  uploader.wake();
  await bench.reached({ indexed: 1 });
});

test('a tag taken away while the reply to its POST is lost goes there too', async () => {
  await using bench = await openBench(practice);
  const { photo, concepts } = await addTagged(bench, 'heron', 'pond');
  await practice.setFaults([{ on: POST, kind: 'cut', when: 'after-storing', times: 1 }]);
  bench.start({
    onStep: (step) => {
      if (step === 'half-sent') bench.ledger.tags.set(photo, concepts[0]!, null);
    },
  });
  await bench.reached({ indexed: 1 });
  const tagSync = syncOf(bench);
  await until('the tags are there', () => !tagSync.hasPending());
  await tagSync.stop();
  expect(await tagsThere(bench, photo)).toEqual({ pond: 1 });
});

test.each([
  ['merge', 'pond', null, {}],
  ['remove', 'heron', 1, { heron: 1 }],
] as const)('a wish taken back while the reply to its %s is lost holds', async (_, name, back, there) => {
  await using bench = await openBench(practice);
  const { photo } = await addTagged(bench, 'heron');
  bench.start();
  await bench.reached({ indexed: 1 });
  const concept = bench.ledger.concepts.ensure(name, 1).id;
  const other = back === null ? bench.ledger.concepts.ensure('heron', 1).id : null;
  if (other !== null) bench.ledger.tags.set(photo, other, null);
  bench.ledger.tags.set(photo, concept, back === null ? 1 : null);
  await practice.setFaults([
    { on: { method: 'PATCH', path: '^/inputs$' }, kind: 'cut', when: 'after-storing' },
  ]);
  let problemCount = 0;
  const tagSync = syncOf(bench, () => (problemCount += 1));
  await until('a reply is lost', () => problemCount > 0);
  bench.ledger.tags.set(photo, concept, back);
  await practice.clearFaults();
  await until('the tags are there', () => !tagSync.hasPending());
  await tagSync.stop();
  expect(await tagsThere(bench, photo)).toEqual(there);
  expect(bench.ledger.tags.remoteOf(photo, bench.destination.id)).toEqual(
    Object.keys(there).map(() => ({ conceptId: concept, value: 1, ours: 1 })),
  );
});

test('a concept that the service refuses stays behind alone, and its photo is listed', async () => {
  let refusalCount = 0;
  await using bench = await openBench(practice, {
    fetch: (url, init) => {
      const isGuilty = typeof init?.body === 'string' && init.body.includes('"name":"worst"');
      if (!isGuilty) return fetch(url, init);
      refusalCount += 1;
      const status = { code: 11_100, description: 'Invalid request', details: 'not this one' };
      return Promise.resolve(Response.json({ status }, { status: 400 }));
    },
  });
  const { photo, concepts } = await addTagged(bench, 'worst', 'marsh');
  const { photo: innocent } = await addTagged(bench, 'reed');
  bench.start();
  await bench.reached({ indexed: 2 });
  expect([await tagsThere(bench, photo), await tagsThere(bench, innocent), bench.holds()]).toEqual([
    { marsh: 1 },
    { reed: 1 },
    [],
  ]);

  refusalCount = 0;
  const tagSync = syncOf(bench);
  await until('the refusal is known', () => tagSync.refused().size > 0);
  expect([tagSync.hasPending(), tagSync.pendingCount(), [...tagSync.refused()]]).toEqual([
    false,
    0,
    [[photo, expect.stringContaining('not this one')]],
  ]);
  bench.ledger.tags.set(photo, bench.ledger.concepts.ensure('egret', 1).id, 1);
  tagSync.wake();
  await until('another tag has gone there', () => !tagSync.hasPending());
  expect(await tagsThere(bench, photo)).toEqual({ marsh: 1, egret: 1 });
  // Offered once with others and once by itself, then no more.
  expect(refusalCount).toBe(2);
  bench.ledger.tags.set(photo, concepts[0]!, null);
  tagSync.wake();
  await until('nothing is refused', () => tagSync.refused().size === 0);
  await tagSync.stop();
});
