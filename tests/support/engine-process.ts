/** Engines in processes of their own, to be killed: started, killed from outside, and watched until nothing is left of them. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ChildOrder } from './engine-orders.ts';
import { groupMembers } from './process-group.ts';

const COMMAND = path.join(import.meta.dirname, '../../electron/local/tagalong.mjs');
const CHILD = path.join(import.meta.dirname, 'engine-child.ts');
/** How long the processes of a killed engine may outlive it. */
const LEFT_MS = 2000;

/** How a process ended. */
export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A process that leads a group of its own, which everything that it starts belongs to. */
export interface EngineProcess {
  readonly pid: number;
  readonly ended: Promise<Ended>;
  isRunning(): boolean;
  /** SIGKILL for the engine's process alone, or for its workers and practice account too. */
  kill(scope: 'process' | 'group'): Promise<Ended>;
  /** Resolves when no process of the group is left; rejects with their command lines after 2 s. */
  allGone(): Promise<void>;
}

/** Starts the `tagalong` command. */
export function startCommand(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  return start([COMMAND, ...args], env);
}

/** Starts an engine that may kill itself. */
export function startOrder(order: ChildOrder, env: Readonly<Record<string, string>> = {}) {
  return start([CHILD, JSON.stringify(order)], env);
}

function start(args: readonly string[], env: Readonly<Record<string, string>>): EngineProcess {
  const child = spawn(process.execPath, args, {
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...withoutAccount(), ...env },
  });
  const { pid } = child;
  if (pid === undefined) throw new Error(`${process.execPath} could not be started.`);
  const ended = endOf(child);
  return {
    pid,
    ended,
    isRunning: () => child.exitCode === null && child.signalCode === null,
    async kill(scope) {
      const isThere = child.exitCode === null && child.signalCode === null;
      if (scope === 'group' && groupMembers(pid).length > 0) process.kill(-pid, 'SIGKILL');
      else if (isThere) process.kill(pid, 'SIGKILL');
      return ended;
    },
    async allGone() {
      await ended;
      const until = Date.now() + LEFT_MS;
      for (;;) {
        const left = groupMembers(pid);
        if (left.length === 0) return;
        if (Date.now() > until)
          throw new Error(`Still there ${String(LEFT_MS)} ms later: ${left.join('; ')}`);
        await sleep(20);
      }
    },
  };
}

function withoutAccount(): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('CLARIFAI_')));
}

async function endOf(child: ChildProcess): Promise<Ended> {
  let [stdout, stderr] = ['', ''];
  child.stdout?.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const closed = once(child, 'close');
  const [code, signal] = (await once(child, 'exit')) as [number | null, NodeJS.Signals | null];
  // Whatever outlives a killed engine may hold its pipes, so that nobody waits for them then.
  if (signal === null) await closed;
  return { code, signal, stdout, stderr };
}
