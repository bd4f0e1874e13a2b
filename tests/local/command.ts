/** Runs the `tagalong` command as a person does: a process of its own, with its own environment. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import type { IngestReport } from '#shared/report.ts';
import type { Practice } from '../support/practice.ts';

/** The command's file. */
export const COMMAND = path.join(import.meta.dirname, '../../electron/local/tagalong.mjs');

/** What surrounds a command. */
export interface Surroundings {
  /** Added to an environment that has a path and nothing of an account. */
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  /** The Node that runs it; default: this one. */
  readonly node?: string;
}

/** How a command ended. */
export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A command that runs. */
export interface Running {
  readonly child: ChildProcess;
  /** Resolves when standard output or error hold this; rejects when the command ends before. */
  shows(words: string): Promise<void>;
  /** Both outputs so far. */
  said(): string;
  readonly ended: Promise<Ended>;
}

/** Starts a command in a test, which ends it at the latest. */
export function begin(words: readonly string[], surroundings?: Surroundings): Running {
  const running = start(words, surroundings);
  onTestFinished(async () => {
    running.child.kill('SIGKILL');
    await running.ended;
  });
  return running;
}

function start(words: readonly string[], { env = {}, cwd, node }: Surroundings = {}): Running {
  const child = spawn(node ?? process.execPath, [COMMAND, ...words], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: process.env['PATH'] ?? '', ...env },
    ...(cwd === undefined ? {} : { cwd }),
  });
  const closed = once(child, 'close') as Promise<[number | null]>;
  const said = { stdout: '', stderr: '' };
  const listeners = new Set<() => void>();
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (text: string) => {
      said[name] += text;
      for (const listener of listeners) listener();
    });
  }
  return {
    child,
    said: () => said.stdout + said.stderr,
    shows: (wanted) =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          if (!`${said.stdout}${said.stderr}`.includes(wanted)) return;
          listeners.delete(look);
          resolve();
        };
        listeners.add(look);
        look();
        void closed.then(() =>
          reject(new Error(`The command ended without saying "${wanted}":\n${said.stdout}${said.stderr}`)),
        );
      }),
    ended: closed.then(([code]) => ({ code, ...said })),
  };
}

/** Runs a command to its end. */
export function tagalong(words: readonly string[], surroundings?: Surroundings): Promise<Ended> {
  return start(words, surroundings).ended;
}

/** The report in the last line of standard output. */
export function reportIn({ stdout, stderr }: Ended): IngestReport {
  const line = stdout.trimEnd().split('\n').at(-1) ?? '';
  if (!line.startsWith('{')) throw new Error(`No report: ${stdout}${stderr}`);
  return JSON.parse(line) as IngestReport;
}

/** The options that name an account; its PAT goes with {@link patOf}. */
export function accountOf({ apiBase, userId, appId }: Practice): string[] {
  return ['--api-base', apiBase, '--user-id', userId, '--app-id', appId];
}

/** The environment that holds an account's PAT, and says whose it is. */
export function patOf({ apiBase, pat }: Practice): Record<string, string> {
  return { CLARIFAI_API_BASE: apiBase, CLARIFAI_PAT: pat };
}

/** Takes folders into an account with `--json`; returns how it ended and what it reports. */
export async function ingest(
  practice: Practice,
  dataDir: string,
  words: readonly string[],
): Promise<{ readonly code: number | null; readonly report: IngestReport; readonly stderr: string }> {
  const all = ['ingest', ...words, '--data-dir', dataDir, ...accountOf(practice), '--json'];
  const ended = await tagalong(all, { env: patOf(practice) });
  return { code: ended.code, report: reportIn(ended), stderr: ended.stderr };
}

/** POSTs of inputs that the account got since its counters were reset. */
export async function postCount(practice: Practice): Promise<number> {
  return (await practice.stats()).requests['POST /inputs']?.count ?? 0;
}
