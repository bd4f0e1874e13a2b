/** How fast the last run went, kept so that the next plan can say how long it takes before anything was sent. */
import type { Ledger } from '../ledger/ledger.ts';

const PACE_SETTING = 'pace';

function kept({ settings }: Pick<Ledger, 'settings'>): Readonly<Record<string, unknown>> {
  const value = settings.get(PACE_SETTING);
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

/** Bytes of bodies per second to a destination; null: nothing was sent to it yet. */
export function keptPace(ledger: Pick<Ledger, 'settings'>, destinationId: number): number | null {
  const pace = kept(ledger)[String(destinationId)];
  return typeof pace === 'number' && pace > 0 ? pace : null;
}

/** Keeps it, where it is known and another one. */
export function keepPace(ledger: Pick<Ledger, 'settings'>, destinationId: number, pace: number | null): void {
  const rounded = pace === null ? 0 : Math.round(pace);
  if (rounded === 0 || rounded === keptPace(ledger, destinationId)) return;
  ledger.settings.set(PACE_SETTING, { ...kept(ledger), [String(destinationId)]: rounded });
}
