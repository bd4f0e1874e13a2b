/** Sending rests on battery, if the owner wants that. What the owner pauses or resumes by hand stays so. */

/**
 * Whose the pause in force is: `ours`: this rule made it; `overruled`: it did, and the owner resumed; `none`: it made
 * none since the computer was last on mains.
 */
export type BatteryMark = 'none' | 'ours' | 'overruled';

/** What the rule looks at. */
export interface BatteryFacts {
  readonly pausesOnBattery: boolean;
  readonly isOnBattery: boolean;
  readonly isPaused: boolean;
  readonly mark: BatteryMark;
}

/** What is to be done, and the mark from then on. */
export interface BatteryAct {
  readonly act: 'pause' | 'resume' | null;
  readonly mark: BatteryMark;
}

/** Decides it. */
export function batteryAct({ pausesOnBattery, isOnBattery, isPaused, mark }: BatteryFacts): BatteryAct {
  if (!pausesOnBattery || !isOnBattery) {
    return { act: mark === 'ours' && isPaused ? 'resume' : null, mark: 'none' };
  }
  if (mark === 'none') return isPaused ? { act: null, mark } : { act: 'pause', mark: 'ours' };
  return { act: null, mark: isPaused ? mark : 'overruled' };
}
