/** Calls of the frame of the window: accounts, counts, what waits, settings of the view. */
import { z } from 'zod';
import type { EngineParts } from '../engine-parts.ts';
import { glanceAt } from '../glance.ts';
import { createRate, type Rate } from '../glance-rate.ts';
import type { Destination } from '../ledger/destinations.ts';
import { ensurePractice } from '../practice-destination.ts';
import { readView, saveView } from '../view-settings.ts';
import { OrderError } from './ingest-calls.ts';
import { notYet } from './not-yet.ts';
import { SHEET_QUERY } from './sheet-calls.ts';
import type { GlanceCalls } from '#shared/glance.ts';
import type { StateCounts } from '#shared/photo.ts';
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
  const { ledger, host, changes } = parts;
  const rates = new Map<number, ReturnType<typeof createRate>>();

  /** The named one, else the one looked at last, else the first; the practice account when there is none. */
  async function destinationOf(id: number | null): Promise<Destination> {
    const all = ledger.destinations.all();
    if (id !== null) {
      const named = all.find((one) => one.id === id);
      if (named === undefined) throw new OrderError('This account is not known here. Choose another one.');
      return named;
    }
    const last = readView(ledger).destinationId;
    const found = all.find((one) => one.id === last) ?? all[0];
    return found ?? ensurePractice(parts);
  }

  function rateOf(destinationId: number, { accepted, indexed }: StateCounts): Rate {
    const line = parts.openLines().find(({ destination }) => destination.id === destinationId);
    const rate = rates.get(destinationId) ?? createRate();
    rates.set(destinationId, rate);
    const bytes = line?.uploader.stats().bytesSent ?? 0;
    return rate.sample({ at: host.clock.elapsed(), bytes, photoCount: accepted + indexed });
  }

  return {
    ...notYet<Remote<GlanceCalls>>(parts, GLANCE_SCHEMAS),
    glance: async (argument) => {
      const destination = await destinationOf(GLANCE_SCHEMAS.glance.parse(argument).destinationId);
      return glanceAt(parts, destination, (counts) => rateOf(destination.id, counts));
    },
    viewSettings: async (argument) => {
      nothing.parse(argument);
      return { asOf: changes.asOf(), settings: readView(ledger) };
    },
    saveViewSettings: async (argument) => {
      const { settings } = GLANCE_SCHEMAS.saveViewSettings.parse(argument);
      const given = Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined));
      const after = saveView(ledger, given);
      return { asOf: changes.asOf(), settings: after };
    },
  };
}
