/** Processes that are measured: each subject runs in one of its own, so that its memory is its own. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { flushCompileCache } from 'node:module';
import path from 'node:path';

/** Where the `tagalong` command keeps what is compiled, so that subjects start like it. */
const COMPILED = path.join(import.meta.dirname, '../../node_modules/.cache/tagalong');

/** Megabytes of 10^6 bytes. */
export function megabytes(bytes: number): number {
  return bytes / 1_000_000;
}

function statusLine(pid: number, name: string): number {
  const line = readFileSync(`/proc/${pid}/status`, 'utf8')
    .split('\n')
    .find((one) => one.startsWith(`${name}:`));
  return Number(/\d+/.exec(line ?? '')?.[0] ?? Number.NaN) * 1024;
}

/** The most resident memory a process has had since it began, in bytes (VmHWM). */
export function peakBytes(pid: number = process.pid): number {
  return statusLine(pid, 'VmHWM');
}

/** The resident memory of a process now, in bytes. */
export function residentBytes(pid: number = process.pid): number {
  return statusLine(pid, 'VmRSS');
}

/** A script of this folder in a process of its own. It answers one question at a time. */
export interface Subject {
  readonly pid: number;
  ask<T>(question: unknown): Promise<T>;
  /** Ends the process; resolves when it is gone. */
  stop(): Promise<void>;
}

/** Starts `script` (a name in this folder). Its errors appear on this process's stderr. */
export async function startSubject(script: string, args: readonly string[] = []): Promise<Subject> {
  const child = fork(path.resolve(import.meta.dirname, script), args, {
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    execArgv: [],
    env: { ...process.env, NODE_COMPILE_CACHE: COMPILED },
  });
  const gone = once(child, 'exit');
  const next = async (): Promise<unknown> => {
    const stopping = new AbortController();
    const { signal } = stopping;
    try {
      const ended = once(child, 'exit', { signal }).then(() => {
        throw new Error(`${script} ended before it answered.`);
      });
      const [message] = (await Promise.race([once(child, 'message', { signal }), ended])) as [unknown];
      return message;
    } finally {
      stopping.abort();
    }
  };
  await next();
  return {
    pid: child.pid ?? -1,
    async ask<T>(question: unknown) {
      const answer = next();
      child.send(question as object);
      return (await answer) as T;
    },
    async stop() {
      child.kill('SIGTERM');
      await gone;
    },
  };
}

/**
 * For the script itself: says that it is ready and answers each question with what `act` makes of it. Who asks and who
 * answers agree on the types by the script's exports.
 */
export function answerQuestions(act: (question: never) => Promise<object>): void {
  process.on('message', (question) => {
    void act(question as never).then(
      (answer) => process.send?.(answer),
      (error: unknown) => {
        process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
        process.exit(1);
      },
    );
  });
  process.send?.({ kind: 'ready' });
  flushCompileCache();
}
