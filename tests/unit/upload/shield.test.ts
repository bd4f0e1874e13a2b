import { expect, test } from 'vitest';
import { LedgerDamagedError } from '../../../electron/engine/ledger/open-errors.ts';
import { silentLog } from '../../../electron/engine/log.ts';
import { createShield } from '../../../electron/engine/upload/shield.ts';
import { createFakeClock } from '../../support/fake-clock.ts';

/** A shield, and a step that throws the errors in turn and then succeeds. */
function shieldWith(errors: readonly Error[]) {
  const clock = createFakeClock(0);
  const told: string[] = [];
  const shield = createShield({ clock, log: { ...silentLog, error: (event) => told.push(event) } });
  const runs: number[] = [];
  const step = (): void => {
    const error = errors[runs.length];
    runs.push(clock.now());
    if (error !== undefined) throw error;
  };
  return { clock, shield, told, runs, step };
}

test('a step that fails is told and run again until it succeeds', async () => {
  const { clock, shield, told, runs, step } = shieldWith([new Error('full'), new Error('full')]);
  shield.run('it', {}, step);
  await clock.advance(10_000);
  expect([runs, told, shield.fault()]).toEqual([[0, 1000, 2000], ['it', 'it'], null]);
});

test('a newer run of a step takes the place of the one that waits, and one of another keeps its own', async () => {
  const { clock, shield, runs, step } = shieldWith([new Error('full'), new Error('full')]);
  shield.run('it', { photoId: 1 }, step);
  await clock.advance(400);
  shield.run('it', { photoId: 2 }, step);
  await clock.advance(400);
  shield.run('it', { photoId: 1 }, step);
  await clock.advance(10_000);
  expect(runs).toEqual([0, 400, 800, 1400]);
});

test('a damaged ledger is the fault, and is not tried again; nothing is after the stop', async () => {
  const damage = new LedgerDamagedError('/l.db', 'malformed', null);
  const { clock, shield, runs, step } = shieldWith([damage, new Error('full')]);
  shield.run('it', {}, step);
  await clock.advance(5000);
  shield.caught('lane', {}, new LedgerDamagedError('/l.db', 'again', null));
  shield.run('it', {}, step);
  shield.stop();
  await clock.advance(5000);
  expect([runs, shield.fault()]).toEqual([[0, 5000], damage]);
});
