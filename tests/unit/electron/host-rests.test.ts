/** What the host tells of battery and network, by what the system answers. */
import { describe, expect, it, vi } from 'vitest';
import { watchRests } from '../../../electron/host-rests.ts';
import { createFakeClock } from '../../support/fake-clock.ts';

const electron = await vi.hoisted(async () =>
  (await import('../../support/electron-stand-in.ts')).createElectronStandIn(),
);
vi.mock('electron', () => electron.parts);
const { noted } = electron;

/** Rests under a rule about networks, and the network's side of it. */
function start() {
  const rules = { pausesOnBattery: true, pausesOnMetered: true };
  let tell: ((metered: boolean | null) => void) | null = null;
  const rests = watchRests({
    rules: () => rules,
    clock: createFakeClock(),
    onChange: () => undefined,
    watchNetwork: (_clock, onChange) => {
      tell = onChange;
      return { wokeUp: () => Promise.resolve(), stop: () => undefined };
    },
  });
  return { rules, rests, answer: (metered: boolean | null) => tell?.(metered) };
}

describe('what is told', () => {
  it('is nothing before the network has been asked about, and at once where no rule wants that', () => {
    noted.isOnBattery = true;
    const { rules, rests, answer } = start();
    expect(rests.now()).toBeNull();
    answer(true);
    expect(rests.now()).toEqual({ onBattery: true, onMetered: true });
    rules.pausesOnMetered = false;
    rests.rulesChanged();
    expect(rests.now()).toEqual({ onBattery: true, onMetered: false });
    rules.pausesOnMetered = true;
    rests.rulesChanged();
    expect(rests.now()).toBeNull();
    rests.stop();
    noted.isOnBattery = false;
  });

  it.each([
    ['stays as it was: metered', [true, null], true],
    ['stays as it was: not metered', [false, null], false],
    ['is not metered where nothing was known', [null], false],
    ['is what comes next', [true, null, false], false],
  ] as const)('without an answer %s', (_what, answers, onMetered) => {
    const { rests, answer } = start();
    for (const metered of answers) answer(metered);
    expect(rests.now()).toEqual({ onBattery: false, onMetered });
    rests.stop();
  });
});
