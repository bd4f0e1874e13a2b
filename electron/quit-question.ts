/** What is asked before Tagalong ends while something is on its way. */
import { app, BrowserWindow, dialog } from 'electron';
import type { Standing } from '#shared/standing.ts';

/** Words of the question. */
export interface QuitQuestion {
  readonly message: string;
  readonly detail: string;
}

/** Asks before an end. */
export interface QuitAsking {
  /** True: it may end. */
  mayQuit(): Promise<boolean>;
  /** Whether the owner wants it to go on without a window: until there is one again. */
  goesOn(): boolean;
  stop(): void;
}

const QUIT = 'Quit';
const GO_ON = 'Go on without a window';
const CANCEL = 'Cancel';

/** @param standing how everything stands; null: it cannot be told now, and nobody is asked */
export function createQuitAsking(standing: () => Promise<Standing | null>): QuitAsking {
  let goesOn = false;
  const onWindow = (): void => void (goesOn = false);
  app.on('browser-window-created', onWindow);
  return {
    async mayQuit() {
      const question = quitQuestion(await standing());
      if (question === null) return true;
      const answer = await ask(question);
      if (answer === GO_ON) {
        goesOn = true;
        for (const window of BrowserWindow.getAllWindows()) window.close();
      }
      return answer === QUIT;
    },
    goesOn: () => goesOn,
    stop: () => void app.off('browser-window-created', onWindow),
  };
}

/** Returns the button. */
async function ask(question: QuitQuestion): Promise<string | undefined> {
  // Without a window, to stay is to go on without one.
  const stays = BrowserWindow.getAllWindows().length > 0 ? [GO_ON, CANCEL] : [GO_ON];
  const buttons = [QUIT, ...stays];
  const { response } = await dialog.showMessageBox({
    type: 'question',
    title: 'Tagalong',
    ...question,
    buttons,
    defaultId: 0,
    cancelId: buttons.length - 1,
    noLink: true,
  });
  return buttons[response];
}

/** The question; null when there is nothing that an end would put off. What is held does not move now either. */
export function quitQuestion(standing: Standing | null): QuitQuestion | null {
  if (standing === null || standing.moving === null) return null;
  const { waitingPaths, moving } = standing;
  const { unsentCount, leavingCount, editedCount } = moving;
  const sent = [
    ...(unsentCount > 0 ? [counted(unsentCount, 'photo', 'photos')] : []),
    ...(editedCount > 0 ? [`edits on ${counted(editedCount, 'photo', 'photos')}`] : []),
  ];
  const waiting = [
    ...(sent.length > 0 ? [`${sent.join(' and ')} still to be sent`] : []),
    ...(waitingPaths > 0 ? [`${counted(waitingPaths, 'file', 'files')} still to be looked at`] : []),
  ];
  if (waiting.length === 0) return null;
  const leaving = leavingCount > 0 ? `${counted(leavingCount, 'photo is', 'photos are')} leaving now. ` : '';
  return {
    message: `Quit with ${waiting.join(' and ')}?`,
    detail:
      `${leaving}Nothing is lost and nothing is sent twice: it goes on where it stopped when Tagalong is opened again. ` +
      'It can also go on without its window.',
  };
}

function counted(count: number, one: string, other: string): string {
  return `${new Intl.NumberFormat(undefined).format(count)} ${count === 1 ? one : other}`;
}
