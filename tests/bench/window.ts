/**
 * The window over 100,000 photos while 1,000 more are being taken in, in a real browser over the local host: the first
 * sheet, scrolling, filters, and from a tag key to its commit and to the screen. `BENCH_PROFILE=folder` also writes
 * there what the page (`page.cpuprofile`) and the processes of the host spent their time with.
 */
import { mkdirSync, readFileSync } from 'node:fs';
import { readFile, utimes, writeFile } from 'node:fs/promises';
import { stripTypeScriptTypes } from 'node:module';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import { linkThumbnails } from '../support/big-ledger-thumbnails.ts';
import { launchBrowser } from '../support/browser.ts';
import { bytesJpeg, variantsOf } from '../support/pictures.ts';
import { temporaryFolder } from '../support/tree.ts';
import { startStudio, type Studio } from '../support/window.ts';
import { cursorToFirst, grid, openWindow, untilSheetHas } from '../ui/page-model.ts';
import { useKeySet } from '../ui/key-set.ts';
import { openBareCommits } from './bare-commit.ts';
import { printFigures, quantile, rounded, type Figure } from './figures.ts';
import { writeLargeLedger } from './large-ledger.ts';
import type { Smoothness, TagTimes } from './window-probe.ts';

const PHOTOS = 100_000;
const COMING = 1000;
const FILE_BYTES = 573_000;
const PRACTICE = { baseUrl: 'practice:', userId: 'practice', appId: 'photos' };
/** About as fast as somebody tags who knows the photos. */
const PAUSE_MS = 120;
const TAGS = 120;
const FIRST_SHEETS = 5;
const FILTERS = 24;
const WHEEL_STEPS = 240;
const FRAME_MS = 16;
const CLOCK_LOOKS = 200;
/** The two clocks are known to agree so well. */
const CLOCK_SLACK_MS = 1;

const probe = stripTypeScriptTypes(readFileSync(path.join(import.meta.dirname, 'window-probe.ts'), 'utf8'));
const profileFolder = process.env['BENCH_PROFILE'];

