/** What the desktop shows of a running engine, window or not: tray, dock, notifications, and the question before the end. */
import { isDeepStrictEqual } from 'node:util';
import { app, BrowserWindow, dialog, Notification, powerMonitor } from 'electron';
import { readDesktop, writeDesktop } from './desktop-settings.ts';
import type { Clock } from './engine/clock.ts';
import type { Log } from './engine/log.ts';
import { watchRests, type HostRestsOptions } from './host-rests.ts';
import type { LoginItem } from './login-item.ts';
import { createLooks } from './looks.ts';
import { quitQuestion } from './quit-question.ts';
import { openTray } from './tray.ts';
import type { Pauses, TrayState } from './tray-menu.ts';
import type { EngineConnection, MenuCommand } from '#shared/bridge.ts';
import { PortClosedError, type Remote } from '#shared/calls.ts';
import type { DesktopChange, DesktopState } from '#shared/desktop.ts';
import type { EngineCalls } from '#shared/engine-api.ts';
import { pauseEnd, type HostRests } from '#shared/sending.ts';
import { hearNews, NOTHING_HEARD, runProgress, type News, type RunProgress } from '#shared/news.ts';
import { needCount, standingOf, type Standing } from '#shared/standing.ts';

/** Between two looks at the engine, in ms. */
const LOOK_MS = 2000;
/** So long an engine has to say what is in flight, in ms; then the program ends without a question. */
const QUIT_LOOK_MS = 2000;

type DesktopEngine = Pick<
  Remote<EngineCalls>,
  'glance' | 'pause' | 'resume' | 'sendAllTheSame' | 'hostRests' | 'wokeUp'
>;

export interface SurroundingsOptions {
  /** Waits for the first engine. */
  engine(): Promise<DesktopEngine>;
  /** Shows the window; with a command it goes there. */
  openWindow(command?: MenuCommand): void;
  readonly settingsPath: string;
  /** Absolute path of the folder with the tray's pictures. */
  readonly pictures: string;
  readonly loginItem: LoginItem;
  readonly platform: NodeJS.Platform;
  readonly clock: Clock;
  readonly log: Log;
  /** Default: asks the system. */
  readonly watchNetwork?: HostRestsOptions['watchNetwork'];
}

/** The desktop around the window. */
export interface Surroundings {
  /** The settings, as they are and to change. */
  readonly powers: {
    state(): Omit<DesktopState, 'update'>;
    save(change: DesktopChange): void;
  };
  readonly onConnection: (connection: EngineConnection) => void;
  readonly onEvent: () => void;
  readonly mayQuit: () => Promise<boolean>;
  /** Whether it goes on without a window. */
  staysOpen(): boolean;
  stop(): void;
}

