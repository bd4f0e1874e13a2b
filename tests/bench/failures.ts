/**
 * A ledger in which 100,000 photos failed: how long each read of the page and each act of the owner holds the engine's
 * thread. Beside the acts stands a tag on as many photos: the longest act that was there before.
 *
 * `node tests/bench/failures.ts [photos]`
 */
import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { startEngine, type Engine } from '../../electron/engine/engine.ts';
import { LEDGER_FILE } from '../../electron/engine/own-data-folder.ts';
import { createTerminalHost } from '../../electron/local/terminal-host.ts';
import { median, printFigures, timesOf, type Figure } from './figures.ts';
import { writeLargeLedger } from './large-ledger.ts';

const PHOTOS = Number(process.argv[2] ?? 100_000);
const PAGE_ROWS = 120;
/** Acts change what they are about: each run is one on a fresh copy. */
const ACT_RUNS = 3;
const TAG_KEY_MS = 16;
const ACT_MS = (PHOTOS / 100_000) * 1000;
const AT = Date.UTC(2026, 0, 1);

/** Two fifths were refused, a fifth each was too large, cut off, or is tried again in an hour; all were sent twice. */
const CAUSE = `CASE %ID% % 5 WHEN 0 THEN 'too-large' WHEN 1 THEN 'incomplete' WHEN 2 THEN 'service-trouble'
  ELSE 'refused-by-service' END`;
const WRITES = [
  `UPDATE upload SET reason = ${CAUSE.replace('%ID%', 'photo_id')}, status_code = 30106, attempts = 2`,
  `UPDATE failure SET cause = ${CAUSE.replace('%ID%', 'photo_id')}, detail = 'Not this one.', status_code = 30106,
     next_at = CASE WHEN photo_id % 5 = 2 THEN ${AT} + photo_id END`,
  ...[1, 2].flatMap((time) => [
    `INSERT INTO batch (id, destination_id, opened_at, closed_at, input_count, body_bytes, outcome, request_id)
       SELECT ${time} * 1000000 + photo_id / 128, 1, ${AT}, ${AT}, count(*), 1, 'answered', 'request-' || photo_id
       FROM upload GROUP BY photo_id / 128`,
    `INSERT INTO batch_input (batch_id, photo_id, input_id, bytes, outcome, status_code)
       SELECT ${time} * 1000000 + photo_id / 128, photo_id, input_id, 700000, 'failed', 30106 FROM upload`,
  ]),
];

const folder = mkdtempSync(join(os.tmpdir(), 'tagalong-bench-'));
try {
  await run();
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** The same ledger in a data folder of its own, under an engine that sends nothing. */
async function withEngine(name: string, act: (engine: Engine) => Promise<void>): Promise<void> {
  const dataFolder = join(folder, name);
  mkdirSync(dataFolder);
  copyFileSync(join(folder, LEDGER_FILE), join(dataFolder, LEDGER_FILE));
  const host = createTerminalHost(dataFolder);
  const engine = await startEngine(host, { resumesAll: false, sends: false, watches: false });
  try {
    await act(engine);
  } finally {
    await engine.stop();
    await host.stop();
    rmSync(dataFolder, { recursive: true, force: true });
  }
}

async function read(name: string, ask: () => Promise<unknown>): Promise<Figure> {
  const samples = await timesOf(ask, { runs: 10 });
  return { name, value: median(samples), samples, aim: TAG_KEY_MS };
}

async function run(): Promise<void> {
  const path = join(folder, LEDGER_FILE);
  const { destinationId, rareConceptId } = writeLargeLedger(path, PHOTOS, { areFailed: true });
  const db = new Database(path);
  for (const sql of WRITES) db.exec(sql);
  db.pragma('wal_checkpoint(TRUNCATE)');
  db.close();
  const all = { destinationId, which: { all: true } } as const;

  await withEngine('reads', async ({ api }) => {
    const page = (from: number): Promise<unknown> =>
      api.failurePhotos({ destinationId, cause: 'refused-by-service', from, count: PAGE_ROWS });
    printFigures(`Reads among ${PHOTOS.toLocaleString('en')} failures, median`, [
      await read('causes with their numbers', () => api.failureGroups({ destinationId })),
      await read('first page of a cause', () => page(0)),
      await read('last page of a cause', () => page(Math.floor(PHOTOS * 0.4) - PAGE_ROWS)),
      await read('glance of the frame', () => api.glance({ destinationId })),
      await read('first part of the CSV', () => api.failuresCsv({ destinationId, from: 0 })),
      await read('last part of the CSV', () => api.failuresCsv({ destinationId, from: PHOTOS - 1000 })),
    ]);
  });

  const times = new Map<string, number[]>();
  const note = async (name: string, act: () => Promise<unknown>): Promise<void> => {
    const start = performance.now();
    await act();
    times.set(name, [...(times.get(name) ?? []), performance.now() - start]);
  };
  for (let turn = 0; turn < ACT_RUNS; turn += 1) {
    await withEngine(`acts-${turn}`, async ({ api }) => {
      await note('leave all out', () => api.skipFailures(all));
      await note('undo that', () => api.undo({ destinationId }));
      await note('redo it', () => api.redo({ destinationId }));
      await note('take all in again', () => api.takeInLeftOut({ destinationId }));
    });
    await withEngine(`retry-${turn}`, async ({ api }) => {
      await note('try all again', () => api.retryFailures({ ...all, way: 'again' }));
    });
    await withEngine(`tag-${turn}`, async ({ ledger, api }) => {
      const photoIds = ledger.db.prepare<[], number>('SELECT id FROM photo').pluck().all();
      const wishes = [{ concept: { conceptId: rareConceptId }, value: 1 }] as const;
      await note('tag', () => api.tag({ target: { photoIds }, wishes, destinationId }));
    });
  }
  const tag = { name: 'a tag on as many photos', value: median(times.get('tag') ?? []) };
  printFigures(
    `Acts on ${PHOTOS.toLocaleString('en')} failures`,
    [...times]
      .filter(([name]) => name !== 'tag')
      .map(([name, samples]) => ({ name, value: median(samples), samples, aim: ACT_MS, limit: tag })),
  );
}
