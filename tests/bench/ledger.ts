/**
 * The ledger with 1,000,000 photos: opening, claiming, counts, tagging (its sheets: sheets.ts). Prints each figure beside its
 * aim and beside what better-sqlite3 does bare in the same run.
 *
 * `node tests/bench/ledger.ts [photos]`
 */
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import os from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { editTags } from '../../electron/engine/edits/tag-edits.ts';
import { openLedger, type Ledger } from '../../electron/engine/ledger/ledger.ts';
import { TURNS_AT_ONCE } from '../../electron/engine/turn-taking.ts';
import { median, printFigures, quantile, timesOf, type Figure } from './figures.ts';
import { writeLargeLedger, type LargeLedger } from './large-ledger.ts';

const PHOTOS = Number(process.argv[2] ?? 1_000_000);
const NOW = Date.UTC(2026, 1, 1);

const folder = mkdtempSync(join(os.tmpdir(), 'tagalong-bench-'));
try {
  await run(join(folder, 'ledger.db'));
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function run(path: string): Promise<void> {
  const loadBefore = os.loadavg()[0] ?? 0;
  const cores = { name: 'cores', value: os.availableParallelism() };
  const start = performance.now();
  const large = writeLargeLedger(path, PHOTOS);
  const seconds = (performance.now() - start) / 1000;
  const size = statSync(path).size / 1e6;
  printFigures(`A ledger with ${PHOTOS.toLocaleString('en')} photos`, [
    { name: 'made in', value: seconds, unit: 's', aim: 120 },
    { name: 'size', value: size, unit: 'MB' },
    // Figures on a machine that has other work to do say little; this tells.
    { name: 'load of the machine before', value: loadBefore, unit: 'running', limit: cores },
  ]);
  printFigures('Opening', await opening(path));
  const ledger = openLedger(path);
  const bare = openBare(join(folder, 'bare.db'));
  try {
    printFigures('Claiming and tagging', [
      ...ordering(ledger, large),
      ...(await claims(ledger, large, bare)),
      ...(await tagging(ledger, large, bare)),
      ...(await counting(ledger, large)),
    ]);
  } finally {
    bare.close();
    ledger.close();
  }
}

async function opening(path: string): Promise<Figure[]> {
  const times = await timesOf(() => openLedger(path).close(), { runs: 15 });
  const bare = await timesOf(
    () => {
      const db = new Database(path);
      db.prepare('SELECT 1 FROM setting').get();
      db.close();
    },
    { runs: 15 },
  );
  const limit = { name: 'open and read one row', value: median(bare) };
  return [{ name: 'open, median', value: median(times), aim: 300, limit }];
}

/** A database as durable as the ledger, with one plain table. */
function openBare(path: string): Database.Database {
  const db = new Database(path);
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = FULL');
  db.exec('CREATE TABLE bare (id INTEGER PRIMARY KEY, value INTEGER NOT NULL)');
  db.exec(`INSERT INTO bare WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < 100000)
    SELECT n, 0 FROM numbers`);
  return db;
}

/** Commits `rows` changed rows of the plain table, one after the other. */
function bareCommits(bare: Database.Database, rows: number, runs: number): Promise<number[]> {
  const update = bare.prepare<[number]>('UPDATE bare SET value = value + 1 WHERE id = ?');
  const commit = bare.transaction((first: number) => {
    for (let id = first; id < first + rows; id += 1) update.run(id);
  });
  return timesOf((n) => commit.immediate(1 + ((n * rows) % 90_000)), { runs });
}

/** A number in [0, 1) that looks like chance and is the same in every run. */
function scattered(n: number): number {
  return ((n * 2_654_435_761) % 4_294_967_296) / 4_294_967_296;
}

/** Claims 128 photos again and again; the times of reading the list and of claiming. */
function claimTimes(
  ledger: Ledger,
  destinationId: number,
  runs: number,
): { list: number[]; claim: number[] } {
  const times = { list: [] as number[], claim: [] as number[] };
  for (let run = 0; run < runs; run += 1) {
    const start = performance.now();
    const ready = ledger.workLists.ready(destinationId, NOW, 128);
    const listed = performance.now();
    const photos = ready.map(({ photoId, inputId, readyBytes, tagsVersion }) => ({
      photoId,
      inputId,
      bytes: readyBytes,
      concepts: [],
      tagsVersion,
      orientation: 1,
    }));
    ledger.transaction(() =>
      ledger.batches.claim({ destinationId, parentId: null, photos, bodyBytes: 90_000_000, at: NOW }),
    );
    times.list.push(listed - start);
    times.claim.push(performance.now() - listed);
  }
  return times;
}

function bareClaim(how: string, value: number): NonNullable<Figure['limit']> {
  return { name: `bare commit of 128 rows${how}`, value };
}

async function claims(ledger: Ledger, large: LargeLedger, bare: Database.Database): Promise<Figure[]> {
  // Both rounds claim what is queued; a small ledger has less of it.
  const runs = Math.min(200, Math.floor(ledger.counts.of(large.destinationId).queued / 256));
  const durable = claimTimes(ledger, large.destinationId, runs);
  const commits = await bareCommits(bare, 128, runs);
  for (const db of [ledger.db, bare]) db.pragma('synchronous = OFF');
  const undurable = claimTimes(ledger, large.destinationId, runs);
  const uncommitted = await bareCommits(bare, 128, runs);
  for (const db of [ledger.db, bare]) db.pragma('synchronous = FULL');
  return [
    {
      name: 'claim of 128, median',
      value: median(durable.claim),
      aim: 2,
      limit: bareClaim('', median(commits)),
    },
    {
      name: 'claim of 128, p95',
      value: quantile(durable.claim, 0.95),
      limit: bareClaim('', quantile(commits, 0.95)),
    },
    {
      name: 'the same without waiting for the disk, median',
      value: median(undurable.claim),
      aim: 2,
      limit: bareClaim(', the same', median(uncommitted)),
    },
    { name: 'list of 128 ready, median', value: median(durable.list) },
  ];
}

async function tagging(ledger: Ledger, large: LargeLedger, bare: Database.Database): Promise<Figure[]> {
  const act = (run: number): unknown =>
    editTags(
      ledger,
      { label: 'Tag', at: NOW },
      [1 + Math.floor(scattered(run + 1) * PHOTOS)],
      [{ conceptId: large.rareConceptId, value: run % 2 === 0 ? 1 : 0 }],
    );
  const times = await timesOf(act, { runs: 300 });
  const commits = await bareCommits(bare, 1, 300);
  return [
    {
      name: 'tag one photo, durable, p50',
      value: median(times),
      limit: { name: 'bare commit of one row', value: median(commits) },
    },
    {
      name: 'tag one photo, durable, p95',
      value: quantile(times, 0.95),
      aim: 16,
      limit: { name: 'bare commit of one row, p95', value: quantile(commits, 0.95) },
    },
  ];
}

/** Another order for all that is queued, in the pieces in which the engine takes turns. */
function ordering(ledger: Ledger, large: LargeLedger): Figure[] {
  const { queued } = ledger.counts.of(large.destinationId);
  ledger.settings.set('sending', { order: 'best-rated' });
  const last = ledger.turns.lastPhotoId();
  const pieces: number[] = [];
  for (let from = 1; from <= last; from += TURNS_AT_ONCE) {
    const start = performance.now();
    ledger.transaction(() => ledger.turns.take(from, from + TURNS_AT_ONCE - 1), { outlives: 'kill' });
    pieces.push(performance.now() - start);
  }
  const sum = pieces.reduce((total, ms) => total + ms, 0);
  return [
    {
      name: `another order for ${queued.toLocaleString('en')} queued, all pieces`,
      value: sum / 1000,
      unit: 's',
    },
    { name: `a piece of ${TURNS_AT_ONCE} photos, p95`, value: quantile(pieces, 0.95), aim: 16 },
  ];
}

async function counting(ledger: Ledger, large: LargeLedger): Promise<Figure[]> {
  const one = ledger.db.prepare('SELECT 1');
  const bare = { name: 'bare SELECT 1', value: median(await timesOf(() => one.get(), { runs: 300 })) };
  const counts = await timesOf(() => ledger.counts.of(large.destinationId), { runs: 300 });
  const reasons = await timesOf(() => ledger.counts.reasons(large.destinationId), { runs: 10 });
  const retry = await timesOf(() => ledger.workLists.nextRetryAt(large.destinationId, NOW), { runs: 300 });
  const { queued } = ledger.counts.of(large.destinationId);
  const waits = await timesOf(() => ledger.queueReads.counts(large.destinationId, NOW), { runs: 100 });
  ledger.folders.setHealth(large.largeFolderId, 'unreachable', null);
  const away = await timesOf(() => ledger.queueReads.away(large.destinationId), { runs: 100 });
  return [
    { name: 'counts by state, p95', value: quantile(counts, 0.95), limit: bare },
    { name: 'counts by reason, median', value: median(reasons) },
    { name: 'when the next retry is due, p95', value: quantile(retry, 0.95), limit: bare },
    {
      name: `what ${queued.toLocaleString('en')} queued wait for, p95`,
      value: quantile(waits, 0.95),
      limit: bare,
    },
    { name: 'the same of a folder out of reach, p95', value: quantile(away, 0.95), limit: bare },
  ];
}
