/** `npm start`: until there is a window, the report in the terminal; with --demo, of the demo shoot. */
import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { dataFolderOf, defaultDataFolder } from '../data-folder.ts';
import { plainPath } from '../plain-path.ts';
import type { Terminal } from '../terminal.ts';
import { runIngest } from './ingest.ts';
import { runStatus } from './look-up.ts';

const DEMO_PHOTOS = fileURLToPath(new URL('../demo/photos', import.meta.url));

export interface StartOptions {
  readonly demo?: boolean;
  readonly json?: boolean;
  readonly dataDir?: string;
}

/** Shows the state of the ledger, or takes a copy of the demo shoot into the practice account and reports. */
export async function runStart(options: StartOptions, terminal: Terminal): Promise<number> {
  if (options.demo !== true) return runStatus(options, terminal);
  const dataDir =
    options.dataDir === undefined ? `${defaultDataFolder()}-demo` : dataFolderOf(options.dataDir);
  const shoot = join(dataDir, 'Demo shoot');
  await cp(DEMO_PHOTOS, shoot, { recursive: true, preserveTimestamps: true });
  terminal.say(`Demo shoot: ${plainPath(shoot)}`);
  terminal.say('Account: the practice account, on this machine only.');
  return runIngest(
    [shoot],
    {
      practice: true,
      dataDir,
      concept: ['demo'],
      ...(options.json === undefined ? {} : { json: options.json }),
    },
    terminal,
  );
}
