/** The built page: made anew when a checkout's sources are newer, so that nobody has to remember a build. */
import { spawn } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { childEnvironment } from './child-environment.ts';
import { programFolder } from './program-folder.ts';
import type { Terminal } from './terminal.ts';

/** What the build is made of, in the program's folder. */
const SOURCES = ['renderer', 'shared', 'electron', 'electron.vite.config.ts', 'package.json'];

/** Whether the build is missing or older than its sources. A program without sources has no other page. */
export function isBuildDue(folder: string): boolean {
  if (!existsSync(join(folder, 'renderer', 'index.html'))) return false;
  const built = statSync(join(folder, 'out', 'renderer', 'index.html'), { throwIfNoEntry: false });
  if (built === undefined) return true;
  return SOURCES.some((name) => newestIn(join(folder, name)) > built.mtimeMs);
}

function newestIn(path: string): number {
  const facts = statSync(path, { throwIfNoEntry: false });
  if (facts === undefined) return 0;
  if (!facts.isDirectory()) return facts.mtimeMs;
  return readdirSync(path, { withFileTypes: true }).reduce(
    (newest, { name }) => (name === 'photos' ? newest : Math.max(newest, newestIn(join(path, name)))),
    0,
  );
}

/**
 * Builds the window if that is due.
 *
 * @throws Error with the build's own last words when it fails
 */
export async function buildPage(terminal: Pick<Terminal, 'say'>, folder = programFolder()): Promise<void> {
  if (!isBuildDue(folder)) return;
  terminal.say('Building the window; this takes a few seconds and is needed once.');
  const entry = join(folder, 'node_modules', 'electron-vite', 'bin', 'electron-vite.js');
  const child = spawn(process.execPath, [entry, 'build', '--logLevel', 'warn'], {
    cwd: folder,
    // Whoever asks may be a test, whose surroundings would make a build for developing.
    env: { ...childEnvironment(), NODE_ENV: 'production' },
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
