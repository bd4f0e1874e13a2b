/** Calls of the frame of the window: accounts, counts, what waits, settings of the view. */
import { z } from 'zod';
import type { EngineParts } from '../engine-parts.ts';
import { notYet } from './not-yet.ts';
import { SHEET_QUERY } from './sheet-calls.ts';
import type { GlanceCalls } from '#shared/glance.ts';
import type { Remote } from '#shared/calls.ts';

const nothing = z.strictObject({});
const names = {
  baseUrl: z.url({ protocol: /^https?$/, error: 'The address has to begin with https://.' }),
  userId: z.string().trim().min(1, 'The user id is missing.'),
  appId: z.string().trim().min(1, 'The app id is missing.'),
};

/** One schema per call; each has to fit the contract's type. */
export const GLANCE_SCHEMAS = {
  glance: z.strictObject({ destinationId: z.int().nullable() }),
  checkAccount: z.strictObject({ ...names, pat: z.string().trim().min(1, 'The token is missing.') }),
  addDestination: z.strictObject(names),
  addFolders: z.strictObject({ paths: z.array(z.string().min(1)).min(1), destinationId: z.int() }),
  viewSettings: nothing,
  saveViewSettings: z.strictObject({
    settings: z
      .strictObject({
        theme: z.enum(['system', 'light', 'dark']),
        sheetSize: z.enum(['small', 'medium', 'large']),
        groupBy: z.enum(['day', 'folder']),
        descending: z.boolean(),
        inspectorIsOpen: z.boolean(),
        destinationId: z.int().nullable(),
        keys: z.record(z.string(), z.string().nullable()),
      })
      .partial(),
  }),
  savedFilters: nothing,
  saveFilters: z.strictObject({
    filters: z
      .array(
        z.strictObject({
          id: z.string().min(1),
          name: z.string().trim().min(1, 'A filter needs a name.').max(100),
          filter: SHEET_QUERY.shape.filter,
        }),
      )
      .max(500),
    label: z.string().max(200),
  }),
} as const satisfies Record<keyof GlanceCalls, z.ZodType>;

/** Makes these calls over a running engine. */
export function createGlanceCalls(parts: EngineParts): Remote<GlanceCalls> {
  return notYet(parts, GLANCE_SCHEMAS);
}
