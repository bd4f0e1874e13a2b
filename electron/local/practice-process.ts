/** The practice account as a process of its own, ended with this one. */
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import type { PracticeAccount } from '../engine/host.ts';
import { siblingEntry } from './sibling-entry.ts';

const ENTRY = siblingEntry('../practice/main', import.meta.url);
const STOP_MS = 2000;

/** A practice account that is started when it is first asked for. */
export interface PracticeProcess {
  address(): Promise<PracticeAccount>;
  stop(): Promise<void>;
}

/** @param dataFolder the practice account's own folder */
export function createPracticeProcess(dataFolder: string): PracticeProcess {
  let child: ChildProcess | null = null;
  let starting: Promise<PracticeAccount> | null = null;

  async function start(): Promise<PracticeAccount> {
    mkdirSync(dataFolder, { recursive: true, mode: 0o700 });
    const process_ = fork(ENTRY, ['--data-dir', dataFolder, '--with-parent'], {
      execPath: process.execPath,
      execArgv: [],
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    child = process_;
    let words = '';
    process_.stderr?.setEncoding('utf8').on('data', (text: string) => {
      words = (words + text).slice(-2000);
    });
    return new Promise((resolve, reject) => {
      process_.once('message', (message) => resolve(message as PracticeAccount));
      process_.once('error', reject);
      process_.once('exit', (code) =>
        reject(new Error(`The practice account did not start (exit code ${code}). ${words.trim()}`)),
      );
    });
  }

  return {
    address() {
      starting ??= start();
      return starting;
    },
    async stop() {
      const ending = child;
      if (ending === null || ending.exitCode !== null || ending.signalCode !== null) return;
      const gone = once(ending, 'exit');
      ending.kill('SIGTERM');
      const timer = setTimeout(() => ending.kill('SIGKILL'), STOP_MS);
      await gone;
      clearTimeout(timer);
    },
  };
}
