/** How long the command takes: to start, to find nothing new, and to take in 1,000 small photos for the first time. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { jpeg, variantsOf } from '../support/pictures.ts';
import { temporaryFolder } from '../support/tree.ts';
import { median, printFigures, timesOf } from './figures.ts';

const COUNT = 1000;
const FIRST_RUNS = 3;
const RUNS = 7;
/** Files have to stand still for 2 s; these have, before the first run. */
const SETTLED_MS = 2500;
const COMMAND = path.join(import.meta.dirname, '../../electron/local/tagalong.mjs');

await using folder = await temporaryFolder();
const photos = path.join(folder.path, 'photos');
const dataFolder = path.join(folder.path, 'engine');
mkdirSync(photos);
const pictures = variantsOf(await jpeg({ width: 640, height: 480, seed: 5 }), COUNT);
await Promise.all(pictures.map((bytes, index) => writeFile(path.join(photos, `${index}.jpg`), bytes)));
await sleep(SETTLED_MS);

async function run(...args: readonly string[]): Promise<void> {
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'ignore'] });
  const [code] = (await once(child, 'exit')) as [number | null];
  if (code !== 0) throw new Error(`node ${args.join(' ')} ended with ${String(code)}.`);
}

const ingest = (): Promise<void> => run(COMMAND, 'ingest', photos, '--data-dir', dataFolder);

const bare = await timesOf(() => run('-e', '0'), { runs: RUNS });
const version = await timesOf(() => run(COMMAND, '--version'), { runs: RUNS });
const first = await timesOf(
  async () => {
    await rm(dataFolder, { recursive: true, force: true });
    await ingest();
  },
  { warmups: 0, runs: FIRST_RUNS },
);
const again = await timesOf(ingest, { warmups: 1, runs: RUNS });

const node = { name: 'node -e 0', value: median(bare) };
printFigures('The tagalong command', [
  { name: '--version', value: median(version), samples: version, limit: node },
  { name: `ingest of ${COUNT} photos, nothing new`, value: median(again), samples: again, limit: node },
  {
    name: `ingest of ${COUNT} new photos of 640 × 480`,
    value: median(first) / 1000,
    unit: 's',
    samples: first.map((ms) => ms / 1000),
  },
]);
