/** Tray, dock, notifications, battery, sleep and the question before the end, over glances that a test gives. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { MenuItemConstructorOptions } from 'electron';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { silentLog } from '../../../electron/engine/log.ts';
import { createLoginItem } from '../../../electron/login-item.ts';
import { quitQuestion } from '../../../electron/quit-question.ts';
import { startSurroundings, type Surroundings } from '../../../electron/surroundings.ts';
import { createFakeClock, type FakeClock } from '../../support/fake-clock.ts';
import { EMPTY_GLANCE, NO_COUNTS, type ShownGlance } from '../../support/empty-glance.ts';
import type { Glance } from '#shared/glance.ts';
import { HOLDS, type Hold, type HoldKind } from '#shared/problems.ts';
import { standingOf } from '#shared/standing.ts';

const electron = await vi.hoisted(async () =>
  (await import('../../support/electron-stand-in.ts')).createElectronStandIn(),
);
vi.mock('electron', () => electron.parts);
const { noted, parts } = electron;

function hold(kind: HoldKind): Hold {
  const { sentence, remedy } = HOLDS[kind];
  return { kind, sentence, remedy, since: 0, until: null, detail: null };
}

let clock: FakeClock;
let folder = '';
let shown: ShownGlance;
let calls: string[];
let opened: (string | undefined)[];
let surroundings: Surroundings;
/** Tells of the network, while somebody wants to know. */
let network: ((isMetered: boolean | null) => void) | null = null;
/** What the network is after a sleep. */
let isMeteredAwake = false;

function start(): void {
  surroundings = startSurroundings({
    engine: () =>
      Promise.resolve({
        glance: () =>
          Promise.resolve({ ...shown, destinationId: 1, destinations: [{ id: 1 }] } as unknown as Glance),
        pause: ({ until = null }) => {
          calls.push(until === null ? 'pause' : `pause for ${(until - clock.now()) / 60_000} min`);
          shown = { ...shown, holds: [hold('paused')] };
          return Promise.resolve(null);
        },
        resume: () => {
          calls.push('resume');
          shown = { ...shown, holds: [] };
          return Promise.resolve(null);
        },
        hostRests: ({ onBattery, onMetered }) => {
          const rests = [...(onBattery ? ['battery'] : []), ...(onMetered ? ['metered'] : [])];
          calls.push(`rest: ${rests.join(' and ') || 'none'}`);
          shown = {
            ...shown,
            holds: [...(onBattery ? [hold('on-battery')] : []), ...(onMetered ? [hold('on-metered')] : [])],
          };
          return Promise.resolve(null);
        },
        sendAllTheSame: ({ kind }) => {
          calls.push(`all the same: ${kind}`);
          shown = { ...shown, holds: [] };
          return Promise.resolve(null);
        },
        wokeUp: () => Promise.resolve(calls.push('wokeUp') as never),
      }),
    openWindow: (command) => opened.push(command),
    settingsFolder: folder,
    pictures: '/pictures',
    loginItem: createLoginItem({
      platform: 'win32',
      isPackaged: true,
      executable: 'C:\\Tagalong.exe',
      home: folder,
      env: {},
    }),
    platform: 'win32',
    clock,
    log: silentLog,
    watchNetwork: (_clock, onChange) => {
      network = onChange;
      return {
        wokeUp: () => Promise.resolve(onChange(isMeteredAwake)),
        stop: () => (network = null),
      };
    },
  });
}

/** Time goes on, and everything that it wakes comes to its end. */
async function pass(ms: number): Promise<void> {
  await clock.advance(ms);
  await new Promise((resolve) => setImmediate(resolve));
}

async function change(next: Partial<ShownGlance>): Promise<void> {
  shown = { ...shown, ...next };
  surroundings.onEvent();
  await pass(3000);
}

function tray() {
  const last = noted.trays.at(-1);
  if (last === undefined) throw new Error('There is no tray.');
  return last;
}

function labels(menu: readonly MenuItemConstructorOptions[] = tray().menu): readonly string[] {
  return menu.flatMap(({ label, submenu }) =>
    [label ?? [], Array.isArray(submenu) ? labels(submenu) : []].flat(2),
  );
}

function click(label: string): void {
  const find = (menu: readonly MenuItemConstructorOptions[]): MenuItemConstructorOptions | undefined =>
    menu.find((item) => item.label === label) ??
    menu.flatMap(({ submenu }) => (Array.isArray(submenu) ? (find(submenu) ?? []) : []))[0];
  const item = find(tray().menu);
  if (item?.click === undefined) throw new Error(`There is no “${label}” among ${labels().join(', ')}.`);
  item.click({} as never, undefined, {});
}

