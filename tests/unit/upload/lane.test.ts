import { expect, test } from 'vitest';
import { createAlarm } from '../../../electron/engine/upload/alarm.ts';
import { createLane } from '../../../electron/engine/upload/lane.ts';
import { createShield } from '../../../electron/engine/upload/shield.ts';
import { silentLog } from '../../../electron/engine/log.ts';
import { createFakeClock } from '../../support/fake-clock.ts';

/** A lane that writes down when its steps ran; `next` gives each step's answer. */
function laneOf(next: (run: number) => number | null, onRest: () => void = () => undefined) {
  const clock = createFakeClock(0);
  const runs: number[] = [];
  const errors: string[] = [];
  const lane = createLane({
    name: 'test',
    clock,
    shield: createShield({ clock, log: { ...silentLog, error: (event) => errors.push(event) } }),
    step: async () => {
      runs.push(clock.now());
      await Promise.resolve();
      return next(runs.length);
    },
    onRest,
  });
  return { clock, lane, runs, errors };
}

test('a lane runs when woken and at its own time, and many wakes are one run', async () => {
  const { clock, lane, runs } = laneOf((run) => (run === 1 ? 500 : null));
  lane.wake();
  lane.wake();
  await clock.advance(1000);
  lane.wake();
  await clock.advance(1000);
  expect(runs).toEqual([0, 500, 1000]);
});

test('a wake during a step is not lost', async () => {
  const { clock, lane, runs } = laneOf((run) => {
    if (run === 1) lane.wake();
    return null;
  });
  lane.wake();
  await clock.advance(0);
  expect(runs).toEqual([0, 0]);
});

test('a step that throws is told and tried again; a stopped lane runs no more', async () => {
  const { clock, lane, runs, errors } = laneOf(() => {
    throw new Error('no');
  });
  lane.wake();
  await clock.advance(2500);
  await lane.stop();
  lane.wake();
  await clock.advance(5000);
  expect([runs, errors.length]).toEqual([[0, 1000, 2000], 3]);
});

test('a lane that cannot come to rest is told and tried again', async () => {
  let rests = 0;
  const rest = (): void => {
    rests += 1;
    if (rests < 3) throw new Error('database or disk is full');
  };
  const { clock, lane, runs, errors } = laneOf(() => null, rest);
  lane.wake();
  await clock.advance(5000);
  expect([rests, runs, errors]).toEqual([3, [0], ['upload.rest-failed', 'upload.rest-failed']]);
});

test('times near each other ring once', async () => {
  const clock = createFakeClock(0);
  const rung: number[] = [];
  const alarm = createAlarm(clock, () => rung.push(clock.now()));
  for (const time of [100, 240, 250, 260, 900]) alarm.at(time);
  await clock.advance(600);
  alarm.stop();
  await clock.advance(1000);
  expect(rung).toEqual([250, 500]);
});