await using folder = await temporaryFolder();
const answersFile = path.join(folder.path, 'answers');
const nodeOptions = [`--import=${path.join(import.meta.dirname, 'answer-probe.ts')}`].concat(
  profileFolder === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${path.resolve(profileFolder)}`],
);
const bare = openBareCommits(path.join(folder.path, 'bare.db'));
await using studio = await startStudio({
  account: { indexing: 'header' },
  async prepare(dataFolder) {
    const ledgerPath = path.join(dataFolder, 'ledger.db');
    writeLargeLedger(ledgerPath, PHOTOS, { destination: PRACTICE, isSettled: true });
    await linkThumbnails(ledgerPath, path.join(dataFolder, 'thumbnails'));
  },
  env: { NODE_OPTIONS: nodeOptions.join(' '), BENCH_ANSWERS: answersFile },
});
const browser = await launchBrowser();

async function open(): Promise<Page> {
  const { page } = await openWindow(browser, 'about:blank', { viewport: { width: 1440, height: 900 } });
  await page.addInitScript({ content: `(() => {${probe}})();` });
  await page.goto(studio.host().address);
  return page;
}

/** Writes the photos that come in; old enough to be looked at once they are there. */
async function writeComing({ home }: Studio): Promise<string> {
  const folder = path.join(home, 'Coming');
  mkdirSync(folder);
  for (const [index, bytes] of variantsOf(await bytesJpeg(FILE_BYTES, 3), COMING).entries()) {
    const file = path.join(folder, `${index}.jpg`);
    await writeFile(file, bytes);
    await utimes(file, 1_700_000_000, 1_700_000_000);
  }
  return folder;
}

async function firstSheets(): Promise<{
  readonly cells: readonly number[];
  readonly pictures: readonly number[];
}> {
  const cells: number[] = [];
  const pictures: number[] = [];
  for (let run = 0; run < FIRST_SHEETS; run += 1) {
    const page = await open();
    await page.waitForFunction(() => window.probe.firstSheet().picturesMs !== null);
    const first = await page.evaluate(() => window.probe.firstSheet());
    cells.push(first.cellsMs ?? Number.NaN);
    pictures.push(first.picturesMs ?? Number.NaN);
    await page.context().close();
  }
  return { cells, pictures };
}

/** Turns the wheel once a frame: about 100 rows down, and back. */
async function scroll(page: Page): Promise<Smoothness> {
  await grid(page).hover();
  await page.evaluate(() => window.probe.beginSmoothness());
  for (let step = 0; step < WHEEL_STEPS; step += 1) {
    await page.mouse.wheel(0, step < WHEEL_STEPS / 2 ? 240 : -240);
    await sleep(FRAME_MS);
  }
  return page.evaluate(() => window.probe.endSmoothness());
}

/** Takes states in and out of the filter. */
async function filters(page: Page): Promise<readonly number[]> {
  const times: number[] = [];
  await page.getByRole('button', { name: /^Filter by state/u }).click();
  for (let run = 0; run < FILTERS; run += 1) {
    const painted = page.evaluate(() => window.probe.nextSheet());
    await page
      .getByRole('checkbox', { name: /^(?:Failed|Skipped)/u })
      .nth(run % 2)
      .click();
    times.push(await painted);
    await sleep(PAUSE_MS);
  }
  await page.keyboard.press('Escape');
  return times;
}

/** Tags, and a bare commit on the same disk between each two. */
interface Tags {
  readonly times: readonly TagTimes[];
  readonly bareMs: readonly number[];
}

async function tags(page: Page, count: number): Promise<Tags> {
  const times: TagTimes[] = [];
  const bareMs: number[] = [];
  for (let run = 0; run < count; run += 1) {
    await page.keyboard.press('ArrowRight');
    const [word, isThere, key] = run % 2 === 0 ? ['harbour', true, 'h'] : ['sailing', true, 's'];
    const painted = page.evaluate(([word, isThere]) => window.probe.nextTag(word, isThere), [
      word,
      isThere,
    ] as const);
    await page.keyboard.press(key);
    times.push(await painted);
    await sleep(PAUSE_MS / 2);
    bareMs.push(bare.commit());
    await sleep(PAUSE_MS / 2);
  }
  return { times, bareMs };
}

/** What to add to the page's clock to have the system's monotonic one, in ms: from the quickest of many looks. */
async function clockOffset(page: Page): Promise<number> {
  let best = { ms: Infinity, offset: 0 };
  for (let look = 0; look < CLOCK_LOOKS; look += 1) {
    const begin = monotonicMs();
    const shown = await page.evaluate(() => performance.now());
    const end = monotonicMs();
    if (end - begin < best.ms) best = { ms: end - begin, offset: (begin + end) / 2 - shown };
  }
  return best.offset;
}

function monotonicMs(): number {
  return Number(process.hrtime.bigint()) / 1e6;
}

/** From each key to the moment at which its committed tag was answered. */
async function durableTimes(times: readonly TagTimes[], offset: number): Promise<readonly number[]> {
  const answers = (await readFile(answersFile, 'utf8'))
    .split('\n')
    .map((line) => line.split(' '))
    .map(([callId, ns]) => ({ callId: Number(callId), at: Number(ns) / 1e6 }));
  return times.map(({ callId, keyAt }) => {
    // Other lines have calls of the same number; theirs were answered before.
    const answer = answers.find((one) => one.callId === callId && one.at > keyAt + offset - CLOCK_SLACK_MS);
    if (answer === undefined) throw new Error(`The answer to call ${callId} was not seen to leave.`);
    return answer.at - keyAt - offset;
  });
}

function tagFigures(when: string, { times, bareMs }: Tags, durable: readonly number[]): readonly Figure[] {
  const limit = (share: number) => ({ name: 'bare commit then', value: quantile(bareMs, share) });
  const answered = times.map(({ answeredMs }) => answeredMs);
  const painted = times.map(({ paintedMs }) => paintedMs);
  return [
    { name: `tag key → durable, ${when}, p50`, value: quantile(durable, 0.5), limit: limit(0.5) },
    { name: `tag key → durable, ${when}, p95`, value: quantile(durable, 0.95), aim: 16, limit: limit(0.95) },
    { name: `tag key → answer in the page, ${when}, p95`, value: quantile(answered, 0.95) },
    { name: `tag key → painted, ${when}, p50`, value: quantile(painted, 0.5) },
    { name: `tag key → painted, ${when}, p95`, value: quantile(painted, 0.95), aim: 50 },
  ];
}

function smoothFigures(when: string, { longTasks, frames }: Smoothness): readonly Figure[] {
  return [
    { name: `scrolling, ${when}: tasks over 50 ms`, value: longTasks.length, unit: '', aim: 0 },
    { name: `scrolling, ${when}: longest task`, value: Math.max(0, ...longTasks), aim: 50 },
    { name: `scrolling, ${when}: time between frames, p95`, value: quantile(frames, 0.95) },
  ];
}

await useKeySet(studio, { h: 'harbour', s: 'sailing' });
const coming = await writeComing(studio);
const restSheets = await firstSheets();
const page = await open();
await untilSheetHas(page, PHOTOS);
await cursorToFirst(page);
const restScroll = await scroll(page);
const restFilters = await filters(page);
await cursorToFirst(page);
const restTags = await tags(page, 40);

const { line } = studio.host();
const { destinationId } = await line.glance({ destinationId: null });
const begin = performance.now();
await line.addFolders({ paths: [coming], destinationId });
const knownCount = async (): Promise<number> =>
  (await line.sheet({ query: { destinationId, filter: {}, groupBy: 'day', descending: false } })).unfiltered;
while ((await knownCount()) === PHOTOS) await sleep(50);

const profiler = profileFolder === undefined ? null : await page.context().newCDPSession(page);
await profiler?.send('Profiler.enable');
await profiler?.send('Profiler.start');
const busyTags = await tags(page, TAGS);
const busyScroll = await scroll(page);
const busyFilters = await filters(page);
const busySheets = await firstSheets();
if (profiler !== null && profileFolder !== undefined) {
  const { profile } = await profiler.send('Profiler.stop');
  await writeFile(path.join(profileFolder, 'page.cpuprofile'), JSON.stringify(profile));
}
const offset = await clockOffset(page);
const counts = (await line.glance({ destinationId })).counts;
const seconds = (performance.now() - begin) / 1000;
await browser.close();
bare.close();

const first = (
  when: string,
  { cells, pictures }: Awaited<ReturnType<typeof firstSheets>>,
): readonly Figure[] => [
  {
    name: `first sheet ${when}: photos in their places`,
    value: quantile(cells, 0.5),
    aim: 1000,
    samples: cells,
  },
  {
    name: `first sheet ${when}: all pictures in sight`,
    value: quantile(pictures, 0.5),
    aim: 1000,
    samples: pictures,
  },
];
const filtered = (when: string, times: readonly number[]): Figure => ({
  name: `filter → painted, ${when}, p95`,
  value: quantile(times, 0.95),
  aim: 100,
  samples: times,
});
const indexed = counts.indexed - PHOTOS * 0.92;
printFigures(
  `The window over ${PHOTOS} photos, at rest and while ${COMING} photos of ${FILE_BYTES / 1000} KB come in ` +
    `(${indexed} of them done after ${rounded(seconds)} s)`,
  [
    ...first('at rest', restSheets),
    ...smoothFigures('at rest', restScroll),
    filtered('at rest', restFilters),
    ...tagFigures('at rest', restTags, await durableTimes(restTags.times, offset)),
    ...tagFigures('while they come', busyTags, await durableTimes(busyTags.times, offset)),
    ...smoothFigures('while they come', busyScroll),
    filtered('while they come', busyFilters),
    ...first('while they come', busySheets),
  ],
);
