/** The engine's end of workers that main starts for it: in a utility process nothing can be forked. */
import type { MessagePortMain } from 'electron';
import type { WorkerHandle } from './engine/host.ts';
import type { FromEngine } from './engine-messages.ts';

/** Workers that main starts. */
export interface RemoteWorkers {
  /** The process comes later; what is posted until then waits. */
  startWorker(): WorkerHandle;
  /** Main says: here is a worker. */
  arrived(id: number, pid: number, port: MessagePortMain): void;
  /** Main says: it is gone. */
  gone(id: number, reason: string): void;
}

interface Seen {
  arrived(pid: number, port: MessagePortMain): void;
  gone(reason: string): void;
}

/** @param tell posts to main */
export function createRemoteWorkers(tell: (message: FromEngine) => void): RemoteWorkers {
  const workers = new Map<number, Seen>();
  let lastId = 0;
  return {
    startWorker() {
      lastId += 1;
      const id = lastId;
      const { handle, seen } = createHandle(() => tell({ kind: 'end-worker', id }));
      workers.set(id, seen);
      tell({ kind: 'start-worker', id });
      return handle;
    },
    arrived(id, pid, port) {
      workers.get(id)?.arrived(pid, port);
    },
    gone(id, reason) {
      workers.get(id)?.gone(reason);
      workers.delete(id);
    },
  };
}

function createHandle(end: () => void): { readonly handle: WorkerHandle; readonly seen: Seen } {
  let pid = -1;
  let port: MessagePortMain | null = null;
  let unsent: unknown[] = [];
  let isGone = false;
  const listeners: ((message: unknown) => void)[] = [];
  const exitListeners: ((reason: string) => void)[] = [];
  return {
    handle: {
      get pid() {
        return pid;
      },
      post(message) {
        if (port !== null) port.postMessage(message);
        else if (!isGone) unsent.push(message);
      },
      onMessage: (listener) => void listeners.push(listener),
      onExit: (listener) => void exitListeners.push(listener),
      kill() {
        if (!isGone) end();
      },
    },
    seen: {
      arrived(itsPid, itsPort) {
        pid = itsPid;
        port = itsPort;
        itsPort.on('message', ({ data }) => {
          for (const listener of listeners) listener(data);
        });
        itsPort.start();
        for (const message of unsent) itsPort.postMessage(message);
        unsent = [];
      },
      gone(reason) {
        isGone = true;
        port = null;
        unsent = [];
        for (const listener of exitListeners) listener(reason);
      },
    },
  };
}
