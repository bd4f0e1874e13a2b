/** The practice account as a process of its own: it is ended with this one, and started again when it dies before. */
import { fork } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import type { PracticeAccount } from '../engine/host.ts';
import type { Log } from '../engine/log.ts';
import { readAddress } from '../practice/address.ts';
import { childEnvironment } from './child-environment.ts';
import { siblingEntry } from './sibling-entry.ts';

const ENTRY = siblingEntry('../practice/main', import.meta.url);
const STOP_MS = 2000;
/** It is started again by itself so often within so long; after that, when it is asked for. */
const RESTART_COUNT = 3;
const RESTARTS_MS = 60_000;
/** Before an account that another process serves is asked again whether it is there. */
const TRUST_MS = 2000;
const ANSWER_MS = 2000;

/** A practice account that is started when it is first asked for. */
export interface PracticeProcess {
  /** Where it is. It stays there: when it has to be started again, it gets the same port. */
  address(): Promise<PracticeAccount>;
  /** Pid of the process, while there is one of ours. */
  pid(): number | null;
  stop(): Promise<void>;
}

/** A process that becomes a practice account, however its host starts processes. */
export interface PracticeChild {
  readonly pid: number | null;
  /** Where it is, once it is ready. Never rejects. */
  readonly ready: Promise<PracticeAccount>;
  /** How it ended, when it has. Never rejects. */
  readonly gone: Promise<string>;
  /** The last that it wrote to its standard error. */
  lastWords(): string;
  /** Asks it to end in order. */
  end(): void;
  kill(): void;
}

/** Starts a process of the practice account's entry with these arguments. */
export type StartPractice = (words: readonly string[]) => PracticeChild;

/** An account that another process serves, which may end without a word. */
interface Visited {
  readonly account: PracticeAccount;
  readonly seenAt: number;
}

/**
 * @param dataFolder the practice account's own folder
 * @param startChild how the host starts the process. Default: a fork of this Node.
 */
export function createPracticeProcess(
  dataFolder: string,
  log: Pick<Log, 'warn'>,
  startChild: StartPractice = forkPractice,
): PracticeProcess {
  let child: PracticeChild | null = null;
  let starting: Promise<PracticeAccount> | null = null;
  let visited: Visited | null = null;
  let port: string | null = null;
  let restartsAt: number[] = [];
  let isStopped = false;

  function start(): Promise<PracticeAccount> {
    const started = open();
    starting = started;
    started.catch(() => {
      if (starting === started) starting = null;
    });
    return started;
  }

  async function open(): Promise<PracticeAccount> {
    // `tagalong practice` serves it, perhaps: it is not started then only to find that out.
    const account = (await visit()) ?? (await startOwn());
    ({ port } = new URL(account.apiBase));
    return account;
  }

  async function visit(): Promise<PracticeAccount | null> {
    const there = readAddress(dataFolder);
    if (there === null || !(await answers(there))) return null;
    visited = { account: there, seenAt: performance.now() };
    return there;
  }

  async function startOwn(): Promise<PracticeAccount> {
    try {
      mkdirSync(dataFolder, { recursive: true, mode: 0o700 });
      const words = ['--data-dir', dataFolder, '--with-parent', ...(port === null ? [] : ['--port', port])];
      const born = startChild(words);
      child = born;
      const account = await whenReady(born);
      void born.gone.then(died);
      return account;
    } catch (error) {
      // Another one may have been quicker.
      const there = await visit();
      if (there === null) throw error;
      return there;
    }
  }

  function died(how: string): void {
    starting = null;
    if (isStopped) return;
    log.warn('practice-died', { how });
    restart();
  }

  function restart(): void {
    const now = performance.now();
    restartsAt = restartsAt.filter((at) => now - at < RESTARTS_MS);
    if (restartsAt.length >= RESTART_COUNT || isStopped || starting !== null) return;
    restartsAt.push(now);
    start().catch((error: unknown) => {
      log.warn('practice-not-restarted', { error: String(error) });
      restart();
    });
  }

  /** Whether an account of another process is gone. Asked at intervals. */
  async function isLost({ account, seenAt }: Visited): Promise<boolean> {
    if (performance.now() - seenAt < TRUST_MS) return false;
    if (!(await answers(account))) return true;
    visited = { account, seenAt: performance.now() };
    return false;
  }

  return {
    async address() {
      const before = visited;
      if (before !== null && (await isLost(before)) && visited === before) {
        visited = null;
        starting = null;
      }
      if (isStopped) throw new Error('The practice account is ending.');
      return starting ?? start();
    },
    pid: () => child?.pid ?? null,
    async stop() {
      isStopped = true;
      const ending = child;
      if (ending === null) return;
      ending.end();
      const timer = setTimeout(() => ending.kill(), STOP_MS);
      await ending.gone;
      clearTimeout(timer);
    },
  };
}

async function whenReady(child: PracticeChild): Promise<PracticeAccount> {
  return Promise.race([
    child.ready,
    child.gone.then((how) => {
      throw new Error(`The practice account did not start (${how}). ${child.lastWords().trim()}`.trim());
    }),
  ]);
}

function forkPractice(words: readonly string[]): PracticeChild {
  const child = fork(ENTRY, words, {
    execPath: process.execPath,
    execArgv: [],
    env: childEnvironment(),
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  let said = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    said = (said + text).slice(-2000);
  });
  return {
    pid: child.pid ?? null,
    ready: new Promise((resolve) => {
      child.once('message', (message) => resolve(message as PracticeAccount));
    }),
    gone: new Promise((resolve) => {
      child.once('error', ({ message }) => resolve(message));
      child.once('exit', (code, signal) => resolve(signal ?? `exit code ${code}`));
    }),
    lastWords: () => said,
    end: () => child.kill('SIGTERM'),
    kill: () => child.kill('SIGKILL'),
  };
}

/** Whether a practice account answers there, to its own token. */
async function answers({ apiBase, userId, appId, pat }: PracticeAccount): Promise<boolean> {
  try {
    const { ok } = await fetch(`${apiBase}/v2/users/${userId}/apps/${appId}/inputs?per_page=1`, {
      headers: { authorization: `Key ${pat}` },
      signal: AbortSignal.timeout(ANSWER_MS),
    });
    return ok;
  } catch (error) {
    // Refused, cut off, or too slow: whatever is there is no practice account.
    if (error instanceof Error || error instanceof DOMException) return false;
    throw error;
  }
}
