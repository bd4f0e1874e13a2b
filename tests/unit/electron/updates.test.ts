/** When a newer version is asked about, and what is known of it. */
import { describe, expect, it } from 'vitest';
import { silentLog } from '../../../electron/engine/log.ts';
import { startUpdates } from '../../../electron/start-updates.ts';
import { afterNews, isLookDue } from '../../../electron/update-rules.ts';
import { createFakeClock } from '../../support/fake-clock.ts';

const HOUR = 3_600_000;
const NONE = { state: 'none' } as const;
const OFFERED = { state: 'offered', version: '2.0.0', hasFailed: false } as const;
const LOADING = { state: 'loading', version: '2.0.0', fraction: 0.5 } as const;
const READY = { state: 'ready', version: '2.0.0' } as const;

describe('what is known', () => {
  it.each([
    ['of an offer', NONE, { kind: 'offered', version: '2.0.0' }, OFFERED],
    [
      'of the same offer',
      { ...OFFERED, hasFailed: true },
      { kind: 'offered', version: '2.0.0' },
      { ...OFFERED, hasFailed: true },
    ],
    ['of the same, when it is here', READY, { kind: 'offered', version: '2.0.0' }, READY],
    ['of a still newer one', READY, { kind: 'offered', version: '3.0.0' }, { ...OFFERED, version: '3.0.0' }],
    ['of one that was taken back', READY, { kind: 'nothing-newer' }, NONE],
    ['of a part', LOADING, { kind: 'part', fraction: 0.7 }, { ...LOADING, fraction: 0.7 }],
    ['of a part that goes back', LOADING, { kind: 'part', fraction: 0.1 }, LOADING],
    ['of a part of nothing', NONE, { kind: 'part', fraction: 0.1 }, NONE],
    ['of the whole', LOADING, { kind: 'here' }, READY],
    ['of a failure', LOADING, { kind: 'failed' }, { ...OFFERED, hasFailed: true }],
    ['of an offer during a download', LOADING, { kind: 'offered', version: '3.0.0' }, LOADING],
  ] as const)('%s', (_what, before, news, after) => {
    expect(afterNews(before, news)).toEqual(after);
  });

  it.each([
    ['at the start', {}, true],
    ['a day later', { lookedAt: 100 * HOUR - 24 * HOUR }, true],
    ['not sooner', { lookedAt: 100 * HOUR - 23 * HOUR }, false],
    ['after the clock was set back', { lookedAt: 101 * HOUR }, true],
    ['never during a download', { state: LOADING }, false],
    ['never unless it is wanted', { isWanted: false }, false],
  ] as const)('is asked for %s', (_when, facts, is) => {
    const usual = { isWanted: true, state: NONE, lookedAt: null, now: 100 * HOUR };
    expect(isLookDue({ ...usual, ...facts })).toBe(is);
  });
});

/** Updates over a feed that a test answers for. */
function start(options: { readonly isPackaged?: boolean; readonly isOurs?: boolean } = {}) {
  const clock = createFakeClock();
  const feed = {
    isWanted: true,
    version: null as string | null,
    lookCount: 0,
    isBroken: false,
    drawCount: 0,
  };
  const logged: string[] = [];
  let loaded = Promise.withResolvers<void>();
  const updates = startUpdates({
    isPackaged: options.isPackaged ?? true,
    openFeed: () =>
      Promise.resolve(
        options.isOurs === false
          ? null
          : {
              look() {
                feed.lookCount += 1;
                return feed.isBroken ? Promise.reject(new Error('no line')) : Promise.resolve(feed.version);
              },
              load(onPart) {
                loaded = Promise.withResolvers<void>();
                onPart(0.25);
                return loaded.promise;
              },
              install: () => undefined,
            },
      ),
    isWanted: () => feed.isWanted,
    endWith: () => undefined,
    startAgain: () => undefined,
    onChange: () => void (feed.drawCount += 1),
    clock,
    log: { ...silentLog, warn: (event) => logged.push(event) },
  });
  return { clock, feed, logged, updates, loaded: () => loaded };
}

describe('looking', () => {
  it('is done at the start and daily while it is wanted, and what fails is noted only', async () => {
    const { clock, feed, logged, updates } = start();
    await clock.advance(0);
    expect([feed.lookCount, updates.state()]).toEqual([1, NONE]);
    await clock.advance(23 * HOUR);
    expect(feed.lookCount).toBe(1);
    feed.isBroken = true;
    await clock.advance(HOUR);
    expect([feed.lookCount, updates.state(), logged]).toEqual([2, NONE, ['update-failed']]);
    feed.isWanted = false;
    await clock.advance(72 * HOUR);
    expect(feed.lookCount).toBe(2);
    updates.stop();
    expect(clock.timerCount()).toBe(0);
  });

  it('by the owner’s hand says what failed', async () => {
    const { clock, feed, updates } = start();
    await clock.advance(0);
    feed.isBroken = true;
    await expect(updates.act('look')).rejects.toThrow(/The log says more/);
    feed.isBroken = false;
    feed.version = '2.0.0';
    await updates.act('look');
    expect(updates.state()).toEqual(OFFERED);
  });

  it.each([{ isPackaged: false }, { isOurs: false }])('is not done by a program that %j', async (options) => {
    const { clock, feed, updates } = start(options);
    await clock.advance(72 * HOUR);
    expect([feed.lookCount, updates.state()]).toEqual([0, null]);
    await expect(updates.act('look')).rejects.toThrow(/as it was installed/);
  });
});

describe('downloading', () => {
  it('begins by the owner’s word only, tells how far it is, and ends whole or not at all', async () => {
    const { clock, feed, logged, updates, loaded } = start();
    feed.version = '2.0.0';
    await clock.advance(0);
    expect(updates.state()).toEqual(OFFERED);
    await updates.act('load');
    expect(updates.state()).toEqual({ ...LOADING, fraction: 0.25 });
    loaded().reject(new Error('cut off'));
    await clock.advance(0);
    expect([updates.state(), logged]).toEqual([{ ...OFFERED, hasFailed: true }, ['update-failed']]);
    await updates.act('load');
    loaded().resolve();
    await clock.advance(0);
    expect(updates.state()).toEqual(READY);
  });
});
