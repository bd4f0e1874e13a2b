/**
 * `npm run bench`: runs the benchmarks, all or those named (`npm run bench -- upload rescan`), each in a fresh process,
 * one after the other. Figures are printed, never asserted.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpus, loadavg } from 'node:os';
import path from 'node:path';
import Database from 'better-sqlite3';
import sharp from 'sharp';

const BENCHES = [
  'body',
  'upload',
  'rescan',
  'watching',
  'imaging',
  'ledger',
  'failures',
  'sheets',
  'tagging',
  'start',
  'window',
] as const;

function machine(): string {
  const db = new Database(':memory:');
  const sqlite = db.prepare<[], string>('SELECT sqlite_version()').pluck().get();
  db.close();
  const [load = 0] = loadavg();
  return [
    `${cpus().length} × ${cpus()[0]?.model ?? 'unknown core'}`,
    `Node ${process.versions.node}`,
    `SQLite ${sqlite ?? '?'}`,
    `libvips ${sharp.versions.vips}`,
    `load ${load.toFixed(1)} at the start`,
  ].join(', ');
}

async function run(name: string): Promise<boolean> {
  const child = spawn(process.execPath, [path.join(import.meta.dirname, `${name}.ts`)], { stdio: 'inherit' });
  const [code] = (await once(child, 'exit')) as [number | null];
  if (code !== 0) process.stderr.write(`The benchmark ${name} ended with ${code ?? 'a signal'}.\n`);
  return code === 0;
}

const named = process.argv.slice(2);
const unknown = named.find((name) => !(BENCHES as readonly string[]).includes(name));
if (unknown !== undefined) {
  process.stderr.write(`There is no benchmark "${unknown}". There are: ${BENCHES.join(', ')}.\n`);
  process.exit(2);
}
process.stdout.write(`${machine()}\n`);
let allRan = true;
for (const name of named.length === 0 ? BENCHES : named) allRan = (await run(name)) && allRan;
process.exitCode = allRan ? 0 : 1;
