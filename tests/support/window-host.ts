/** The local host as a person starts it, in a process of its own: started, killed, started again on the same data. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { asPerson } from './person.ts';
import { groupMembers } from './process-group.ts';
import { openPageLine, type PageLine } from './page-line.ts';

const COMMAND = path.join(import.meta.dirname, '../../electron/local/tagalong.mjs');
const STOP_MS = 15_000;

/** What a host is started with. */
export interface WindowHostOptions {
  readonly dataFolder: string;
  /** What the folder chooser shows; nothing else of the person's own is touched. */
  readonly home: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Permissions of files hold for it, also when root runs the tests. Default false. */
  readonly isPerson?: boolean;
}

/** A running host. */
export interface WindowHost {
  readonly pid: number;
  /** Where the page is, with the key. */
  readonly address: string;
  /** A line of the test's own. */
  readonly line: PageLine;
  /** What it wrote, for messages. */
  words(): string;
  /** As by Ctrl-C; resolves when it is gone. */
  stop(): Promise<void>;
  /** SIGKILL for the host alone, or for everything that it started too; resolves when it is gone. */
  kill(scope?: 'process' | 'group'): Promise<void>;
}

/** Starts `tagalong serve` and waits until it says where it is. */
export async function startWindowHost(options: WindowHostOptions): Promise<WindowHost> {
  const words = [COMMAND, 'serve', '--no-open', '--port', '0', '--data-dir', options.dataFolder];
  const [program, all] =
    options.isPerson === true ? asPerson(process.execPath, words) : [process.execPath, words];
  const child = spawn(program, all, {
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: environment(options),
  });
  const gone = once(child, 'exit');
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => (said += text));
  const { address, line } = await lineOf(child, () => said).catch((error: unknown) => {
    killGroup(child);
    throw error;
  });
  return {
    pid: child.pid ?? -1,
    address,
    line,
    words: () => said,
    async stop() {
      line.close();
      if (isRunning(child)) child.kill('SIGTERM');
      const timer = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
      await gone;
      clearTimeout(timer);
      killGroup(child);
    },
    async kill(scope = 'group') {
      line.close();
      if (isRunning(child)) child.kill('SIGKILL');
      if (scope === 'group') killGroup(child);
      await gone;
    },
  };
}

function isRunning(child: ChildProcess): boolean {
  return child.exitCode === null && child.signalCode === null;
}

/** The host leads a group of its own. */
function killGroup({ pid = -1 }: ChildProcess): void {
  if (pid > 0 && groupMembers(pid).length > 0) process.kill(-pid, 'SIGKILL');
}

function environment({ home, env = {} }: WindowHostOptions): NodeJS.ProcessEnv {
  const own = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^(CLARIFAI_|VITEST|NODE_ENV)/u.test(name)),
  );
  return { ...own, HOME: home, USERPROFILE: home, ...env };
}

async function lineOf(child: ChildProcess, said: () => string) {
  const address = await addressOf(child, said);
  return { address, line: await openPageLine(address) };
}

async function addressOf(child: ChildProcess, said: () => string): Promise<string> {
  return new Promise((resolve, reject) => {
    const look = (): void => {
      const address = /http:\/\/\S+#key=\S+/u.exec(said())?.[0];
      if (address !== undefined) resolve(address);
    };
    child.stdout?.on('data', look);
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`tagalong serve ended with ${code}: ${said()}`)));
  });
}
