/** Makes a worker wait for everything that somebody looks at. */
import { readdirSync } from 'node:fs';
import { constants, setPriority } from 'node:os';

/** As low as it goes, but for Windows, where the lowest class gets nothing at all while anything else wants a core. */
export const WORKER_PRIORITY =
  process.platform === 'win32' ? constants.priority.PRIORITY_BELOW_NORMAL : constants.priority.PRIORITY_LOW;
/** Where Linux lists the threads of a process. */
const THREADS = '/proc/self/task';

/**
 * Lowers the priority of this process with all its threads. On Linux a priority belongs to one thread and is handed on
 * to those that it starts (https://man7.org/linux/man-pages/man2/setpriority.2.html, "C library/kernel differences"), so
 * the threads that are there already, which start those that decode, are lowered one by one.
 */
export function giveWay(): void {
  setPriority(WORKER_PRIORITY);
  if (process.platform !== 'linux') return;
  for (const threadId of readdirSync(THREADS)) {
    try {
      setPriority(Number(threadId), WORKER_PRIORITY);
    } catch (error) {
      if (!isGone(error)) throw error;
    }
  }
}

/** The thread has ended since it was listed. Node gives errors of the `os` module their code in `info`. */
function isGone(error: unknown): boolean {
  const { info } = error as { readonly info?: { readonly code?: string } };
  return info?.code === 'ESRCH';
}
