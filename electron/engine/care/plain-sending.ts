/** How the sending is steered, for diagnostics: numbers, times and words of this program, by which it may rest. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Ledger } from '../ledger/ledger.ts';
import { OVERRULED_SETTING } from '../rule-rests.ts';
import { readSending } from '../sending-settings.ts';
import { DEFAULT_DESKTOP, DESKTOP_FILE, DESKTOP_FOLDER } from '#shared/desktop.ts';
import { limitAt, OVERRULABLE_RESTS, type SendingLimit, type SendingSettings } from '#shared/sending.ts';

/** What holds for all accounts. Limits are in bytes per second. */
export interface PlainSending extends SendingSettings {
  readonly now: {
    readonly limit: SendingLimit;
    readonly isTimed: boolean;
    readonly until: string | null;
  };
  readonly pausedFolders: number;
  /** Rests through which the owner sends. */
  readonly overruledRests: readonly string[];
}

/** Gathers it. @param now UTC ms */
export function plainSending(ledger: Ledger, now: number): PlainSending {
  const settings = readSending(ledger);
  const { until, ...limitNow } = limitAt(settings, now);
  const overruled = ledger.settings.get(OVERRULED_SETTING) ?? {};
  return {
    ...settings,
    now: { ...limitNow, until: until === null ? null : new Date(until).toISOString() },
    pausedFolders: ledger.folders.paused().length,
    overruledRests: OVERRULABLE_RESTS.filter((kind) => Object.hasOwn(overruled, kind)),
  };
}

/** The desktop's own yes and no, such as whether it sends on a battery; null: no desktop ran here, or none that is understood. */
export function plainDesktop(dataFolder: string): Readonly<Record<string, boolean>> | null {
  const path = join(dataFolder, DESKTOP_FOLDER, DESKTOP_FILE);
  if (!existsSync(path)) return null;
  try {
    const stored = JSON.parse(readFileSync(path, 'utf8')) as Readonly<Record<string, unknown>> | null;
    return Object.fromEntries(
      Object.keys(DEFAULT_DESKTOP).flatMap((key) => {
        const value = stored?.[key];
        return typeof value === 'boolean' ? [[key, value]] : [];
      }),
    );
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
