/**
 * The product's worker, but it kills the engine that started it when a rendition is written and has not got its name
 * yet. `KILL_AT_RENDITION` says at which one.
 */
import fs from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';

const killAt = Number(process.env['KILL_AT_RENDITION']);
const rename = fs.rename.bind(fs);
let count = 0;

fs.rename = async (from, to) => {
  if (String(to).endsWith('.jpg')) count += 1;
  if (count === killAt) {
    process.kill(process.ppid, 'SIGKILL');
    // This process ends when it notices that the engine has gone; until then the file keeps its temporary name.
    await new Promise(() => undefined);
  }
  await rename(from, to);
};
syncBuiltinESMExports();

await import('../../electron/engine/workers/worker.ts');
