/** Settings of this machine's desktop, in a file beside the window's place: they are none of the ledger's. */
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import { DEFAULT_DESKTOP, type DesktopSettings } from '#shared/desktop.ts';

/** Each part with its default, so that what another version wrote costs that part only. */
const STORED = z.object({
  staysInTray: z.boolean().catch(DEFAULT_DESKTOP.staysInTray),
  notifies: z.boolean().catch(DEFAULT_DESKTOP.notifies),
  pausesOnBattery: z.boolean().catch(DEFAULT_DESKTOP.pausesOnBattery),
  pausesOnMetered: z.boolean().catch(DEFAULT_DESKTOP.pausesOnMetered),
  looksForUpdates: z.boolean().catch(DEFAULT_DESKTOP.looksForUpdates),
});

/** What was written down; the defaults when there is nothing, or nothing readable. */
export function readDesktop(path: string): DesktopSettings {
  try {
    return STORED.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch (error) {
    const isUnreadable = error instanceof SyntaxError || error instanceof z.ZodError;
    if (isUnreadable || (error instanceof Error && 'code' in error && error.code === 'ENOENT')) {
      return DEFAULT_DESKTOP;
    }
    throw error;
  }
}

/** Writes it down whole. */
export function writeDesktop(path: string, stored: DesktopSettings): void {
  writeFileSync(`${path}.partial`, JSON.stringify(stored), { mode: 0o600 });
  renameSync(`${path}.partial`, path);
}