beforeEach(async () => {
  clock = createFakeClock();
  folder = mkdtempSync(join(tmpdir(), 'desktop-'));
  shown = EMPTY_GLANCE;
  calls = [];
  opened = [];
  noted.notifications.length = 0;
  noted.badges.length = 0;
  noted.boxes.length = 0;
  noted.answer = 0;
  noted.isOnBattery = false;
  noted.windows.length = 0;
  start();
  surroundings.onConnection({ state: 'here' });
  await pass(6000);
  // Every engine is told of the rules, whatever they say.
  expect(calls).toEqual(['rest: none']);
  calls = [];
});
afterEach(() => {
  surroundings.stop();
  parts.powerMonitor.removeAllListeners();
  rmSync(folder, { recursive: true });
});

describe('the tray', () => {
  it('says how everything stands, pauses and resumes, and goes where it says', async () => {
    expect([tray().picture, labels()[0]]).toEqual([join('/pictures', 'tray-quiet.png'), 'No photos yet']);
    await change({ counts: { ...NO_COUNTS, queued: 12, indexed: 3 }, failureCount: 2 });
    expect([tray().picture, labels()[0]]).toEqual([
      join('/pictures', 'tray-busy.png'),
      '12 photos on the way',
    ]);
    expect(noted.badges.at(-1)).toBe(2);
    click('2 photos need you…');
    click('Open Tagalong');
    click('Settings…');
    expect(opened).toEqual(['go-failures', undefined, 'go-settings']);
    click('Until I resume');
    await pass(3000);
    expect([tray().picture, labels()[0]]).toEqual([
      join('/pictures', 'tray-paused.png'),
      'Sending is paused. 12 photos wait.',
    ]);
    click('Resume sending');
    await pass(3000);
    expect([calls, labels()[0]]).toEqual([['pause', 'resume'], '12 photos on the way']);
  });

  it('says when the engine is gone, offers nothing then that it could not do, and shows the truth afterwards', async () => {
    await change({ counts: { ...NO_COUNTS, queued: 5 }, failureCount: 1 });
    surroundings.onConnection({ state: 'gone' });
    expect(labels()).toEqual([
      'The engine has ended. Starting it again …',
      'Open Tagalong',
      'Settings…',
      'Quit Tagalong',
    ]);
    shown = { ...EMPTY_GLANCE, counts: { ...NO_COUNTS, indexed: 5 } };
    surroundings.onConnection({ state: 'here' });
    await pass(3000);
    expect(labels()[0]).toBe('Everything is there');
    surroundings.onConnection({ state: 'ended', sentence: 'It ended.' });
    expect(tray().picture).toBe(join('/pictures', 'tray-alert.png'));
  });
});

describe('dock and notifications', () => {
  it('show the progress of a run, and tell its end once, to somebody who looks elsewhere', async () => {
    const window = new parts.BrowserWindow({});
    await change({ counts: { ...NO_COUNTS, queued: 4 } });
    await change({ counts: { ...NO_COUNTS, queued: 3, indexed: 1 } });
    expect(window.progress).toEqual([0.25, { mode: 'normal' }]);
    await change({ counts: { ...NO_COUNTS, indexed: 4 } });
    expect([window.progress, noted.notifications]).toEqual([[-1], []]);
    await pass(60_000);
    expect(noted.notifications.map(({ options }) => options)).toEqual([
      { title: '4 photos are indexed', body: 'Nothing is on the way any more.', silent: true },
    ]);
    noted.notifications[0]?.emit('click');
    expect(opened).toEqual(['go-sheet']);
    await pass(3_600_000);
    expect(noted.notifications).toHaveLength(1);
  });

  it('keep quiet while the window is looked at, and when the owner wants that', async () => {
    const window = new parts.BrowserWindow({});
    window.hasFocus = true;
    await change({ holds: [hold('token-rejected')] });
    expect(noted.notifications).toEqual([]);
    window.hasFocus = false;
    await change({ holds: [hold('over-quota')] });
    expect(noted.notifications.map(({ options }) => options.title)).toEqual(['Sending needs you']);
    noted.notifications[0]?.emit('click');
    expect(opened).toEqual(['go-queue']);
    surroundings.powers.save({ notifies: false });
    await change({ holds: [hold('not-permitted')] });
    expect(noted.notifications).toHaveLength(1);
  });
});

