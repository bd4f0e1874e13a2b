/** A new engine and folder for each test of a file that imports this; the test moves the engine's wall clock. */
import { afterEach, beforeEach, vi } from 'vitest';
import { realClock, type Clock } from '../../electron/engine/clock.ts';
import { startEngineHere, type EngineHere } from '../support/engine-here.ts';
import { temporaryFolder, type TemporaryFolder } from '../support/tree.ts';

export const HOUR_MS = 3_600_000;
/** A host has this long to tell of its rules, in ms; nothing that a test does by hand may come after it. */
const HOST_MS = 10_000;

export let folder: TemporaryFolder;
export let here: EngineHere;
let aheadMs = 0;

/** Timers as long as a host's patience stand still: on a busy machine they would run out meanwhile. */
export const clock: Clock = {
  ...realClock,
  now: () => Date.now() + aheadMs,
  setTimer: (run, ms) => (ms < HOST_MS ? realClock.setTimer(run, ms) : { cancel: () => undefined }),
};

/** Puts the wall clock so far ahead of the machine's. */
export function putAhead(ms: number): void {
  aheadMs = ms;
}

/** Waits until a check passes, whatever else is on its way. */
export function soon(check: () => void | Promise<void>): Promise<void> {
  return vi.waitFor(check, { timeout: 40_000, interval: 50 });
}

beforeEach(async () => {
  aheadMs = 0;
  folder = await temporaryFolder();
  here = await startEngineHere({ clock });
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await here[Symbol.asyncDispose]();
  await folder[Symbol.asyncDispose]();
});
