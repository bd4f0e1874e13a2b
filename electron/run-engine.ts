/** The engine in a process of its own: makes its host out of what main sends, and serves its calls over ports. */
import type { MessagePortMain, ParentPort } from 'electron';
import { realClock } from './engine/clock.ts';
import { startEngine, type Engine } from './engine/engine.ts';
import type { EngineHost } from './engine/host.ts';
import {
  DataFolderOnNetworkError,
  DataFolderOwnedError,
  isDiskFull,
  LedgerDamagedError,
  LedgerFromFutureError,
  LedgerLockedError,
  NotALedgerError,
} from './engine/ledger/open-errors.ts';
import { withoutHome } from './engine/without-home.ts';
import { MAIN_CALLS, type FromEngine, type MainCalls, type ToEngine } from './engine-messages.ts';
import { openFileLog } from './host/file-log.ts';
import { factsOf } from './host/last-words.ts';
import { createFetch } from './host/outward-fetch.ts';
import { isOwnerRunning, openOwnerSocket } from './host/owner-socket.ts';
import { portOver } from './message-port.ts';
import { createRemoteWorkers, type RemoteWorkers } from './remote-workers.ts';
import manifest from '../package.json' with { type: 'json' };
import { callsOver, serveCalls } from '#shared/calls.ts';

/** How long an owner that does not answer is waited for: it is ending in order. In ms. */
const OWNER_ENDS_MS = 20_000;
const AGAIN_MS = 100;

/** Errors whose words are for people, and which a second try does not mend. */
const LASTING = [
  DataFolderOwnedError,
  DataFolderOnNetworkError,
  LedgerDamagedError,
  LedgerFromFutureError,
  LedgerLockedError,
  NotALedgerError,
];

/** The part of a process that a run needs. */
export interface EngineProcess {
  /** `process.parentPort`. */
  readonly parent: Pick<ParentPort, 'on' | 'postMessage'>;
  /** Ends the process. */
  readonly exit: (code: number) => void;
}

/** Waits for main's word, then runs the engine until main says stop. */
export function runEngine({ parent, exit }: EngineProcess): void {
  const tell = (message: FromEngine): void => parent.postMessage(message);
  const workers = createRemoteWorkers(tell);
  /** Null when it could not start. */
  let run: Promise<RunningEngine | null> = Promise.resolve(null);

  async function start(dataFolder: string, port: MessagePortMain): Promise<RunningEngine | null> {
    const log = openFileLog(dataFolder);
    // Noted, and nothing else: the process ends of it, and main starts another.
    process.on('uncaughtExceptionMonitor', (error) => log.error('engine-died', factsOf(error)));
    const main = callsOver<MainCalls>(portOver(port), MAIN_CALLS);
    const host: EngineHost = {
      dataFolder,
      program: { tagalong: manifest.version, sharp: manifest.dependencies.sharp },
      clock: realClock,
      log,
      fetch: createFetch({ env: process.env, log }),
      startWorker: () => workers.startWorker(),
      pat: (baseUrl) => main.pat({ baseUrl }),
      practice: () => main.practice({}),
      tellsRests: true,
    };
    try {
      const running = await open(host);
      tell({ kind: 'ready' });
      return running;
    } catch (error) {
      log.error('engine-not-started', factsOf(error));
      if (!LASTING.some((kind) => error instanceof kind) && !isDiskFull(error)) exit(1);
      // Main ends the process: an exit of its own might come before these words.
      else tell({ kind: 'refused', sentence: sentenceOf(error) });
      return null;
    }
  }

  async function stop(): Promise<void> {
    const running = await run;
    await running?.stop();
    exit(0);
  }

  parent.on('message', ({ data, ports: [port] }) => {
    const message = data as ToEngine;
    if (message.kind === 'start' && port !== undefined) run = start(message.dataFolder, port);
    else if (message.kind === 'client' && port !== undefined)
      void run.then((running) => running?.serve(port));
    else if (message.kind === 'stop') void stop();
    else hearOfWorker(workers, message, port);
  });
}

function hearOfWorker(workers: RemoteWorkers, message: ToEngine, port: MessagePortMain | undefined): void {
  if (message.kind === 'worker' && port !== undefined) workers.arrived(message.id, message.pid, port);
  else if (message.kind === 'worker-gone') workers.gone(message.id, message.reason);
}

function sentenceOf(error: unknown): string {
  if (isDiskFull(error)) {
    return (
      'The disk with the data folder is full. Nothing is lost: make room and open Tagalong again, and it goes on ' +
      'where it stopped.'
    );
  }
  return withoutHome(error instanceof Error ? error.message : String(error));
}

interface RunningEngine {
  serve(port: MessagePortMain): void;
  stop(): Promise<void>;
}

async function open(host: EngineHost): Promise<RunningEngine> {
  const engine = await becomeOwner(host);
  const socket = await openOwnerSocket(host.dataFolder, engine.api);
  return {
    serve(port) {
      const line = portOver(port);
      const serving = serveCalls(line, engine.api, () => host.log.warn('malformed-call'));
      line.onClose(engine.changes.listen((event) => serving.tell(event)));
    },
    async stop() {
      await socket.stop();
      await engine.stop();
    },
  };
}

/** Starts the engine; an owner that is just ending is waited for. */
async function becomeOwner(host: EngineHost): Promise<Engine> {
  const until = host.clock.elapsed() + OWNER_ENDS_MS;
  for (;;) {
    try {
      return await startEngine(host);
    } catch (error) {
      if (!(error instanceof DataFolderOwnedError)) throw error;
      if (host.clock.elapsed() > until || (await isOwnerRunning(host.dataFolder))) throw error;
    }
    await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
  }
}
