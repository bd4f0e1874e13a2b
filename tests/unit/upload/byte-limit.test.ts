import { expect, test } from 'vitest';
import type { StreamedBody } from '../../../electron/engine/clarifai/transport.ts';
import { createByteLimit } from '../../../electron/engine/upload/byte-limit.ts';
import { createFakeClock, type FakeClock } from '../../support/fake-clock.ts';

/** A body of some chunks, and what has come out of it by now. */
function bodyOf(...chunkBytes: readonly number[]) {
  const chunks = chunkBytes.map((bytes, index) => new Uint8Array(bytes).fill(index + 1));
  const body: StreamedBody = {
    contentLength: chunkBytes.reduce((sum, bytes) => sum + bytes, 0),
    stream: () => ReadableStream.from(chunks),
  };
  return { body, whole: Buffer.concat(chunks) };
}

async function drain(
  body: StreamedBody,
  clock: FakeClock,
  came: { at: number; bytes: Uint8Array }[],
): Promise<void> {
  for await (const bytes of body.stream()) came.push({ at: clock.elapsed(), bytes: Uint8Array.from(bytes) });
}
const sum = (came: readonly { bytes: Uint8Array }[]): number =>
  came.reduce((total, { bytes }) => total + bytes.byteLength, 0);

test('without a limit chunks go as they are', async () => {
  const clock = createFakeClock();
  const limit = createByteLimit(clock);
  const { body, whole } = bodyOf(100_000, 1);
  const came: { at: number; bytes: Uint8Array }[] = [];
  await drain(limit.over(body), clock, came);
  expect(came.map(({ bytes }) => bytes.byteLength)).toEqual([100_000, 1]);
  expect(Buffer.concat(came.map(({ bytes }) => bytes))).toEqual(whole);
});

test('a body takes as long as the limit says, in small pieces, every byte in its place', async () => {
  const clock = createFakeClock();
  const limit = createByteLimit(clock);
  limit.set(100_000);
  const { body, whole } = bodyOf(130_000, 70_000);
  const came: { at: number; bytes: Uint8Array }[] = [];
  const started = clock.elapsed();
  const draining = drain(limit.over(body), clock, came);
  for (let second = 1; second <= 2; second += 1) {
    await clock.advance(1000);
    // A tenth of a second's worth may go ahead.
    expect(sum(came)).toBeGreaterThanOrEqual(Math.min(200_000, second * 100_000 - 5000));
    expect(sum(came)).toBeLessThanOrEqual(second * 100_000 + 15_000);
  }
  await draining;
  expect(Buffer.concat(came.map(({ bytes }) => bytes))).toEqual(whole);
  expect(Math.max(...came.map(({ bytes }) => bytes.byteLength))).toBeLessThanOrEqual(5000);
  const gaps = came.slice(1).map(({ at }, index) => at - (came[index]?.at ?? started));
  expect(Math.max(...gaps)).toBeLessThan(200);
});

test('several bodies share it', async () => {
  const clock = createFakeClock();
  const limit = createByteLimit(clock);
  limit.set(50_000);
  const both = [bodyOf(100_000), bodyOf(100_000)].map(({ body }) => {
    const came: { at: number; bytes: Uint8Array }[] = [];
    return { came, draining: drain(limit.over(body), clock, came) };
  });
  await clock.advance(2000);
  const [left = 0, right = 0] = both.map(({ came }) => sum(came));
  expect(left + right).toBeLessThanOrEqual(107_500);
  expect(left + right).toBeGreaterThanOrEqual(95_000);
  expect(Math.abs(left - right)).toBeLessThanOrEqual(5000);
  await clock.advance(2500);
  await Promise.all(both.map(({ draining }) => draining));
});

test('another limit holds at once for what is on its way, and none lets it go', async () => {
  const clock = createFakeClock();
  const limit = createByteLimit(clock);
  limit.set(10_000);
  const came: { at: number; bytes: Uint8Array }[] = [];
  const { body, whole } = bodyOf(300_000);
  const draining = drain(limit.over(body), clock, came);
  await clock.advance(1000);
  expect(sum(came)).toBeLessThanOrEqual(11_600);
  limit.set(100_000);
  await clock.advance(1000);
  const atTwo = sum(came);
  expect(atTwo).toBeGreaterThanOrEqual(100_000);
  expect(atTwo).toBeLessThanOrEqual(127_000);
  limit.set(null);
  await draining;
  expect(Buffer.concat(came.map(({ bytes }) => bytes))).toEqual(whole);
});

test('the body is ended when whoever reads it leaves, also while a piece waits', async () => {
  const clock = createFakeClock();
  const limit = createByteLimit(clock);
  limit.set(10_000);
  let endCount = 0;
  const body: StreamedBody = {
    contentLength: 100_000,
    stream: () =>
      new ReadableStream<Uint8Array>({
        pull: (controller) => controller.enqueue(new Uint8Array(10_000)),
        cancel: () => void (endCount += 1),
      }),
  };
  const reading = limit.over(body).stream()[Symbol.asyncIterator]();
  for (let piece = 0; piece < 3; piece += 1) await reading.next();
  const waiting = reading.next();
  const left = reading.return?.();
  await clock.advance(1000);
  await Promise.all([waiting, left]);
  expect([endCount, clock.timerCount()]).toEqual([1, 0]);
});

test('sixteen bodies at the least limit all move, long before their silence looks like a lost connection', async () => {
  const clock = createFakeClock();
  const limit = createByteLimit(clock);
  limit.set(10_000);
  let longestMs = 0;
  const all = Array.from({ length: 16 }, async () => {
    const came: { at: number; bytes: Uint8Array }[] = [];
    await drain(limit.over(bodyOf(20_000).body), clock, came);
    const gaps = came.slice(1).map(({ at }, index) => at - (came[index]?.at ?? 0));
    longestMs = Math.max(longestMs, ...gaps);
  });
  await clock.advance(60_000);
  await Promise.all(all);
  expect(longestMs).toBeLessThan(5000);
});
