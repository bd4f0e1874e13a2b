/** The tray by itself: its sentence, its menu, its click. */
import { describe, expect, it, vi } from 'vitest';
import { openTray } from '../../../electron/tray.ts';
import { traySentence, trayTemplate, type TrayState } from '../../../electron/tray-menu.ts';
import { standingOf, type Standing } from '#shared/standing.ts';

const electron = await vi.hoisted(async () =>
  (await import('../../support/electron-stand-in.ts')).createElectronStandIn(),
);
vi.mock('electron', () => electron.parts);
const { noted } = electron;

function stateOf(part: Partial<Standing>): TrayState {
  return { engine: 'here', standing: { ...standingOf([]), ...part } };
}

describe('the tray’s sentence', () => {
  it.each([
    [{ restingCount: 500 }, '500 photos rest with paused folders'],
    [{ restingCount: 1, indexedCount: 40, failureCount: 2 }, '1 photo rests with paused folders'],
    [{ restingCount: 500, onTheWayCount: 41 }, '41 photos on the way'],
    [{ indexedCount: 40, failureCount: 2 }, 'Everything else is there'],
    [{ indexedCount: 40 }, 'Everything is there'],
    [{}, 'No photos yet'],
  ])('of %j is “%s”', (part, sentence) => {
    expect(traySentence(stateOf(part))).toBe(sentence);
  });
});

describe('the tray’s menu', () => {
  it('offers every length of a pause that there is', () => {
    const chosen: string[] = [];
    const menu = trayTemplate(stateOf({}), {
      pauses: {
        pause: (length) => void chosen.push(length),
        resume: () => undefined,
        sendAllTheSame: () => undefined,
      },
      open: () => undefined,
      openFailures: () => undefined,
      openSettings: () => undefined,
      quit: () => undefined,
    });
    const pause = menu.find(({ label }) => label === 'Pause sending');
    const items = Array.isArray(pause?.submenu) ? pause.submenu : [];
    for (const item of items) item.click?.({} as never, undefined, {});
    expect(items.map(({ label }) => label)).toEqual(['For an hour', 'Until tomorrow', 'Until I resume']);
    expect(chosen).toEqual(['hour', 'tomorrow', 'resumed']);
  });
});

describe('the tray’s icon', () => {
  it.each([
    ['linux', 1],
    ['win32', 1],
    ['darwin', 0],
  ] as const)('opens the window by a click where that does not open its menu: %s', (platform, count) => {
    let opened = 0;
    const power = { pause: () => undefined, resume: () => undefined, sendAllTheSame: () => undefined };
    const shown = openTray('/pictures', platform, {
      pauses: power,
      open: () => void (opened += 1),
      openFailures: () => undefined,
      openSettings: () => undefined,
      quit: () => undefined,
    });
    shown.show({ engine: 'opening', standing: null });
    noted.trays.at(-1)?.emit('click');
    expect(opened).toBe(count);
  });
});
