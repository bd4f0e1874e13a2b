import { describe, expect, it, vi } from 'vitest';
import { silentLog } from '../../../electron/engine/log.ts';
import { startEngineHost } from '../../../electron/engine-host.ts';
import type { EngineLife } from '../../../electron/engine-life.ts';
import type { Refusal } from '../../../electron/engine-messages.ts';
import { openPage } from '../../support/page-stand-in.ts';
import { asContents, createContents } from '../../support/electron-stand-in.ts';
import { portOver } from '../../../electron/message-port.ts';
import { serveCalls } from '#shared/calls.ts';
import type { EngineConnection } from '#shared/bridge.ts';

const electron = await vi.hoisted(async () =>
  (await import('../../support/electron-stand-in.ts')).createElectronStandIn(),
);
vi.mock('electron', () => electron.parts);
const { parts } = electron;

/** Lives that are born, serve and die by hand. */
function createLives() {
  const lives: {
    started: PromiseWithResolvers<Refusal | null>;
    gone: PromiseWithResolvers<string>;
    stops: number[];
    lineCount: number;
  }[] = [];
  const startLife = (): EngineLife => {
    const life = {
      started: Promise.withResolvers<Refusal | null>(),
      gone: Promise.withResolvers<string>(),
      stops: [] as number[],
      lineCount: 0,
    };
    const number = lives.push(life);
    return {
      started: life.started.promise,
      gone: life.gone.promise,
      openLine() {
        life.lineCount += 1;
        const { port1, port2 } = new parts.MessageChannelMain();
        serveCalls(portOver(port1), { status: () => Promise.resolve(`life ${number}`) });
        return port2;
      },
      stop(limitMs) {
        life.stops.push(limitMs);
        life.gone.resolve('stopped');
        return Promise.resolve();
      },
      kill: () => life.gone.resolve('killed'),
    };
  };
  return { lives, startLife };
}

function startHost() {
  let now = 0;
  const { lives, startLife } = createLives();
  const told: EngineConnection[] = [];
  const host = startEngineHost({
    startLife,
    log: silentLog,
    elapsed: () => now,
    onConnection: (connection) => told.push(connection),
  });
  const toldNext = async (): Promise<void> => {
    const count = told.length;
    await vi.waitFor(() => expect(told.length).toBeGreaterThan(count), { interval: 1 });
  };
  /** The latest life serves. */
  const serve = async (): Promise<void> => {
    lives.at(-1)?.started.resolve(null);
    await toldNext();
  };
  /** It dies. */
  const die = async (lifeMs: number): Promise<void> => {
    now += lifeMs;
    lives.at(-1)?.gone.resolve('signal');
    await toldNext();
  };
  return { host, lives, told, serve, die };
}

describe('the engine’s lives', () => {
  it('are at most four in a row; then the window is told why there is none', async () => {
    const { lives, told, serve, die, host } = startHost();
    for (let count = 0; count < 4; count += 1) {
      await serve();
      await die(1000);
    }
    expect(lives).toHaveLength(4);
    expect(told.map(({ state }) => state)).toEqual([
      'here',
      'gone',
      'here',
      'gone',
      'here',
      'gone',
      'here',
      'ended',
    ]);
    const contents = createContents(1);
    host.attach(asContents(contents));
    expect(contents.sent).toEqual([expect.objectContaining({ message: told.at(-1), ports: [] })]);
    expect(told.at(-1)).toMatchObject({ sentence: expect.stringMatching(/as they were saved/) });
    await host.stop(10);
    expect(lives.at(-1)?.stops).toEqual([]);
  });

  it('are counted anew after one of a minute', async () => {
    const { lives, told, serve, die } = startHost();
    for (const lifeMs of [1000, 1000, 1000, 60_000, 1000, 1000, 59_999]) {
      await serve();
      await die(lifeMs);
    }
    expect([lives.length, told.at(-1)?.state]).toEqual([7, 'ended']);
  });

  it('end at once with the engine’s own words when it refuses', async () => {
    const { lives, told } = startHost();
    lives[0]?.started.resolve({ sentence: 'The ledger is damaged.', isDamaged: true });
    lives[0]?.gone.resolve('killed');
    await vi.waitFor(() => expect(told).toEqual([{ state: 'ended', sentence: 'The ledger is damaged.' }]));
    expect(lives).toHaveLength(1);
  });

  it('make way for what none may run during, one thing at a time, and go on however it ended', async () => {
    const { host, lives, told, serve } = startHost();
    await serve();
    const done = Promise.withResolvers<string>();
    const order: unknown[] = [];
    const without = host.without(() => {
      order.push(['stopped', lives[0]?.stops], lives.length);
      return done.promise;
    });
    await expect(host.without(() => Promise.resolve())).rejects.toThrow(/started again/);
    await expect(host.calls()).rejects.toThrow(/ended/);
    done.resolve('done');
    expect([await without, order]).toEqual(['done', [['stopped', [10_000]], 1]]);
    expect(lives).toHaveLength(2);
    await serve();
    const failing = host.without(() => Promise.reject(new Error('The backup is damaged.')));
    await expect(failing).rejects.toThrow('The backup is damaged.');
    await serve();
    expect([lives.length, told.map(({ state }) => state)]).toEqual([
      3,
      ['here', 'gone', 'here', 'gone', 'here'],
    ]);
  });

  it('begin again after one that refused, and not once the program ends', async () => {
    const { host, lives, serve } = startHost();
    lives[0]?.started.resolve({ sentence: 'The ledger is damaged.', isDamaged: true });
    lives[0]?.gone.resolve('killed');
    await vi.waitFor(() => expect(host.calls()).rejects.toThrow(/ended/));
    await host.without(() => Promise.resolve());
    expect([lives.length, lives[0]?.stops]).toEqual([2, []]);
    await serve();
    await host.without(() => host.stop(10));
    expect(lives).toHaveLength(2);
  });

  it('end for good when they are stopped', async () => {
    const { host, lives, told } = startHost();
    lives[0]?.started.resolve(null);
    await vi.waitFor(() => expect(told).toHaveLength(1));
    await host.stop(10_000);
    await lives[0]?.gone.promise;
    expect([lives.length, lives[0]?.stops, told.length]).toEqual([1, [10_000], 1]);
  });
});

describe('pages', () => {
  it('that come before the engine wait for it; each has a line of its own, and a new one for every life', async () => {
    const { host, lives, serve, die } = startHost();
    parts.ipcMain.on('wants-engine', ({ sender }) => host.attach(sender));
    const [one, other] = [createContents(1), createContents(2)];
    const [page, another] = [openPage(electron, one), openPage(electron, other)];
    const early = page.engine.status({});
    await serve();
    expect(await early).toBe('life 1');
    await die(1000);
    await expect(page.engine.status({})).rejects.toThrow(/ended/);
    await serve();
    expect([await page.engine.status({}), await another.engine.status({})]).toEqual(['life 2', 'life 2']);
    // Two pages and main itself.
    expect(lives.map(({ lineCount }) => lineCount)).toEqual([3, 3]);
    other.emit('destroyed');
    await die(1000);
    await serve();
    expect(lives[2]?.lineCount).toBe(2);
  });
});
