/** `npm start`: the window, in Electron where it can run, else in a browser. */
import { EXIT } from '../exit-codes.ts';
import { hasDisplay } from '../open-window.ts';
import { buildDesktop } from '../page-build.ts';
import { runElectron } from '../run-electron.ts';
import type { Terminal } from '../terminal.ts';
import { dataFolderFor, runServe, type ServeOptions } from './serve.ts';

/** Opens the window. Returns the exit code. */
export async function runStart(
  folders: readonly string[],
  options: ServeOptions,
  terminal: Terminal,
): Promise<number> {
  const isDisplayed = hasDisplay({ platform: process.platform, env: terminal.env });
  const why = isDisplayed ? await tryElectron(folders, options, terminal) : 'there is no display';
  if (typeof why === 'number') return why;
  if (terminal.interrupted.aborted) return EXIT.interrupted;
  terminal.say(`Not in Electron: ${why}.`);
  const isSeen = process.stdout.isTTY || isDisplayed;
  return runServe(folders, { ...options, endsAlone: !isSeen }, terminal);
}

/** The exit code, or why it is not Electron. */
async function tryElectron(
  folders: readonly string[],
  options: ServeOptions,
  terminal: Terminal,
): Promise<number | string> {
  if (options.port !== undefined || options.open === false) return 'the options are about one';
  const words = [
    ...(options.demo === true ? ['--demo'] : []),
    '--data-dir',
    dataFolderFor(options),
    ...folders,
  ];
  const ended = await runElectron(words, terminal, () => buildDesktop(terminal));
  return 'why' in ended ? ended.why : ended.code;
}