describe('the battery', () => {
  it('lets the sending rest, and go on with mains power; a new program takes nothing over', async () => {
    surroundings.powers.save({ pausesOnBattery: true });
    noted.isOnBattery = true;
    await pass(40_000);
    expect([calls, labels()[0]]).toEqual([
      ['rest: battery'],
      'Sending rests while the computer runs on its battery.',
    ]);
    surroundings.stop();
    noted.isOnBattery = false;
    start();
    surroundings.onConnection({ state: 'here' });
    await pass(3000);
    expect(calls).toEqual(['rest: battery', 'rest: none']);
  });

  it('is told anew to an engine that was started again', async () => {
    surroundings.powers.save({ pausesOnBattery: true });
    noted.isOnBattery = true;
    await pass(40_000);
    shown = { ...shown, holds: [] };
    surroundings.onConnection({ state: 'gone' });
    surroundings.onConnection({ state: 'here' });
    await pass(6000);
    expect(calls).toEqual(['rest: battery', 'rest: battery']);
    expect(labels()).toContain('Send all the same');
    click('Send all the same');
    await pass(3000);
    expect(calls.at(-1)).toBe('all the same: on-battery');
  });
});

describe('the metered network', () => {
  it('is asked about only while somebody wants it, and lets the sending rest', async () => {
    expect(network).toBeNull();
    surroundings.powers.save({ pausesOnMetered: true });
    // A new engine: nothing is told, and so nothing sent, before the network is known.
    surroundings.onConnection({ state: 'gone' });
    surroundings.onConnection({ state: 'here' });
    await pass(30_000);
    expect(calls).toEqual([]);
    network?.(null);
    await pass(3000);
    expect(calls).toEqual(['rest: none']);
    calls = [];
    network?.(true);
    await pass(6000);
    expect([calls, labels()[0]]).toEqual([['rest: metered'], 'Sending rests while the network is metered.']);
    network?.(false);
    await pass(3000);
    network?.(true);
    await pass(3000);
    surroundings.powers.save({ pausesOnMetered: false });
    await pass(3000);
    expect(calls).toEqual(['rest: metered', 'rest: none', 'rest: metered', 'rest: none']);
    expect(network).toBeNull();
  });
});

describe('sleep and end', () => {
  it('tells the engine that the computer was asleep', async () => {
    parts.powerMonitor.emit('resume');
    await pass(1000);
    expect(calls).toEqual(['wokeUp']);
  });

  it('tells the engine first what the rules say of the place where it woke up', async () => {
    surroundings.powers.save({ pausesOnMetered: true, pausesOnBattery: true });
    network?.(false);
    isMeteredAwake = true;
    noted.isOnBattery = true;
    parts.powerMonitor.emit('resume');
    await pass(0);
    expect(calls).toEqual(['rest: battery and metered', 'wokeUp']);
  });

  it('asks before it ends while photos are to be sent, and only then', async () => {
    expect(await surroundings.mayQuit()).toBe(true);
    shown = {
      ...EMPTY_GLANCE,
      counts: { ...NO_COUNTS, queued: 1, sending: 2, accepted: 9 },
      waitingPaths: 1,
    };
    expect(await surroundings.mayQuit()).toBe(true);
    noted.answer = 1;
    expect(await surroundings.mayQuit()).toBe(false);
    expect(noted.boxes.map(({ message }) => message)).toEqual(
      Array.from(
        { length: 2 },
        () => 'Quit with 3 photos still to be sent and 1 file still to be looked at?',
      ),
    );
    expect(noted.boxes[0]?.detail).toMatch(/^2 photos are leaving now\. Nothing is lost/u);
    // It does not move now either.
    expect(quitQuestion(standingOf([{ ...shown, holds: [hold('offline')] }]))).toBeNull();
    expect(quitQuestion(standingOf([{ ...EMPTY_GLANCE, counts: { ...NO_COUNTS, accepted: 4 } }]))).toBeNull();
    expect(quitQuestion(null)).toBeNull();
  });
});

describe('the settings', () => {
  it('are kept beside the window’s place, and the system is asked about its own', () => {
    const { powers } = surroundings;
    powers.save({ staysInTray: true, opensAtLogin: true });
    expect(powers.state()).toEqual({
      settings: {
        staysInTray: true,
        notifies: true,
        pausesOnBattery: false,
        pausesOnMetered: false,
        looksForUpdates: true,
      },
      opensAtLogin: true,
    });
    expect(noted.login).toEqual([{ openAtLogin: true, args: ['--hidden'] }]);
    expect(surroundings.staysOpen()).toBe(true);
    expect(JSON.parse(readFileSync(join(folder, 'desktop.json'), 'utf8'))).toMatchObject({
      staysInTray: true,
    });
  });

  it('say that a start at login is off which Windows does not allow', () => {
    const place = { isPackaged: true, executable: '/tagalong', home: folder, env: {} } as const;
    const item = createLoginItem({ ...place, platform: 'win32' });
    item.set(true);
    expect(item.isSet()).toBe(true);
    noted.loginIsAllowed = false;
    expect([item.isSet(), createLoginItem({ ...place, platform: 'darwin' }).isSet()]).toEqual([false, true]);
    noted.loginIsAllowed = true;
  });
});
