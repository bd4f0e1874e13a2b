import { app } from 'electron';
import { z } from 'zod';
import { NOWHERE, type Places } from './start-words.ts';

const paths = z.array(z.string().min(1)).max(1000);
const ORDER = z.strictObject({ folders: paths, opened: paths });

/**
 * Makes this the one Tagalong of its data folder. False: there is one already, which gets what this start names
 * and comes to the front.
 *
 * @param onOther hears of later starts in the other case
 */
export function becomeOnly({ folders, opened }: Places, onOther: (places: Places) => void): boolean {
  if (!app.requestSingleInstanceLock({ folders, opened })) return false;
  app.on('second-instance', (_event, _words, _folder, order) => {
    const { success, data } = ORDER.safeParse(order);
    onOther(success ? data : NOWHERE);
  });
  return true;
}
