/** One life of the engine's process, seen from main. */
import { MessageChannelMain, type MessagePortMain } from 'electron';
import {
  MAIN_CALLS,
  type FromEngine,
  type MainCalls,
  type Refusal,
  type ToEngine,
} from './engine-messages.ts';
import { portOver } from './message-port.ts';
import { startUtility } from './utility.ts';
import { createUtilityWorkers } from './utility-workers.ts';
import { serveCalls, type Remote } from '#shared/calls.ts';

/** Absolute paths of the built entries. */
export interface Entries {
  readonly engine: string;
  readonly worker: string;
}

export interface EngineLife {
  /** Resolves when it serves; `null`, or why it cannot. Stays open when it dies before. */
  readonly started: Promise<Refusal | null>;
  /** How it ended. */
  readonly gone: Promise<string>;
  /** A new line to its calls, to be handed to whoever calls. */
  openLine(): MessagePortMain;
  /** Ends it in order; after `limitMs` at once. Resolves when it is gone. */
  stop(limitMs: number): Promise<void>;
  kill(): void;
}

/** Starts the engine's process. */
export function startEngineLife(entries: Entries, dataFolder: string, calls: Remote<MainCalls>): EngineLife {
  // Bodies are made of strings that die at once: room for more of them costs memory and makes nothing faster.
  const engine = startUtility(entries.engine, {
    name: 'Tagalong engine',
    execArgv: ['--max-semi-space-size=4'],
  });
  let isGone = false;
  const post = (message: ToEngine, ports: readonly MessagePortMain[] = []): void => {
    if (!isGone) engine.child.postMessage(message, [...ports]);
  };
  const workers = createUtilityWorkers(entries.worker, post);
  const started = Promise.withResolvers<Refusal | null>();
  const powers = new MessageChannelMain();
  serveCalls(portOver(powers.port1), Object.fromEntries(MAIN_CALLS.map((name) => [name, calls[name]])));
  post({ kind: 'start', dataFolder }, [powers.port2]);
  engine.child.on('message', (message: FromEngine) => {
    if (message.kind === 'ready') started.resolve(null);
    else if (message.kind === 'start-worker') workers.start(message.id);
    else if (message.kind === 'end-worker') workers.end(message.id);
    else {
      started.resolve(message);
      engine.kill();
    }
  });
  const gone = engine.gone.then((how) => {
    isGone = true;
    powers.port1.close();
    workers.stop();
    return how;
  });
  return {
    started: started.promise,
    gone,
    openLine() {
      const { port1, port2 } = new MessageChannelMain();
      post({ kind: 'client' }, [port1]);
      return port2;
    },
    async stop(limitMs) {
      post({ kind: 'stop' });
      const timer = setTimeout(() => engine.kill(), limitMs);
      await gone;
      clearTimeout(timer);
    },
    kill: () => engine.kill(),
  };
}
