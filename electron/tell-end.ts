/** Says beside the page, which may not be there yet, why there is no engine, and offers what helps. */
import { dialog } from 'electron';
import type { RunningHost } from './engine-host.ts';

const when = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium' });

export interface EndOptions {
  /** Why, for people. */
  readonly sentence: string;
  /** The ledger is damaged: its newest backup is offered. */
  readonly isDamaged: boolean;
  readonly dataFolder: string;
  readonly withoutEngine: RunningHost['without'];
}

/** Tells it, and goes back to the newest backup if the owner wants that. */
export async function tellEnd({ sentence, isDamaged, dataFolder, withoutEngine }: EndOptions): Promise<void> {
  const told = {
    type: 'error',
    title: 'Tagalong',
    message: 'Your photos cannot be opened at present',
    detail: sentence,
  } as const;
  // Not before it is needed, as in the calls of the page.
  const backups = isDamaged ? await import('./host/going-back.ts') : null;
  const newest = backups?.backupsOf(dataFolder)[0];
  if (backups === null || newest === undefined) {
    await dialog.showMessageBox(told);
    return;
  }
  const { response } = await dialog.showMessageBox({
    ...told,
    detail:
      `${sentence}\n\nThe newest backup is of ${when.format(newest.at)}. With it, the damaged ledger is set aside, and ` +
      'what came since is found again.',
    buttons: ['Go back to that backup', 'Leave it as it is'],
    defaultId: 0,
    cancelId: 1,
    noLink: true,
  });
  if (response !== 0) return;
  try {
    await withoutEngine(() => Promise.resolve(backups.goBackTo(newest.at, dataFolder)));
  } catch (error) {
    dialog.showErrorBox(
      'The backup was not restored',
      error instanceof Error ? error.message : String(error),
    );
  }
}
