/** How the owner steers the sending, kept as a setting and read with care: SQL reads the order of it (migration 7). */
import { z } from 'zod';
import type { Ledger } from './ledger/ledger.ts';
import { DEFAULT_SENDING, SENDING_BOUNDS, SENDING_ORDERS, type SendingSettings } from '#shared/sending.ts';

/** The key of the setting. */
const SENDING_KEY = 'sending';

const { batchesInFlight, limit, timetable } = SENDING_BOUNDS;
const limitWords = 'A limit is at least 10 kB a second. Leave it empty for none.';
const countWords = `Requests at once are from ${batchesInFlight.least} to ${batchesInFlight.most}.`;
const minute = z.int().min(0).max(1439);
const someLimit = z
  .int(limitWords)
  .min(limit.least, limitWords)
  .max(limit.most, 'A limit is at most 1,000 MB a second.');

/** What may be given for each part. */
export const SENDING_PARTS = {
  order: z.enum(SENDING_ORDERS),
  batchesInFlight: z
    .int(countWords)
    .min(batchesInFlight.least, countWords)
    .max(batchesInFlight.most, countWords),
  limit: someLimit.nullable(),
  timetable: z
    .array(
      z.strictObject({
        days: z
          .array(z.int().min(0).max(6))
          .min(1, 'Choose at least one day for each line of the timetable.'),
        from: minute,
        to: minute,
        limit: someLimit.or(z.literal(0)).nullable(),
      }),
    )
    .max(timetable.most, `A timetable has at most ${timetable.most} lines.`),
};

/** Each part with its default, so that what another version wrote costs that part only. */
const STORED = z.object({
  order: SENDING_PARTS.order.catch(DEFAULT_SENDING.order),
  batchesInFlight: SENDING_PARTS.batchesInFlight.catch(DEFAULT_SENDING.batchesInFlight),
  limit: SENDING_PARTS.limit.catch(DEFAULT_SENDING.limit),
  timetable: SENDING_PARTS.timetable.catch([]),
});

/** The stored settings; parts that are missing or not understood are as in `DEFAULT_SENDING`. */
export function readSending({ settings }: Pick<Ledger, 'settings'>): SendingSettings {
  const { success, data } = STORED.safeParse(settings.get(SENDING_KEY) ?? {});
  return success ? data : DEFAULT_SENDING;
}

/** Changes the given parts. Returns all of them. */
export function writeSending(
  ledger: Pick<Ledger, 'settings'>,
  part: Partial<SendingSettings>,
): SendingSettings {
  const changed = { ...readSending(ledger), ...part };
  ledger.settings.set(SENDING_KEY, changed);
  return changed;
}
