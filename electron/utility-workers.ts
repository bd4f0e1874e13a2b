/** Main's end of the engine's workers: starts them and hands their ports over. */
import { MessageChannelMain, type MessagePortMain } from 'electron';
import type { ToEngine } from './engine-messages.ts';
import { startUtility, type Utility } from './utility.ts';

/** A worker has one task at a time; two threads decode it and write its file. */
const ENVIRONMENT = {
  UV_THREADPOOL_SIZE: '2',
  // glibc keeps an arena per thread; with decoders' large blocks they only fragment.
  MALLOC_ARENA_MAX: '2',
};

/** The workers of one engine. */
export interface UtilityWorkers {
  start(id: number): void;
  end(id: number): void;
  /** Ends all: their engine is gone. */
  stop(): void;
}

/**
 * @param entry the built worker
 * @param toEngine posts to the engine that asked
 */
export function createUtilityWorkers(
  entry: string,
  toEngine: (message: ToEngine, ports: readonly MessagePortMain[]) => void,
): UtilityWorkers {
  const workers = new Map<number, Utility>();
  return {
    start(id) {
      const worker = startUtility(entry, { name: 'Tagalong worker', env: ENVIRONMENT });
      workers.set(id, worker);
      worker.child.once('spawn', () => {
        const { port1, port2 } = new MessageChannelMain();
        worker.child.postMessage({ kind: 'engine' }, [port1]);
        toEngine({ kind: 'worker', id, pid: worker.child.pid ?? -1 }, [port2]);
      });
      void worker.gone.then((reason) => {
        workers.delete(id);
        toEngine({ kind: 'worker-gone', id, reason }, []);
      });
    },
    end: (id) => workers.get(id)?.kill(),
    stop() {
      for (const worker of workers.values()) worker.kill();
    },
  };
}
