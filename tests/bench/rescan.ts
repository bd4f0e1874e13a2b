/** A scan of 100,000 files of which none has changed, beside `find -printf`; and how many files it opened. */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, openSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { temporaryFolder } from '../support/tree.ts';
import { median, printFigures } from './figures.ts';
import { writeLedgerOf, writeManyFiles } from './many-files.ts';
import { startSubject } from './measure.ts';
import type { RescanAnswer } from './rescan-engine.ts';
import type { WalkAnswer } from './rescan-walk.ts';

const COUNT = Number(process.argv[2] ?? 100_000);
const WARMUPS = 2;
const RUNS = 11;

await using folder = await temporaryFolder();
const root = path.join(folder.path, 'photos');
const dataFolder = path.join(folder.path, 'engine');
const ledgerPath = path.join(dataFolder, 'ledger.db');
mkdirSync(root);
mkdirSync(dataFolder);
const { folderId } = writeLedgerOf(ledgerPath, root, writeManyFiles(root, COUNT));

async function find(): Promise<number> {
  const start = performance.now();
  const nowhere = openSync('/dev/null', 'w');
  const child = spawn('find', [root, '-type', 'f', '-printf', '%p %s %T@ %C@ %i\\n'], {
    stdio: ['ignore', nowhere, 'inherit'],
  });
  await once(child, 'exit');
  return performance.now() - start;
}

/** Lines of the trace that open something below the root that is not read as a folder; null without strace. */
function openedFiles(): number | null {
  const trace = path.join(folder.path, 'trace');
  const script = path.join(import.meta.dirname, 'rescan-walk.ts');
  const command = [process.execPath, script, ledgerPath, String(folderId), root];
  const calls = 'trace=open,openat,openat2,creat';
  const { status, error } = spawnSync('strace', ['-f', '-qq', '-e', calls, '-o', trace, ...command], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  if (error !== undefined || status !== 0) return null;
  const lines = readFileSync(trace, 'utf8').split('\n');
  const below = lines.filter((line) => line.includes(`"${root}`));
  if (!below.some((line) => line.includes('O_DIRECTORY'))) throw new Error('The trace shows no walk.');
  return below.filter((line) => !line.includes('O_DIRECTORY')).length;
}

const walker = await startSubject('rescan-walk.ts', [ledgerPath, String(folderId), root]);
const engine = await startSubject('rescan-engine.ts', [dataFolder, String(folderId)]);
const times = { find: [] as number[], walk: [] as number[], scan: [] as number[], engine: [] as number[] };
for (let run = 0; run < WARMUPS + RUNS; run += 1) {
  const findMs = await find();
  const walked = await walker.ask<WalkAnswer>({});
  const scanned = await engine.ask<RescanAnswer>({});
  for (const { seenCount, changedCount } of [walked, scanned]) {
    if (seenCount !== COUNT || changedCount !== 0) {
      throw new Error(`Saw ${seenCount} files and ${changedCount} changes.`);
    }
  }
  if (run < WARMUPS) continue;
  times.find.push(findMs);
  times.walk.push(walked.ms);
  times.scan.push(scanned.scanMs);
  times.engine.push(scanned.ms);
}
await Promise.all([walker.stop(), engine.stop()]);
const opened = openedFiles();

const limit = { name: 'find -printf', value: median(times.find) };
const aim = 2 * limit.value;
printFigures(`Rescan of ${COUNT.toLocaleString('en')} unchanged files in 100s, ${RUNS} runs in turn`, [
  { name: 'engine: order → at rest', value: median(times.engine), samples: times.engine, aim, limit },
  { name: 'engine: the scan itself', value: median(times.scan), samples: times.scan, aim, limit },
  { name: 'worker: ledger read and walk', value: median(times.walk), samples: times.walk, aim, limit },
  { name: 'find -printf', value: limit.value, samples: times.find },
  ...(opened === null ? [] : [{ name: 'files opened, seen by strace', value: opened, unit: '', aim: 0 }]),
]);
if (opened === null) process.stdout.write('  files opened: not counted, strace cannot be run here\n');
