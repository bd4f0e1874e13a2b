/** How the owner likes the window, and filters with a name: kept as settings, read with care. */
import { z } from 'zod';
import type { Ledger } from './ledger/ledger.ts';
import { DEFAULT_VIEW, INTERFACE_SIZES, type ViewSettings } from '#shared/glance.ts';

const VIEW_KEY = 'view';

/** Each part with its default, so that what another version wrote costs that part only. */
const STORED_VIEW = z.object({
  theme: z.enum(['system', 'light', 'dark']).catch(DEFAULT_VIEW.theme),
  interfaceSize: z.literal(INTERFACE_SIZES).catch(DEFAULT_VIEW.interfaceSize),
  sheetSize: z.enum(['small', 'medium', 'large']).catch(DEFAULT_VIEW.sheetSize),
  groupBy: z.enum(['day', 'folder']).catch(DEFAULT_VIEW.groupBy),
  descending: z.boolean().catch(DEFAULT_VIEW.descending),
  inspectorIsOpen: z.boolean().catch(DEFAULT_VIEW.inspectorIsOpen),
  keyStripIsOpen: z.boolean().catch(DEFAULT_VIEW.keyStripIsOpen),
  advancesAfterKey: z.boolean().catch(DEFAULT_VIEW.advancesAfterKey),
  destinationId: z.int().nullable().catch(DEFAULT_VIEW.destinationId),
  keys: z.record(z.string(), z.string().nullable()).catch(DEFAULT_VIEW.keys),
});

/** The stored settings; parts that are missing or not understood are as in `DEFAULT_VIEW`. */
export function readView({ settings }: Pick<Ledger, 'settings'>): ViewSettings {
  const { success, data } = STORED_VIEW.safeParse(settings.get(VIEW_KEY) ?? {});
  return success ? data : DEFAULT_VIEW;
}

/** Changes the given parts. Returns all of them. */
export function saveView(
  { settings, transaction }: Pick<Ledger, 'settings' | 'transaction'>,
  part: Partial<ViewSettings>,
): ViewSettings {
  return transaction(() => {
    const after = { ...readView({ settings }), ...part };
    settings.set(VIEW_KEY, after);
    return after;
  });
}