/** Begins to show it. */
export function startSurroundings(options: SurroundingsOptions): Surroundings {
  const { clock, log, loginItem, platform, settingsPath } = options;
  let stored = readDesktop(settingsPath);
  let memory = NOTHING_HEARD;
  let engineState: TrayState['engine'] = 'opening';
  let standing: Standing | null = null;
  /** What the engine of now was told. */
  let toldRests: HostRests | null = null;
  const shownNews = new Set<Notification>();
  const store = (part: Partial<typeof stored>): void => {
    stored = { ...stored, ...part };
    writeDesktop(settingsPath, stored);
  };
  const order = (act: (engine: DesktopEngine) => Promise<unknown>): void => {
    options
      .engine()
      .then(act)
      .then(() => looks.soon())
      .catch((error: unknown) => log.warn('desktop-order-failed', { error: String(error) }));
  };
  const pauses: Pauses = {
    pause: (length) => order((engine) => engine.pause({ until: pauseEnd(length, clock.now()) })),
    resume: () => order((engine) => engine.resume({})),
    sendAllTheSame: (kind) => order((engine) => engine.sendAllTheSame({ kind })),
  };
  const tray = openTray(options.pictures, platform, {
    pauses,
    open: () => options.openWindow(),
    openFailures: () => options.openWindow('go-failures'),
    openSettings: () => options.openWindow('go-settings'),
    quit: () => app.quit(),
  });
  const show = (): void => {
    tray.show({ engine: engineState, standing });
    showProgress(standing === null ? null : runProgress(memory, standing));
  };

  async function tellRests(engine: DesktopEngine): Promise<void> {
    const rests = hostRests.now();
    if (rests === null || isDeepStrictEqual(rests, toldRests)) return;
    await engine.hostRests(rests);
    toldRests = rests;
    looks.soon();
  }

  async function wakeUp(engine: DesktopEngine): Promise<void> {
    // First: it sends at once.
    await hostRests.wokeUp();
    await tellRests(engine);
    await engine.wokeUp({});
  }

  async function look(): Promise<void> {
    try {
      const engine = await options.engine();
      standing = await askStanding(engine);
      await tellRests(engine);
      const heard = hearNews(memory, standing, clock.now());
      memory = heard.memory;
      if (heard.againAt !== null) looks.at(heard.againAt);
      const isSeen = BrowserWindow.getAllWindows().some((window) => window.isFocused());
      if (stored.notifies && !isSeen)
        for (const news of heard.news) {
          notify(shownNews, news, () => options.openWindow(), log);
        }
      app.setBadgeCount(needCount(standing));
      show();
    } catch (error) {
      // Its end is told by the connection, and the next engine is looked at again.
      if (!(error instanceof PortClosedError)) log.warn('desktop-look-failed', { error: String(error) });
    }
  }
  const looks = createLooks(clock, LOOK_MS, look);

  const hostRests = watchRests({
    rules: () => stored,
    clock,
    onChange: () => looks.soon(),
    ...(options.watchNetwork === undefined ? {} : { watchNetwork: options.watchNetwork }),
  });
  powerMonitor.on('resume', () => order(wakeUp));
  show();

  return {
    powers: {
      state: () => ({ settings: stored, opensAtLogin: loginItem.isSet() }),
      save({ opensAtLogin, ...part }) {
        if (opensAtLogin !== undefined) loginItem.set(opensAtLogin);
        store(part);
        hostRests.rulesChanged();
        looks.soon();
      },
    },
    onConnection({ state }) {
      engineState = state;
      if (state !== 'here') toldRests = null;
      if (state === 'here') looks.soon();
      else standing = null;
      show();
    },
    onEvent: () => looks.soon(),
    async mayQuit() {
      const question = quitQuestion(await withinTime(options.engine().then(askStanding), clock));
      if (question === null) return true;
      const { response } = await dialog.showMessageBox({
        type: 'question',
        title: 'Tagalong',
        ...question,
        buttons: ['Quit', 'Go on without a window'],
        defaultId: 0,
        cancelId: 1,
        noLink: true,
      });
      return response === 0;
    },
    staysOpen: () => platform === 'darwin' || stored.staysInTray,
    stop() {
      looks.stop();
      hostRests.stop();
    },
  };
}

async function askStanding(engine: Pick<DesktopEngine, 'glance'>): Promise<Standing> {
  const shown = await engine.glance({ destinationId: null });
  const others = shown.destinations.filter(({ id }) => id !== shown.destinationId);
  const glances = await Promise.all(others.map(({ id }) => engine.glance({ destinationId: id })));
  return standingOf([shown, ...glances]);
}

/** Null when it takes too long, or fails. */
function withinTime(asked: Promise<Standing>, clock: Clock): Promise<Standing | null> {
  return new Promise((resolve) => {
    const timer = clock.setTimer(() => resolve(null), QUIT_LOOK_MS);
    asked.then(resolve, () => resolve(null)).finally(() => timer.cancel());
  });
}

function showProgress(progress: RunProgress | null): void {
  for (const window of BrowserWindow.getAllWindows()) {
    if (progress === null) window.setProgressBar(-1);
    else window.setProgressBar(progress.fraction, { mode: progress.tone });
  }
}

/** @param shown keeps those that may still be clicked: what nobody holds is collected, and hears nothing any more */
function notify(shown: Set<Notification>, { title, words }: News, onClick: () => void, log: Log): void {
  if (!Notification.isSupported()) return;
  const notification = new Notification({ title, body: words, silent: true });
  shown.add(notification);
  notification.on('click', onClick);
  notification.on('close', () => shown.delete(notification));
  notification.on('failed', (_event, error) => {
    shown.delete(notification);
    log.warn('notification-failed', { error });
  });
  notification.show();
}
