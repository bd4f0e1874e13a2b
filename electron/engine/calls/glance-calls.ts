/** Calls of the frame of the window: accounts, counts, what waits, settings of the view. */
import { z } from 'zod';
import type { EngineParts } from '../engine-parts.ts';
import { glanceAt } from '../glance.ts';
import { saveUndoableSetting } from '../edits/acts.ts';
import type { Destination } from '../ledger/destinations.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { ensurePractice } from '../practice-destination.ts';
import { readView, saveView } from '../view-settings.ts';
import { parseInWords } from './in-words.ts';
import { OrderError } from './order-error.ts';
import { createSetupCalls, SETUP_SCHEMAS } from './setup-calls.ts';
import { SHEET_QUERY } from './sheet-calls.ts';
import { INTERFACE_SIZES, type GlanceCalls, type SavedFilter } from '#shared/glance.ts';
import type { Remote } from '#shared/calls.ts';

const nothing = z.strictObject({});
const SAVED_FILTER = z.strictObject({
  id: z.string().min(1),
  name: z.string().trim().min(1, 'A filter needs a name.').max(100),
  filter: SHEET_QUERY.shape.filter,
});

/** One schema per call; each has to fit the contract's type. */
export const GLANCE_SCHEMAS = {
  glance: z.strictObject({ destinationId: z.int().nullable() }),
  ownerIsHere: nothing,
  ...SETUP_SCHEMAS,
  viewSettings: nothing,
  saveViewSettings: z.strictObject({
    settings: z
      .strictObject({
        theme: z.enum(['system', 'light', 'dark']),
        interfaceSize: z.literal(INTERFACE_SIZES),
        sheetSize: z.enum(['small', 'medium', 'large']),
        groupBy: z.enum(['day', 'folder']),
        descending: z.boolean(),
        inspectorIsOpen: z.boolean(),
        keyStripIsOpen: z.boolean(),
        advancesAfterKey: z.boolean(),
        destinationId: z.int().nullable(),
        keys: z.record(z.string(), z.string().nullable()),
      })
      .partial(),
  }),
  savedFilters: nothing,
  saveFilters: z.strictObject({
    filters: z.array(SAVED_FILTER).max(500),
    label: z.string().max(200),
  }),
} as const satisfies Record<keyof GlanceCalls, z.ZodType>;

/** So long a core is left to whoever uses the window, in ms. */
const ROOM_MS = 3000;
/** The setting that holds the filters with a name. */
const FILTERS_SETTING = 'filters';

/** Filters as they are stored; one that is not understood is left out, the others stay. */
function savedFiltersOf({ settings }: Pick<Ledger, 'settings'>): readonly SavedFilter[] {
  const stored = settings.get(FILTERS_SETTING);
  if (!Array.isArray(stored)) return [];
  return stored.flatMap((one) => {
    const { success, data } = SAVED_FILTER.safeParse(one);
    return success ? [data as SavedFilter] : [];
  });
}

/** Makes these calls over a running engine. */
export function createGlanceCalls(parts: EngineParts): Remote<GlanceCalls> {
  const { ledger, host, changes } = parts;

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

  return {
    ...createSetupCalls(parts),
    glance: async (argument) => {
      const destination = await destinationOf(GLANCE_SCHEMAS.glance.parse(argument).destinationId);
      return glanceAt(parts, destination);
    },
    ownerIsHere: async (argument) => {
      nothing.parse(argument);
      parts.pool.leaveRoom(ROOM_MS);
      return null;
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
    savedFilters: async (argument) => {
      nothing.parse(argument);
      return { asOf: changes.asOf(), filters: savedFiltersOf(ledger) };
    },
    saveFilters: async (argument) => {
      const { filters, label } = parseInWords(GLANCE_SCHEMAS.saveFilters, argument);
      const at = host.clock.now();
      saveUndoableSetting(ledger, { key: FILTERS_SETTING, value: filters, label, at });
      return { asOf: changes.asOf() };
    },
  };
}
