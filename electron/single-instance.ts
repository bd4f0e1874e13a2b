import { app } from 'electron';
import { z } from 'zod';

const ORDER = z.strictObject({ folders: z.array(z.string().min(1)).max(1000) });

/**
 * Makes this the one Tagalong of its data folder. False: there is one already, which gets the folders of this start and
 * comes to the front.
 *
 * @param onOther hears of later starts in the other case
 */
export function becomeOnly(
  folders: readonly string[],
  onOther: (folders: readonly string[]) => void,
): boolean {
  if (!app.requestSingleInstanceLock({ folders })) return false;
  app.on('second-instance', (_event, _words, _folder, order) => {
    const { success, data } = ORDER.safeParse(order);
    onOther(success ? data.folders : []);
  });
  return true;
}
