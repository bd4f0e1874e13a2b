/** The limit of 15 requests in any second, as a server counts it. */
import { expect, test } from 'vitest';
import { createLimiter } from '../../electron/engine/clarifai/limiter.ts';
import { createClient } from '../../electron/engine/clarifai/client.ts';
import { realClock } from '../../electron/engine/clock.ts';
import { jsonAnswer, startTestServer } from './test-server.ts';

/** A second less 50 ms of slack for a busy machine, on top of what the limiter leaves for the network. */
const WINDOW_MS = 950;

test('a server sees at most 15 requests in any second, with up to 80 ms of jitter on the way', async () => {
  const server = await startTestServer(jsonAnswer({ status: { code: 10000 } }));
  let turn = 0;
  const jittery: typeof fetch = async (input, init) => {
    turn += 1;
    await new Promise((done) => setTimeout(done, (turn * 53) % 80));
    return fetch(input, init);
  };
  const client = createClient({
    apiBase: server.url,
    userId: 'u',
    appId: 'a',
    pat: () => Promise.resolve('pat'),
    fetch: jittery,
    limiter: createLimiter(realClock),
    clock: realClock,
  });
  await Promise.all(Array.from({ length: 45 }, () => client.inputCounts()));
  await server.stop();
  const arrivals = server.seen.map(({ at }) => at);
  const most = Math.max(
    ...arrivals.map((from) => arrivals.filter((at) => at >= from && at < from + WINDOW_MS).length),
  );
  const perSecond = 44_000 / ((arrivals.at(-1) ?? 0) - (arrivals[0] ?? 0));
  console.log(`at most ${String(most)} in a second, ${perSecond.toFixed(1)} per second on average`);
  expect(arrivals.length).toBe(45);
  expect(most).toBeLessThanOrEqual(15);
});
