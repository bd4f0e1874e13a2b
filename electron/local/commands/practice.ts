/** `tagalong practice`: just the practice account, until Ctrl-C. */
import { join } from 'node:path';
import { startPracticeServer } from '../../practice/server.ts';
import { dataFolderOf } from '../data-folder.ts';
import { EXIT } from '../exit-codes.ts';
import type { Terminal } from '../terminal.ts';

/** Serves the practice account of a data folder and prints where it is, one fact per line. */
export async function runPractice(
  options: { readonly port?: number; readonly dataDir?: string },
  terminal: Terminal,
): Promise<number> {
  const server = await startPracticeServer({
    dataDir: join(dataFolderOf(options.dataDir), 'practice'),
    port: options.port ?? 0,
  });
  terminal.print(`API base: ${server.apiBase}`);
  terminal.print(`User id: ${server.userId}`);
  terminal.print(`App id: ${server.appId}`);
  terminal.print(`PAT: ${server.pat}`);
  await new Promise<void>((resolve) => {
    terminal.interrupted.addEventListener('abort', () => resolve());
  });
  await server.stop();
  return EXIT.ok;
}
