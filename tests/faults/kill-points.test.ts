/** The engine dies by SIGKILL at every named point; the normal command takes up what it left. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { KillPoint } from '../support/engine-orders.ts';
import { temporaryFolder, type TemporaryFolder } from '../support/tree.ts';
import { openKillBench, writePictures, type AccountPlace } from './kill-bench.ts';

const PHOTOS = 60;
let pictures: TemporaryFolder;

beforeAll(async () => {
  pictures = await temporaryFolder();
  await writePictures(pictures.path, PHOTOS);
});
afterAll(() => pictures[Symbol.asyncDispose]());

/** Which time of coming to a point; for `stored`: how many inputs are there. */
const POINTS: readonly (readonly [KillPoint, number])[] = [
  ['claimed', 1],
  ['half-sent', 2],
  ['stored-unanswered', 1],
  ['stored', 20],
  ['answered-unsettled', 2],
  ['rendition-unrenamed', 5],
  ['edit-committed', 2],
];
const PLACES: readonly AccountPlace[] = ['outside', 'inside'];

test.each(PLACES.flatMap((place) => POINTS.map(([at, time]) => [at, place, time] as const)))(
  'killed at "%s", practice account %s the group',
  async (at, place, time) => {
    const bench = await openKillBench(place, pictures.path);
    const engine = bench.start({ at, time });
    // Nobody else kills it: it has come to the point.
    const ended = await engine.ended;
    expect(ended, ended.stderr).toMatchObject({ signal: 'SIGKILL' });
    await engine.allGone();
    const { refusedDuplicates } = await bench.prove(PHOTOS);
    // What the account has by then is asked for before anything is sent.
    expect(refusedDuplicates).toBe(0);
  },
);
