/** The question before the end: what it counts, and what its buttons do. */
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createQuitAsking, quitQuestion } from '../../../electron/quit-question.ts';
import { EMPTY_GLANCE, NO_COUNTS } from '../../support/empty-glance.ts';
import { HOLDS } from '#shared/problems.ts';
import { standingOf } from '#shared/standing.ts';

const electron = await vi.hoisted(async () =>
  (await import('../../support/electron-stand-in.ts')).createElectronStandIn(),
);
vi.mock('electron', () => electron.parts);
const { noted, parts } = electron;

const EDITS = { there: 300, withPhoto: 9 };
const HELD = {
  ...EMPTY_GLANCE,
  counts: { ...NO_COUNTS, queued: 100, sending: 30 },
  holds: [{ ...HOLDS['over-quota'], kind: 'over-quota', since: 0, until: null, detail: null } as const],
};

function ask(...glances: Parameters<typeof standingOf>[0]) {
  return quitQuestion(standingOf(glances));
}

const open = () => new parts.BrowserWindow({});

describe('the question before the end', () => {
  it('counts edits, and only where nothing holds the sending', () => {
    expect(ask(HELD, { ...EMPTY_GLANCE, editsWaiting: EDITS })?.message).toBe(
      'Quit with edits on 300 photos still to be sent?',
    );
    const both = ask(HELD, {
      ...EMPTY_GLANCE,
      counts: { ...NO_COUNTS, found: 7, sending: 1 },
      editsWaiting: EDITS,
    });
    expect(both?.message).toBe('Quit with 8 photos and edits on 300 photos still to be sent?');
    expect(both?.detail).toMatch(/^1 photo is leaving now\./u);
    expect(ask({ ...EMPTY_GLANCE, counts: { ...NO_COUNTS, queued: 2 } })?.detail).toMatch(
      /^Nothing is lost/u,
    );
    expect(ask(HELD, EMPTY_GLANCE)).toBeNull();
    expect(ask({ ...HELD, editsWaiting: EDITS, waitingPaths: 3 })).toBeNull();
  });
});

describe('its buttons', () => {
  const asking = createQuitAsking(() =>
    Promise.resolve(standingOf([{ ...EMPTY_GLANCE, counts: { ...NO_COUNTS, queued: 1 } }])),
  );
  /** Presses the button of this place. */
  const press = (place: number): Promise<boolean> => {
    noted.answer = place;
    return asking.mayQuit();
  };
  afterEach(() => void (noted.boxes.length = 0));

  it('end it, or leave everything as it is', async () => {
    const window = open();
    expect([await press(0), await press(2)]).toEqual([true, false]);
    expect([noted.windows, asking.goesOn()]).toEqual([[window], false]);
    expect(noted.boxes[0]).toMatchObject({
      buttons: ['Quit', 'Go on without a window', 'Cancel'],
      cancelId: 2,
    });
    window.close();
  });

  it('close the windows where it is to go on without one, which counts until there is one again', async () => {
    const goesOn: boolean[] = [];
    parts.app.on('window-all-closed', () => goesOn.push(asking.goesOn()));
    open();
    expect([await press(1), noted.windows]).toEqual([false, []]);
    // Without a window, to stay is to go on without one.
    expect([await press(1), noted.boxes[1]?.buttons]).toEqual([false, ['Quit', 'Go on without a window']]);
    open().close();
    expect(goesOn).toEqual([true, false]);
  });
});
