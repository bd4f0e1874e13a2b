/** The demo shoot, copied to where it can be watched like any folder. */
import { existsSync } from 'node:fs';
import { cp, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { unpackedFolder } from './program-folder.ts';

/** Name of the copy in the data folder. */
const DEMO_NAME = 'Demo shoot';

/** Copies the demo shoot into a data folder, unless it is there. Returns its absolute path. */
export async function placeDemo(dataFolder: string): Promise<string> {
  const place = join(dataFolder, DEMO_NAME);
  if (existsSync(place)) return place;
  // Made whole beside its place, so that a copy that was cut short is no shoot with photos missing.
  const partial = `${place}.partial`;
  await rm(partial, { recursive: true, force: true });
  await cp(join(unpackedFolder(), 'electron', 'local', 'demo', 'photos'), partial, {
    recursive: true,
    preserveTimestamps: true,
  });
  await rename(partial, place);
  return place;
}
