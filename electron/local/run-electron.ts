/** The desktop window, where its program can be had: Electron from this checkout, started with the same words. */
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { childEnvironment } from '../host/child-environment.ts';
import { programFolder } from '../host/program-folder.ts';
import type { Terminal } from './terminal.ts';

/** An Electron that ends with an error this soon could not open a window. In ms. */
const EARLY_MS = 5000;
/** Electron's program is 100 MB; whoever has no network hears it at once. */
const FETCH_MS = 10 * 60_000;

/** How the attempt ended: with an exit code, or why there is no Electron. */
export type ElectronRun = { readonly code: number } | { readonly why: string };

/** Electron's program of this checkout; null when its install script has not run. */
export function electronProgram(folder: string): string | null {
  const home = join(folder, 'node_modules', 'electron');
  const name = join(home, 'path.txt');
  if (!existsSync(name)) return null;
  const program = join(home, 'dist', readFileSync(name, 'utf8').trim());
  return existsSync(program) ? program : null;
}

/** Fetches Electron's program with its own script, whose words are not shown. True when it is there then. */
async function fetchElectron(folder: string, signal: AbortSignal): Promise<boolean> {
  const script = join(folder, 'node_modules', 'electron', 'install.js');
  if (!existsSync(script)) return false;
  const child = spawn(process.execPath, [script], {
    cwd: folder,
    env: childEnvironment(),
    stdio: 'ignore',
    signal: AbortSignal.any([signal, AbortSignal.timeout(FETCH_MS)]),
  });
  await new Promise<void>((resolve) => {
    child.once('close', () => resolve());
    child.once('error', () => resolve());
  });
  return electronProgram(folder) !== null;
}

/**
 * Runs Electron until its window is closed.
 *
 * @param build makes what Electron runs, when that is due
 */
export async function runElectron(
  words: readonly string[],
  terminal: Terminal,
  build: () => Promise<void>,
  folder = programFolder(),
): Promise<ElectronRun> {
  if (electronProgram(folder) === null && !(await fetchElectron(folder, terminal.interrupted))) {
    return { why: "Electron's program could not be fetched" };
  }
  const program = electronProgram(folder);
  if (program === null) return { why: "Electron's program is missing" };
  await build();
  const startedAt = performance.now();
  const child = spawn(program, [folder, ...words], { stdio: 'inherit', env: process.env });
  const code = await new Promise<number | null>((resolve) => {
    child.once('close', (status) => resolve(status));
    child.once('error', () => resolve(null));
  });
  const isEarly = performance.now() - startedAt < EARLY_MS;
  if (code !== 0 && isEarly && !terminal.interrupted.aborted) return { why: 'Electron could not start' };
  return { code: code ?? 1 };
}
