import { fork } from 'node:child_process';
import type { WorkerHandle } from '../engine/host.ts';
import { childEnvironment } from '../host/child-environment.ts';
import { siblingEntry } from '../host/sibling-entry.ts';

const WORKER = siblingEntry('../engine/workers/worker', import.meta.url);

/** A worker has one task at a time; two threads decode it and write its file. */
const THREADS = '2';
/** How much of a worker's last words is kept for the log, in characters. */
const LAST_WORDS = 2000;

/**
 * Starts a worker process under the Node that runs this one. It ends by itself when this process does.
 * `script` is another entry than the product's worker, for tests.
 */
export function forkWorker(script: string = WORKER): WorkerHandle {
  const child = fork(script, [], {
    execPath: process.execPath,
    execArgv: [],
    // Plain data as over the ports of the desktop host: structured clone, not JSON.
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    env: {
      ...childEnvironment(),
      UV_THREADPOOL_SIZE: THREADS,
      // glibc keeps an arena per thread; with decoders' large blocks they only fragment.
      MALLOC_ARENA_MAX: '2',
    },
  });
  let lastWords = '';
  let startError: Error | null = null;
  child.stderr?.setEncoding('utf8').on('data', (words: string) => {
    lastWords = (lastWords + words).slice(-LAST_WORDS);
  });
  child.on('error', (error) => {
    startError ??= error;
  });
  return {
    pid: child.pid ?? -1,
    post: (message) => {
      if (child.connected) {
        // A send that fails because the process is just ending is answered by its exit.
        child.send(message as object, () => undefined);
      }
    },
    onMessage: (listener) => {
      child.on('message', listener);
    },
    onExit: (listener) => {
      const told = { yet: false };
      const tell = (how: string): void => {
        if (!told.yet) {
          told.yet = true;
          listener([how, lastWords.trim()].filter((words) => words !== '').join(': '));
        }
      };
      child.on('close', (code, signal) => {
        tell(startError?.message ?? (signal === null ? `exit code ${code}` : `signal ${signal}`));
      });
      if (child.pid === undefined) {
        child.on('error', (error) => {
          tell(error.message);
        });
      }
    },
    kill: () => {
      child.kill('SIGKILL');
    },
  };
}
