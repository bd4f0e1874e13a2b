/** The built window: made anew when a checkout's sources are newer, so that nobody has to remember a build. */
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { takeLock } from './build-lock.ts';
import { childEnvironment } from '../host/child-environment.ts';
import { programFolder } from '../host/program-folder.ts';
import type { Terminal } from './terminal.ts';

/** What a build is made of, and the file that is there when it is done; in the program's folder. */
export interface Built {
  readonly sources: readonly string[];
  readonly result: string;
}

const CONFIGS = ['electron.vite.config.ts', 'package.json'];
const PAGE: Built = { sources: ['renderer', 'shared', ...CONFIGS], result: 'out/renderer/index.html' };
const DESKTOP: Built = { sources: ['electron', ...PAGE.sources], result: 'out/renderer/index.html' };

/** Folders with nothing that is built in. */
const PASSED_OVER = ['photos', 'node_modules'];

/** Whether the build is missing or older than its sources. A program without sources has no other build. */
export function isBuildDue(folder: string, { sources, result }: Built = PAGE): boolean {
  if (!existsSync(join(folder, 'renderer', 'index.html'))) return false;
  const built = statSync(join(folder, result), { throwIfNoEntry: false });
  return built === undefined || sources.some((name) => newestIn(join(folder, name)) > built.mtimeMs);
}

/** When something at or below a path was written last (UTC ms); 0 when it is not there. */
function newestIn(path: string): number {
  const facts = statSync(path, { throwIfNoEntry: false });
  if (facts === undefined || !facts.isDirectory()) return facts?.mtimeMs ?? 0;
  return readdirSync(path)
    .filter((name) => !PASSED_OVER.includes(name))
    .reduce((newest, name) => Math.max(newest, newestIn(join(path, name))), 0);
}

/** To whom a build is told; Ctrl-C there ends it. */
type BuildTerminal = Pick<Terminal, 'say'> & Partial<Pick<Terminal, 'interrupted'>>;

/** Builds the page if that is due. See {@link buildDesktop}. */
export function buildPage(terminal: BuildTerminal): Promise<void> {
  return build(PAGE, terminal, programFolder());
}

/**
 * Builds page and desktop program if that is due.
 *
 * @throws Error with the build's own last words when it fails, AbortError when it is interrupted
 */
export function buildDesktop(terminal: BuildTerminal): Promise<void> {
  return build(DESKTOP, terminal, programFolder());
}

async function build(what: Built, { say, interrupted }: BuildTerminal, folder: string): Promise<void> {
  if (!isBuildDue(folder, what)) return;
  say('Building the window, once; this takes some seconds.');
  const signal = interrupted === undefined ? {} : { signal: interrupted };
  const lock = join(folder, 'node_modules', '.cache', 'tagalong-build.lock');
  mkdirSync(join(lock, '..'), { recursive: true });
  // Two builds at once would take each other's files away.
  while (!takeLock(lock)) await sleep(100, undefined, signal);
  try {
    // Another process may have built it meanwhile.
    if (isBuildDue(folder, what)) await runBuild(folder, signal);
  } finally {
    rmSync(lock, { force: true });
  }
}

async function runBuild(folder: string, signal: { readonly signal?: AbortSignal }): Promise<void> {
  const entry = join(folder, 'node_modules', 'electron-vite', 'bin', 'electron-vite.js');
  const child = spawn(process.execPath, [entry, 'build', '--logLevel', 'warn'], {
    ...signal,
    cwd: folder,
    env: childEnvironment(),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => (said = (said + text).slice(-2000)));
  }
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  if (code !== 0) throw new Error(`The window could not be built. ${said.trim()}`);
}
