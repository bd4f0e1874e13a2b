/** The limit of 15 requests in any second, counted by the account while far more work waits than may leave. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { editTags } from '../../electron/engine/edits/tag-edits.ts';
import { startCheckedPractice, type CheckedPractice } from '../support/checked-practice.ts';
import { openFaultBench, requestCount } from './fault-bench.ts';

/** What the service allows in a sliding second. That it is used is proved where no machine can be slow: `limiter.test.ts`. */
const MOST_PER_SECOND = 15;
const PHOTOS = 120;

let practice: CheckedPractice;
beforeAll(async () => {
  practice = await startCheckedPractice();
});
afterAll(() => practice.stop());

/** Most arrivals in any sliding second. */
function mostInASecond(arrivals: readonly number[]): number {
  return Math.max(...arrivals.map((from) => arrivals.filter((at) => at >= from && at < from + 1000).length));
}

test('120 batches of one photo, followed and tagged meanwhile, keep the limit', async () => {
  // Past the proxy, whose own work would move the arrivals.
  const bench = await openFaultBench(practice, {
    photos: PHOTOS,
    upload: { batchBytes: 1, batchesInFlight: 8 },
    direct: true,
  });
  await bench.ingest();
  await bench.until('the line is open', ({ counts }) => counts.found + counts.queued > 0);
  await bench.api.pause({});
  await bench.until(
    'the others wait',
    ({ counts, waiting }) => waiting + counts.found + counts.sending === 0,
  );
  await bench.api.resume({});
  const from = Date.now();
  await bench.until('half of them is sent', ({ counts }) => counts.indexed >= PHOTOS / 2);
  // Edits of the owner come on top.
  const { ledger } = bench;
  const photoIds = ledger.db.prepare<[], number>('SELECT photo_id FROM upload').pluck().all();
  ledger.transaction(() => {
    for (const photoId of photoIds) {
      const concept = ledger.concepts.ensure(`C${String(photoId % 8)}`, Date.now());
      editTags(ledger, { label: 'C', at: Date.now() }, [photoId], [{ conceptId: concept.id, value: 1 }]);
    }
  });
  await bench.until('next to nothing waits any more', ({ counts }) => counts.queued <= 4);
  const to = Date.now();
  const { arrivals, throttled } = await bench.stats();
  const busy = arrivals.filter((at) => at >= from && at <= to);
  const perSecond = (busy.length * 1000) / (to - from);
  const most = mostInASecond(arrivals);
  console.log(
    `at most ${String(most)} in a second, ${perSecond.toFixed(1)} per second on average over ${String(busy.length)}`,
  );
  expect({ most: most <= MOST_PER_SECOND, throttled }).toEqual({ most: true, throttled: 0 });
  await bench.reached({ indexed: PHOTOS });
  expect(requestCount(await bench.stats(), 'DELETE')).toBe(0);
}, 120_000);
