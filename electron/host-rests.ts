/** When the owner's rules for this computer want the sending to rest: on battery, on a metered network. */
import { powerMonitor } from 'electron';
import type { Clock } from './engine/clock.ts';
import { watchMetered, type MeteredWatch } from './metered.ts';
import type { DesktopSettings } from '#shared/desktop.ts';
import type { HostRests } from '#shared/sending.ts';

/** How often the battery is asked about where the system does not tell (only macOS tells of both changes), in ms. */
const BATTERY_MS = 30_000;

export interface HostRestsOptions {
  readonly rules: () => Pick<DesktopSettings, 'pausesOnBattery' | 'pausesOnMetered'>;
  readonly clock: Clock;
  /** It may be otherwise now. */
  readonly onChange: () => void;
  /** Default: asks the system. */
  readonly watchNetwork?: typeof watchMetered;
}

export interface HostRestsWatch {
  /** Null: not known yet. */
  now(): HostRests | null;
  /** The owner has other rules: the network is asked about only while somebody wants it. */
  rulesChanged(): void;
  /** The computer was asleep, and may be on another network: resolves when that has been asked about. */
  wokeUp(): Promise<void>;
  stop(): void;
}

/** Begins to look, as far as the rules want it. */
export function watchRests({
  rules,
  clock,
  onChange,
  watchNetwork = watchMetered,
}: HostRestsOptions): HostRestsWatch {
  let network: MeteredWatch | null = null;
  let isMetered: boolean | null = null;

  function rulesChanged(): void {
    const isWanted = rules().pausesOnMetered;
    if (isWanted && network === null) {
      network = watchNetwork(clock, (metered) => {
        // No answer is neither yes nor no: what was known stays. A system that never tells must not hold the sending.
        isMetered = metered ?? isMetered ?? false;
        onChange();
      });
    } else if (!isWanted) {
      network?.stop();
      network = null;
      isMetered = null;
    }
  }

  const ask = (): void => {
    if (rules().pausesOnBattery) onChange();
    battery = clock.setTimer(ask, BATTERY_MS);
  };
  let battery = clock.setTimer(ask, BATTERY_MS);
  powerMonitor.on('on-battery', onChange);
  powerMonitor.on('on-ac', onChange);
  rulesChanged();

  return {
    now() {
      const { pausesOnBattery, pausesOnMetered } = rules();
      if (pausesOnMetered && isMetered === null) return null;
      return {
        onBattery: pausesOnBattery && powerMonitor.isOnBatteryPower(),
        onMetered: pausesOnMetered && isMetered === true,
      };
    },
    rulesChanged,
    wokeUp: async () => network?.wokeUp(),
    stop() {
      battery.cancel();
      network?.stop();
      powerMonitor.off('on-battery', onChange);
      powerMonitor.off('on-ac', onChange);
    },
  };
}
