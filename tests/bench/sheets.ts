/**
 * Sheets over large ledgers, as the engine asks for them: the first one, any filter, rows, facets, and what a sheet
 * costs while photos are being taken in. Prints each figure beside its aim.
 *
 * `node tests/bench/sheets.ts [photos …]`
 */
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createChanges } from '../../electron/engine/changes.ts';
import { realClock } from '../../electron/engine/clock.ts';
import { openLedger, type Ledger } from '../../electron/engine/ledger/ledger.ts';
import { silentLog } from '../../electron/engine/log.ts';
import { createSheets, type Sheets } from '../../electron/engine/sheets/sheets.ts';
import { NO_CAPTURE_FACTS } from '#shared/capture.ts';
import { SHEET_FACETS, type SheetFilter, type SheetQuery } from '#shared/sheet.ts';
import { median, printFigures, quantile, timesOf, type Figure } from './figures.ts';
import { writeLargeLedger, type LargeLedger } from './large-ledger.ts';

const NAMED = process.argv.slice(2).map(Number);
const SIZES = NAMED.length > 0 ? NAMED : [100_000, 1_000_000];
/** Photos that come in while sheets are asked for, and the pause between two of them in ms. */
const ARRIVALS = 1000;
const ARRIVAL_PAUSE_MS = 10;

for (const photos of SIZES) {
  const folder = mkdtempSync(join(os.tmpdir(), 'tagalong-bench-'));
  try {
    await run(join(folder, 'ledger.db'), photos);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A sheet reader over a ledger, as the engine has it. */
async function withSheets(
  ledger: Ledger,
  ledgerPath: string,
  act: (sheets: Sheets) => Promise<void>,
): Promise<void> {
  const changes = createChanges(ledger, realClock);
  const sheets = createSheets({ ledger, ledgerPath, changes, clock: realClock, log: silentLog });
  await act(sheets);
  await sheets.stop();
  changes.stop();
}

async function run(path: string, photos: number): Promise<void> {
  const large = writeLargeLedger(path, photos);
  const query: SheetQuery = {
    destinationId: large.destinationId,
    filter: {},
    groupBy: 'day',
    descending: true,
  };
  const isSmall = photos <= 100_000;
  const filterAim = isSmall ? 50 : 300;
  const figures: Figure[] = [];

  const colds: number[] = [];
  for (let n = 0; n < 3; n += 1) {
    const ledger = openLedger(path);
    await withSheets(ledger, path, async (sheets) => {
      const start = performance.now();
      await sheets.outline(query);
      colds.push(performance.now() - start);
    });
    ledger.close();
  }
  figures.push({
    name: 'first sheet, cold',
    value: median(colds),
    aim: isSmall ? 300 : null,
    samples: colds,
  });

  const ledger = openLedger(path);
  await withSheets(ledger, path, async (sheets) => {
    for (const [name, filter] of filtersOf(large)) {
      // A cached answer would say nothing: the days differ in each run.
      const ask = (run: number) =>
        sheets.outline({ ...query, filter: { ...filter, capturedFrom: dayOf(run) } });
      const times = await timesOf(ask, { warmups: 1, runs: 15 });
      figures.push({
        name: `filter: ${name}, p95`,
        value: quantile(times, 0.95),
        aim: filterAim,
        samples: times,
      });
    }
    const byFolder = await timesOf(
      (run) => sheets.outline({ ...query, groupBy: 'folder', filter: { capturedFrom: dayOf(run) } }),
      { warmups: 1, runs: 5 },
    );
    figures.push({ name: 'by folder', value: median(byFolder), aim: filterAim, samples: byFolder });
    const rows = await timesOf((run) => sheets.rows(query, run * 997, 200), {
      runs: 50,
    });
    figures.push({ name: '200 rows, p95', value: quantile(rows, 0.95), aim: 5, samples: rows });
    for (const facet of SHEET_FACETS) {
      const times = await timesOf(
        (run) => sheets.facet({ ...query, filter: { text: String(run + 10) } }, facet),
        { warmups: 1, runs: 5 },
      );
      figures.push({ name: `facet: ${facet}`, value: median(times), samples: times });
    }
    figures.push(...(await whileTakingIn(ledger, sheets, large, query)));
  });
  ledger.close();
  printFigures(`Sheets of ${photos.toLocaleString('en')} photos`, figures);
}

function dayOf(run: number): string {
  return new Date(Date.UTC(2015, 0, 2 + run)).toISOString().slice(0, 10);
}

function filtersOf(large: LargeLedger): [string, SheetFilter][] {
  const common = { conceptId: large.commonConceptId, value: 1 } as const;
  const folder = { folderId: large.largeFolderId, directory: '' };
  return [
    ['state', { states: ['indexed'] }],
    ['folder', { folder }],
    ['concept', { concepts: [common] }],
    ['concept absent or unknown', { concepts: [{ ...common, value: null }] }],
    ['untagged', { untagged: true }],
    ['camera and rating', { cameras: ['L1'], ratings: [null] }],
    ['text', { text: 'img_00' }],
    [
      'all of these',
      {
        states: ['indexed', 'queued'],
        folder,
        concepts: [common],
        cameras: ['L1'],
        ratings: [null],
        text: 'img_00',
      },
    ],
  ];
}

/** What a page does that hears of every change, while photos come in at a fair pace. */
async function whileTakingIn(
  ledger: Ledger,
  sheets: Sheets,
  large: LargeLedger,
  query: SheetQuery,
): Promise<Figure[]> {
  const outlines: number[] = [];
  const rows: number[] = [];
  let isDone = false;
  const page = (async (): Promise<void> => {
    while (!isDone) {
      const start = performance.now();
      await sheets.outline(query);
      outlines.push(performance.now() - start);
      const between = performance.now();
      await sheets.rows(query, 0, 200);
      rows.push(performance.now() - between);
      await sleep(100);
    }
  })();
  for (let n = 0; n < ARRIVALS; n += 1) {
    arrive(ledger, large, n);
    await sleep(ARRIVAL_PAUSE_MS);
  }
  isDone = true;
  await page;
  return [
    { name: 'sheet while 1,000 come in, p95', value: quantile(outlines, 0.95), samples: outlines },
    { name: '200 rows meanwhile, p95', value: quantile(rows, 0.95), aim: 50, samples: rows },
  ];
}

function arrive(ledger: Ledger, large: LargeLedger, n: number): void {
  const hash = n.toString(16).padStart(64, 'f');
  const sortAt = Date.UTC(2026, 0, 1) + n * 1000;
  ledger.transaction(() => {
    const { id } = ledger.photos.ensure({ pictureHash: hash, format: 'jpeg', orientation: 1, sortAt, at: 1 });
    const fileId = ledger.files.record({
      folderId: large.smallFolderId,
      path: `new/IMG_${n}.JPG`,
      stamp: { size: 1, mtimeMs: 1, ctimeMs: 1, inode: n },
      at: 1,
      kind: 'photo',
      photoId: id,
      fileHash: hash,
      format: 'jpeg',
      facts: NO_CAPTURE_FACTS,
      sortAt,
    });
    ledger.photos.choose(id, fileId, 1, sortAt);
    ledger.uploads.arrive(id, large.destinationId, hash.slice(-32), sortAt, 1);
    ledger.uploads.queue(id, 2);
  });
}
