/** Calls of the desktop around the window. */
import { z } from 'zod';
import type { EngineParts } from '../engine-parts.ts';
import type { DesktopCalls } from '#shared/desktop.ts';
import type { Remote } from '#shared/calls.ts';

/** One schema per call; each has to fit the contract's type. */
export const DESKTOP_SCHEMAS = {
  wokeUp: z.strictObject({}),
} as const satisfies Record<keyof DesktopCalls, z.ZodType>;

type DesktopParts = Pick<EngineParts, 'ledger' | 'ingest' | 'openLines' | 'isAtWork' | 'host' | 'steering'>;

/** Makes these calls over a running engine. */
export function createDesktopCalls(parts: DesktopParts): Remote<DesktopCalls> {
  return {
    wokeUp: async (argument) => {
      DESKTOP_SCHEMAS.wokeUp.parse(argument);
      const folders = parts.ledger.folders.all().filter(({ id }) => parts.isAtWork(id));
      parts.host.log.info('woke-up', { folderCount: folders.length });
      for (const { id } of folders) parts.ingest.scan(id, 'wake');
      parts.steering.look();
      for (const line of parts.openLines()) {
        line.uploader.reconnect();
        line.wake();
      }
      return null;
    },
  };
}
