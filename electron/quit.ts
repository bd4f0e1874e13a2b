/** Quitting: the engine ends in order first, but nobody waits for ever. */
import { app } from 'electron';

/** How long the engine may take to end in order, in ms. */
const LIMIT_MS = 10_000;

export interface QuitPowers {
  /** Ends the engine in order, after so many ms at once. Resolves when it is gone. */
  readonly stop: (limitMs: number) => Promise<void>;
  /** Ends it at once. */
  readonly kill: () => void;
  /** Asks the owner, where something is in flight; true: it may end. Default: it may. */
  readonly mayQuit?: () => Promise<boolean>;
}

/** Other ways to quit than the owner's wish. */
export interface Quit {
  /** The system ends, or a signal came: nobody is there to answer. */
  now(): void;
  /** Quits as by the owner's wish, and does this last, when the engine is gone; it has to end the program. */
  endWith(last: () => void): void;
}

const justEnd = (): void => app.exit(0);

/**
 * Holds the program's end back until the owner agrees and the engine has ended: the first wish to quit is granted after
 * at most 10 s, a second one at once.
 */
export function holdQuit({ stop, kill, mayQuit }: QuitPowers): Quit {
  let isEnding = false;
  let isAgreed = mayQuit === undefined;
  let isAsking = false;
  let last = justEnd;

  const agree = (): void => {
    isAgreed = true;
    app.quit();
  };
  const ask = async (): Promise<void> => {
    isAsking = true;
    const mayEnd = await (mayQuit?.() ?? true);
    isAsking = false;
    if (mayEnd) agree();
    else last = justEnd;
  };

  app.on('before-quit', (event) => {
    if (!isAgreed) {
      event.preventDefault();
      if (!isAsking) void ask().catch(agree);
      return;
    }
    if (!isEnding) return;
    event.preventDefault();
    kill();
    app.exit(0);
  });
  // Windows are closed by now: the owner sees that it ends.
  app.on('will-quit', (event) => {
    event.preventDefault();
    if (isEnding) return;
    isEnding = true;
    // Whoever starts Tagalong now is not sent to this one; the next engine waits for this one's end.
    app.releaseSingleInstanceLock();
    void stop(LIMIT_MS).then(
      () => last(),
      () => {
        kill();
        app.exit(1);
      },
    );
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, agree);
  return {
    now: agree,
    endWith(act) {
      last = act;
      app.quit();
    },
  };
}
