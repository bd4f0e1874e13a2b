/** Starts the engine with what only main has for it: tokens, processes, and an end in order. */
import { join } from 'node:path';
import type { Log } from './engine/log.ts';
import { startEngineHost, type RunningHost } from './engine-host.ts';
import { startEngineLife } from './engine-life.ts';
import { patOfEnvironment, readPat } from './host/pat.ts';
import { createPracticeProcess } from './host/practice-process.ts';
import { siblingEntry } from './host/sibling-entry.ts';
import { practiceStarter } from './practice-utility.ts';
import { holdQuit, type Quit } from './quit.ts';
import { followTheme } from './theme.ts';
import { tellEnd } from './tell-end.ts';
import type { TokenStore } from './token-store.ts';
import type { EngineConnection } from '#shared/bridge.ts';

export interface StartOptions {
  readonly dataFolder: string;
  readonly tokens: TokenStore;
  /** Of what is remembered about the window: its theme follows the engine's settings. */
  readonly statePath: string;
  readonly log: Log;
  /** Hears how the engine stands, and what it tells. */
  readonly onConnection: (connection: EngineConnection) => void;
  readonly onEvent: (event: unknown) => void;
  /** Asks the owner before the program ends. */
  readonly mayQuit: () => Promise<boolean>;
}

/** Starts the engine of a data folder, and holds the program's end back for it. */
export function startEngine(options: StartOptions): { readonly engine: RunningHost; readonly quit: Quit } {
  const { dataFolder, tokens, statePath, log } = options;
  const sources = { dataFolder, env: process.env };
  const practice = createPracticeProcess(
    join(dataFolder, 'practice'),
    log,
    practiceStarter(siblingEntry('./practice/main', import.meta.url)),
  );
  const entries = {
    engine: siblingEntry('./engine-process', import.meta.url),
    worker: siblingEntry('./engine/workers/worker', import.meta.url),
  };
  const takeTheme = async (): Promise<void> => {
    const { settings } = await (await engine.calls()).viewSettings({});
    followTheme(statePath, settings.theme);
  };
  const looks = (): void =>
    void takeTheme().catch((error: unknown) => log.warn('theme-not-read', { error: String(error) }));
  const engine = startEngineHost({
    log,
    startLife: () =>
      startEngineLife(entries, dataFolder, {
        pat: async ({ baseUrl }) =>
          patOfEnvironment(baseUrl, sources) ?? (await tokens.read(baseUrl)) ?? readPat(baseUrl, sources),
        practice: () => practice.address(),
      }),
    onConnection: (connection, refusal) => {
      options.onConnection(connection);
      if (connection.state === 'here') looks();
      else if (connection.state === 'ended') {
        const isDamaged = refusal?.isDamaged === true;
        void tellEnd({
          sentence: connection.sentence,
          isDamaged,
          dataFolder,
          withoutEngine: (act) => engine.without(act),
        });
      }
    },
    onEvent: (event) => {
      options.onEvent(event);
      if (tellsOfSettings(event)) looks();
    },
  });
  const quit = holdQuit({
    mayQuit: options.mayQuit,
    async stop(limitMs) {
      await engine.stop(limitMs);
      await practice.stop();
    },
    kill: () => engine.kill(),
  });
  return { engine, quit };
}

function tellsOfSettings(event: unknown): boolean {
  return (
    typeof event === 'object' &&
    event !== null &&
    'topics' in event &&
    Array.isArray(event.topics) &&
    event.topics.includes('settings')
  );
}
