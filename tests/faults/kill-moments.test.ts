/** The engine dies by SIGKILL at 40 random moments while 500 photos are taken in. */
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { random } from '../support/drawing.ts';
import type { EngineProcess } from '../support/engine-process.ts';
import { POST, type FaultRule } from '../support/practice.ts';
import { temporaryFolder, type TemporaryFolder } from '../support/tree.ts';
import { openKillBench, writePictures, type AccountPlace } from './kill-bench.ts';

const PHOTOS = 500;
const SEED = Number(process.env['FAULTS_SEED'] ?? Date.now() % 1_000_000);
/** Which process dies, where the account is, how many times. Together 40. */
const INGESTS: readonly (readonly [AccountPlace, 'process' | 'group', number])[] = [
  ['outside', 'process', 10],
  ['inside', 'group', 10],
  ['outside', 'group', 10],
  ['inside', 'process', 10],
];

/** On a loopback a POST is over in a few ms; with these, most kills meet several of them on their way. */
const SLOW_POSTS: readonly FaultRule[] = (['before', 'after-storing'] as const).map((when) => ({
  kind: 'delay',
  ms: 250,
  when,
  on: POST,
}));

let pictures: TemporaryFolder;
/** How long an ingest takes that nobody interrupts, in ms; measured first. */
let wholeMs = 10_000;
/** On a slow machine the kills do not wait for ever. */
const LONGEST_WHOLE_MS = 20_000;

beforeAll(async () => {
  pictures = await temporaryFolder();
  await writePictures(pictures.path, PHOTOS);
});
afterAll(() => pictures[Symbol.asyncDispose]());

test('an ingest that nobody interrupts', async () => {
  const startedAt = Date.now();
  const bench = await openKillBench('outside', pictures.path);
  const engine = bench.start(null, SLOW_POSTS);
  const ended = await engine.ended;
  wholeMs = Math.min(LONGEST_WHOLE_MS, Date.now() - startedAt);
  expect(ended, ended.stderr).toMatchObject({ code: 0 });
  await engine.allGone();
});

test.each(INGESTS)(
  'practice account %s, %s killed, %i times',
  async (place, scope, times) => {
    const next = random(SEED + INGESTS.findIndex(([one, other]) => one === place && other === scope));
    const bench = await openKillBench(place, pictures.path);
    const moments: number[] = [];
    let early = 0;
    while (moments.length < times) {
      // From the first moments of the start to where most of its share of the work is done.
      const moment = Math.round(next() * (600 + (2 * wholeMs) / times));
      const engine = bench.start(null, SLOW_POSTS);
      await Promise.race([sleep(moment), engine.ended]);
      if (await hasEnded(engine)) early += 1;
      else {
        await engine.kill(scope);
        moments.push(moment);
      }
      await engine.allGone();
    }
    const { refusedDuplicates, askedBatches } = await bench.prove(PHOTOS);
    console.log(
      `seed ${String(SEED)}, account ${place}, ${scope} killed after ${moments.join(', ')} ms ` +
        `(an ingest takes ${String(wholeMs)} ms; ${String(early)} ended before): ` +
        `${String(askedBatches)} batches were interrupted, ${String(refusedDuplicates)} inputs were sent that were there`,
    );
  },
  180_000,
);

/** Whether it ended by itself, as it should: with all done. */
async function hasEnded(engine: EngineProcess): Promise<boolean> {
  if (engine.isRunning()) return false;
  const ended = await engine.ended;
  expect(ended, ended.stderr).toMatchObject({ code: 0 });
  return true;
}
