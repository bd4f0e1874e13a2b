/** Processes that main starts: the engine's, its workers', the practice account's. */
import { utilityProcess, type UtilityProcess } from 'electron';
import { childEnvironment } from './host/child-environment.ts';

/** How much of a process's last words is kept for the log, in characters. */
const LAST_WORDS = 2000;

export interface UtilityOptions {
  readonly name: string;
  readonly words?: readonly string[];
  readonly execArgv?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

/** A process that main started. */
export interface Utility {
  readonly child: UtilityProcess;
  /** How it ended, with its last words. Never rejects. */
  readonly gone: Promise<string>;
  /** The last that it wrote to its standard error. */
  readonly lastWords: () => string;
  /** Ends it whatever it does; `UtilityProcess.kill` only asks. */
  readonly kill: () => void;
}

/** Starts a process on a built entry. Nothing about an account is in its environment. */
export function startUtility(entry: string, { name, words, execArgv, env }: UtilityOptions): Utility {
  const child = utilityProcess.fork(entry, [...(words ?? [])], {
    serviceName: name,
    execArgv: [...(execArgv ?? [])],
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...childEnvironment(), ...env },
  });
  let said = '';
  let isGone = false;
  child.stderr?.on('data', (bytes: Buffer) => {
    said = (said + bytes.toString()).slice(-LAST_WORDS);
  });
  const gone = new Promise<string>((resolve) => {
    child.once('exit', (code) => {
      isGone = true;
      resolve([`exit code ${code}`, said.trim()].filter((part) => part !== '').join(': '));
    });
  });
  return {
    child,
    gone,
    lastWords: () => said,
    kill() {
      if (isGone) return;
      if (child.pid === undefined) child.kill();
      else killProcess(child.pid);
    },
  };
}

function killProcess(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    // It ended by itself just before.
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}
