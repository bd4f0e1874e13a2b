/** `npm start`: the window, in Electron where it can run, else in a browser. */
import type { Terminal } from '../terminal.ts';
import { hasDisplay } from '../open-window.ts';
import { runServe, type ServeOptions } from './serve.ts';

/** Opens the window. Returns the exit code. */
export async function runStart(
  folders: readonly string[],
  options: ServeOptions,
  terminal: Terminal,
): Promise<number> {
  const isSeen = process.stdout.isTTY || hasDisplay({ platform: process.platform, env: terminal.env });
  return runServe(folders, { ...options, endsAlone: !isSeen }, terminal);
}
