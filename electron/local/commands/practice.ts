/** `tagalong practice`: just the practice account, until Ctrl-C. */
import { join } from 'node:path';
import { readAddress, type PracticeAddress } from '../../practice/address.ts';
import { startPracticeServer, type PracticeServer } from '../../practice/server.ts';
import { PracticeRunsError } from '../../practice/store.ts';
import { dataFolderOf } from '../../host/data-folder.ts';
import { EXIT } from '../exit-codes.ts';
import type { Terminal } from '../terminal.ts';

/**
 * Serves the practice account of a data folder and prints where it is, one fact per line. One that runs already, as
 * part of a running Tagalong, is named and left alone.
 */
export async function runPractice(
  options: { readonly port?: number; readonly dataDir?: string },
  terminal: Terminal,
): Promise<number> {
  const dataDir = join(dataFolderOf(options.dataDir), 'practice');
  let server: PracticeServer;
  try {
    server = await startPracticeServer({ dataDir, port: options.port ?? 0 });
  } catch (error) {
    const address = error instanceof PracticeRunsError ? readAddress(dataDir) : null;
    if (address === null) throw error;
    terminal.say('It runs already, with the Tagalong that uses this data folder, and ends with it.');
    printAddress(address, terminal);
    return EXIT.ok;
  }
  printAddress(server, terminal);
  await new Promise<void>((resolve) => {
    terminal.interrupted.addEventListener('abort', () => resolve());
  });
  await server.stop();
  return EXIT.ok;
}

function printAddress({ apiBase, userId, appId, pat }: PracticeAddress, terminal: Terminal): void {
  terminal.print(`API base: ${apiBase}`);
  terminal.print(`User id: ${userId}`);
  terminal.print(`App id: ${appId}`);
  terminal.print(`PAT: ${pat}`);
}
