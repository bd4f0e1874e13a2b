/** Starts the practice account as the real process, for tests and benchmarks, and talks to its control routes. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { FaultRule } from '../../electron/practice/faults.ts';
import type { PracticeInput, PracticeStats } from '../../electron/practice/stats.ts';

export type { FaultRule, PracticeInput, PracticeStats };

/** Requests with photos, for faults. */
export const POST = { method: 'POST', path: '^/inputs$' } as const;

/** How the process is started. */
export interface PracticeOptions {
  /** Its folder; default: a new temporary one, removed by `stop()`. */
  readonly dataDir?: string;
  /** Default: a free port. Give the old one to restart at the same address. */
  readonly port?: number;
  readonly userId?: string;
  readonly appId?: string;
  /** No limit of 15 requests/s. Default false. */
  readonly unlimitedRate?: boolean;
  /** From POST to 30000, ms; default: the product's (150). */
  readonly indexingMs?: number;
  /** From DELETE to 404, ms; default: the product's (100). */
  readonly deletionMs?: number;
  /** `header`: pictures are not decoded while indexing, for benchmarks. Default `decode`. */
  readonly indexing?: 'decode' | 'header';
}

/** One running practice account. */
export interface Practice {
  /** `http://127.0.0.1:PORT`, without `/v2`. */
  readonly apiBase: string;
  readonly userId: string;
  readonly appId: string;
  readonly pat: string;
  readonly pid: number;
  readonly dataDir: string;
  stats(): Promise<PracticeStats>;
  resetStats(): Promise<void>;
  /** All inputs it holds, oldest first. */
  inputs(): Promise<PracticeInput[]>;
  /** Replaces all fault rules. */
  setFaults(rules: readonly FaultRule[]): Promise<void>;
  clearFaults(): Promise<void>;
  /** An API call with the PAT on `/v2/users/…/apps/…` + `route`; `body` is sent as JSON. */
  call(method: string, route: string, body?: unknown): Promise<Response>;
  /** SIGKILL; resolves when the process is gone. Its folder stays. */
  kill(): Promise<void>;
  /** SIGTERM, then the temporary folder is removed. */
  stop(): Promise<void>;
}

interface Ready {
  readonly kind: 'ready';
  readonly apiBase: string;
  readonly userId: string;
  readonly appId: string;
  readonly pat: string;
}

const MAIN = path.join(import.meta.dirname, '../../electron/practice/main.ts');

const argumentsFor = (dataDir: string, options: PracticeOptions): string[] => {
  const args = ['--data-dir', dataDir, '--with-parent'];
  const given: [string, string | number | undefined][] = [
    ['--port', options.port],
    ['--user-id', options.userId],
    ['--app-id', options.appId],
    ['--indexing-ms', options.indexingMs],
    ['--deletion-ms', options.deletionMs],
    ['--indexing', options.indexing],
  ];
  for (const [name, value] of given) if (value !== undefined) args.push(name, String(value));
  if (options.unlimitedRate === true) args.push('--unlimited-rate');
  return args;
};

/** Starts the process and waits until it answers. Rejects with what it wrote on stderr when it ends instead. */
export const startPractice = async (options: PracticeOptions = {}): Promise<Practice> => {
  const dataDir = options.dataDir ?? (await mkdtemp(path.join(tmpdir(), 'practice-')));
  const child = fork(MAIN, argumentsFor(dataDir, options), {
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    execArgv: [],
  });
  let errors = '';
  child.stderr?.on('data', (chunk: Buffer) => (errors += chunk.toString()));
  const exited = once(child, 'exit');
  const ready = await new Promise<Ready>((resolve, reject) => {
    child.once('message', (message) => resolve(message as Ready));
    child.once('error', reject);
    void exited.then(() => reject(new Error(`The practice account ended before it was ready: ${errors}`)));
  });
  const { apiBase, userId, appId, pat } = ready;

  const control = async (method: string, route: string, body?: unknown): Promise<unknown> => {
    const response = await fetch(`${apiBase}/practice/${route}`, {
      method,
      headers: { 'X-Practice-Control': pat },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (!response.ok)
      throw new Error(`${method} /practice/${route}: ${response.status} ${await response.text()}`);
    return response.json();
  };
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    if (child.exitCode === null && child.signalCode === null) child.kill(signal);
    await exited;
  };
  return {
    apiBase,
    userId,
    appId,
    pat,
    pid: child.pid ?? 0,
    dataDir,
    stats: async () => (await control('GET', 'stats')) as PracticeStats,
    resetStats: async () => void (await control('POST', 'reset-stats')),
    inputs: async () => (await control('GET', 'inputs')) as PracticeInput[],
    setFaults: async (rules) => void (await control('PUT', 'faults', rules)),
    clearFaults: async () => void (await control('DELETE', 'faults')),
    call: (method, route, body) =>
      fetch(`${apiBase}/v2/users/${userId}/apps/${appId}${route}`, {
        method,
        headers: { Authorization: `Key ${pat}`, 'Content-Type': 'application/json' },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      }),
    kill: () => end('SIGKILL'),
    stop: async () => {
      await end('SIGTERM');
      if (options.dataDir === undefined) await rm(dataDir, { recursive: true, force: true });
    },
  };
};
