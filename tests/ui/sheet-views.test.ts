/** What the sheet shows and in which order: filters that compose, sections by day and folder, and a view that stays still while photos come in. */
import { writeFile } from 'node:fs/promises';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { jpeg } from '../support/pictures.ts';
import { startStudio, type Studio } from '../support/window.ts';
import { browser } from './browser.ts';
import { openWindow, shownPhotos, until, untilPictures } from './page-model.ts';

/** Photos of two folders that overlap in time, by two cameras and one that is not known: name → day, camera. */
const SHOOTS = {
  Harbour: {
    'A1.jpg': ['2026-05-01', 'L1'],
    'A2.jpg': ['2026-05-01', 'L2'],
    'A3.jpg': ['2026-05-03', 'L1'],
    'A4.jpg': ['2026-05-03', null],
  },
  'Wedding/Card 12': { 'B1.jpg': ['2026-05-02', 'L2'], 'B2.jpg': ['2026-05-03', 'L2'] },
  'Wedding/Card 13': { 'C1.jpg': ['2026-05-02', 'L1'], 'C2.jpg': ['2026-06-10', 'L2'] },
} as const;
const IN_TIME = ['A1.jpg', 'A2.jpg', 'B1.jpg', 'C1.jpg', 'A3.jpg', 'A4.jpg', 'B2.jpg', 'C2.jpg'];

/** The service can do nothing with this one: it is in another state. */
const FAILED = 'B2.jpg';

let studio: Studio;
beforeAll(async () => {
  studio = await startStudio();
  const { line } = studio.host();
  const { destinationId } = await line.glance({ destinationId: null });
  const paths = ['Harbour', 'Wedding'].map((name) => path.join(studio.home, name));
  await studio.account.setFaults([{ kind: 'indexing-failure' }]);
  for (const folder of Object.keys(SHOOTS)) mkdirSync(path.join(studio.home, folder), { recursive: true });
  await writePhotos((name) => name === FAILED);
  await line.addFolders({ paths, destinationId });
  await until(async () => (await line.glance({ destinationId: null })).counts.failed, 1);
  await studio.account.setFaults([]);
  await writePhotos((name) => name !== FAILED);
  await line.addFolders({ paths, destinationId });
  await until(names, IN_TIME);
  await until(() => studio.isQuiet(), true);
  await tag(['A1.jpg', 'A3.jpg', 'B1.jpg'], 'bride', 1);
  await tag(['A2.jpg', 'C1.jpg'], 'bride', 0);
  await tag(['A1.jpg', 'C2.jpg'], 'cake', 1);
});
afterAll(() => studio[Symbol.asyncDispose]());

async function writePhotos(isWanted: (name: string) => boolean): Promise<void> {
  for (const [folder, files] of Object.entries(SHOOTS)) {
    for (const [name, [day, cameraModel]] of Object.entries(files).filter(([name]) => isWanted(name))) {
      const place = IN_TIME.indexOf(name);
      const capturedAt = `${day}T12:0${place}:00`;
      const facts = cameraModel === null ? {} : { cameraMake: 'Lumen', cameraModel };
      const bytes = await jpeg({ width: 360, height: 240, seed: place + 1, exif: { capturedAt, ...facts } });
      await writeFile(path.join(studio.home, folder, name), bytes);
    }
  }
}

async function names(): Promise<string[]> {
  return (await studio.rows()).map(({ name }) => name ?? '');
}

async function tag(photos: readonly string[], concept: string, value: 0 | 1): Promise<void> {
  const { line } = studio.host();
  const { destinationId } = await line.glance({ destinationId: null });
  const photoIds = (await studio.rows())
    .filter(({ name }) => photos.includes(name ?? ''))
    .map(({ photoId }) => photoId);
  expect(photoIds).toHaveLength(photos.length);
  await line.tag({ target: { photoIds }, wishes: [{ concept: { name: concept }, value }], destinationId });
}

/** Names in the order of the sheet. */
async function shown(page: Page): Promise<string[]> {
  return (await shownPhotos(page)).map(({ name }) => name);
}

type Part = 'State' | 'Concept' | 'Date' | 'Camera';

/** Opens the menu of a part of the filter. */
async function openPart(page: Page, part: Part): Promise<void> {
  await page.getByRole('button', { name: new RegExp(`^Filter by ${part.toLowerCase()}`, 'u') }).click();
  await page.getByRole('dialog').waitFor();
}

async function shut(page: Page): Promise<void> {
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
}

/** The lines of an open menu with their counts, once they are there: `L2` → 3. */
async function counts(page: Page): Promise<Record<string, number>> {
  const boxes = page.getByRole('dialog').getByRole('checkbox');
  await boxes.first().waitFor();
  const lines = await boxes.evaluateAll((all) =>
    all.map((one) => document.getElementById(one.getAttribute('aria-labelledby') ?? '')?.innerText ?? ''),
  );
  return Object.fromEntries(
    lines.map((line) => {
      const [label = '', count] = line.split(/\n+/u);
      return [label, Number(count)];
    }),
  );
}

/** What each line of a menu counts is what the sheet shows with it alone: choosing it and taking it back proves it. */
async function provesCounts(page: Page, part: Part): Promise<Record<string, number>> {
  await openPart(page, part);
  const told = await counts(page);
  const before = await shown(page);
  for (const [label, count] of Object.entries(told)) {
    const box = page.getByRole('dialog').getByRole('checkbox', { name: new RegExp(`^${label}`, 'u') });
    await box.click();
    await until(async () => (await shown(page)).length, count);
    await box.click();
    await until(() => shown(page), before);
  }
  await shut(page);
  return told;
}

describe('the filter bar', () => {
  it('counts by each part what the sheet then shows', async () => {
    const { page, problems, close } = await openWindow(browser, studio.host().address);
    await untilPictures(page, 7);
    expect(await provesCounts(page, 'Camera')).toEqual({ L1: 3, L2: 4, 'Camera not known': 1 });
    expect(await provesCounts(page, 'Date')).toEqual({
      'Fri, 1 May 2026': 2,
      'Sat, 2 May 2026': 2,
      'Sun, 3 May 2026': 3,
      'Wed, 10 Jun 2026': 1,
    });
    expect(await provesCounts(page, 'State')).toEqual({ Indexed: 7, Failed: 1 });
    await close();
    expect(problems).toEqual([]);
  });

  it('composes date, camera, state and concept, and brings the whole of it back after a reload', async () => {
    const { page, problems, close } = await openWindow(browser, studio.host().address);
    await untilPictures(page, 7);
    await openPart(page, 'Date');
    await page.getByLabel('From').fill('2026-05-01');
    await page.getByLabel('To', { exact: true }).fill('2026-05-03');
    await until(() => shown(page), IN_TIME.slice(0, 7));
    await shut(page);
    await openPart(page, 'Camera');
    expect(await counts(page)).toEqual({ L1: 3, L2: 3, 'Camera not known': 1 });
    await page.getByRole('checkbox', { name: /^L1/u }).click();
    await page.getByRole('checkbox', { name: /^L2/u }).click();
    await until(() => shown(page), ['A1.jpg', 'A2.jpg', 'B1.jpg', 'C1.jpg', 'A3.jpg', FAILED]);
    await shut(page);
    await openPart(page, 'State');
    expect(await counts(page)).toEqual({ Indexed: 5, Failed: 1 });
    await page.getByRole('checkbox', { name: /^Indexed/u }).click();
    await shut(page);

    const sayings = [
      ['With bride, 3', ['A1.jpg', 'B1.jpg', 'A3.jpg']],
      ['Marked as not bride, 2', ['A2.jpg', 'C1.jpg']],
      ['Nothing said of cake', ['A2.jpg', 'B1.jpg', 'C1.jpg', 'A3.jpg']],
    ] as const;
    await openPart(page, 'Concept');
    for (const [name, wanted] of sayings) {
      const wish = page.getByRole('dialog').getByRole('button', { name, exact: true });
      await wish.click();
      await until(() => shown(page), [...wanted]);
      await wish.click();
      await until(async () => (await shown(page)).length, 5);
    }
    // Two wishes hold together; the words beside the bar count what is left.
    await page.getByRole('button', { name: 'With bride, 3', exact: true }).click();
    await page.getByRole('button', { name: 'Nothing said of cake', exact: true }).click();
    await until(() => shown(page), ['B1.jpg', 'A3.jpg']);
    await shut(page);
    await page.getByRole('search').getByText('2 of 8', { exact: true }).waitFor();
    await openPart(page, 'Camera');
    expect(await counts(page)).toEqual({ L1: 1, L2: 1 });
    await page.getByRole('checkbox', { name: /^L2/u }).click();
    await until(() => shown(page), ['A3.jpg']);
    await shut(page);

    await page.getByRole('button', { name: 'Saved filters' }).click();
    await page.getByLabel('Name of the filter').fill('Bride by L1');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Bride by L1', exact: true }).waitFor();
    await page.reload();
    await until(() => shown(page), IN_TIME);
    await page.getByRole('button', { name: 'Saved filters' }).click();
    await page.getByRole('button', { name: 'Bride by L1', exact: true }).click();
    await until(() => shown(page), ['A3.jpg']);
    await shut(page);
    const bar = await page
      .getByRole('search')
      .getByRole('button', { name: /^Filter by/u })
      .evaluateAll((buttons) => buttons.map((button) => button.getAttribute('aria-label')));
    expect(bar).toEqual([
      'Filter by state: Indexed',
      'Filter by folder',
      'Filter by concept: bride, no word on cake',
      'Filter by date: Fri, 1 May 2026 – Sun, 3 May 2026',
      'Filter by camera: L1',
      'Filter by rating',
    ]);
    await close();
    expect(problems).toEqual([]);
  });

  it('shows photos without any tag, and takes that back when a concept is asked for', async () => {
    const { page, close } = await openWindow(browser, studio.host().address);
    await untilPictures(page, 7);
    await openPart(page, 'Concept');
    const untagged = page.getByRole('checkbox', { name: /^Without any tag\s*2$/u });
    await untagged.click();
    await until(() => shown(page), ['A4.jpg', FAILED]);
    await page
      .getByRole('dialog')
      .getByRole('button', { name: /^With cake/u })
      .click();
    await until(() => shown(page), ['A1.jpg', 'C2.jpg']);
    await close();
  });
});

/** Headings in the order of the sheet, each with the photos under it. */
async function sections(page: Page): Promise<[string, string[]][]> {
  const groups = await page.getByRole('rowgroup').evaluateAll((all) =>
    all.map((group) => ({
      top: group.getBoundingClientRect().top,
      heading: [...(group.querySelector('[role="rowheader"] button')?.children ?? [])]
        .map(({ textContent }) => textContent)
        .join(': '),
      labels: [...group.querySelectorAll('[role="gridcell"]')].map(
        (one) => one.getAttribute('aria-label') ?? '',
      ),
    })),
  );
  return groups
    .toSorted((a, b) => a.top - b.top)
    .map(({ heading, labels }): [string, string[]] => [
      heading,
      labels.map((label) => label.split(',')[0] ?? ''),
    ]);
}

async function view(page: Page, choice: string): Promise<void> {
  await page.getByRole('button', { name: 'View', exact: true }).click();
  await page.getByRole('menuitemradio', { name: choice }).click();
  await page.keyboard.press('Escape');
  await page.getByRole('menu').waitFor({ state: 'detached' });
}

describe('sections', () => {
  it('are shoot days or folders, oldest or newest first, and stay so over a reload', async () => {
    const { page, problems, close } = await openWindow(browser, studio.host().address);
    await untilPictures(page, 7);
    const byDay: readonly [string, string[]][] = [
      ['Fri, 1 May 2026 · Harbour: 2 photos', ['A1.jpg', 'A2.jpg']],
      ['Sat, 2 May 2026 · Card 12 · Card 13: 2 photos', ['B1.jpg', 'C1.jpg']],
      ['Sun, 3 May 2026 · Harbour · Card 12: 3 photos', ['A3.jpg', 'A4.jpg', FAILED]],
      ['Wed, 10 Jun 2026 · Card 13: 1 photo', ['C2.jpg']],
    ];
    await until(() => sections(page), [...byDay]);

    await view(page, 'Newest first');
    // Folders of a heading with as many photos stand in the order of the photos.
    const newest = byDay
      .toReversed()
      .map(([heading, photos]): [string, string[]] => [
        heading.replace('Card 12 · Card 13', 'Card 13 · Card 12'),
        photos.toReversed(),
      ]);
    await until(() => sections(page), newest);
    await page.reload();
    await until(() => sections(page), newest);

    // Folders by their newest photo, and in each the newest first.
    await view(page, 'By folder');
    const folders: [string, string[]][] = [
      ['Wedding / Card 13: 2 photos', ['C2.jpg', 'C1.jpg']],
      ['Wedding / Card 12: 2 photos', [FAILED, 'B1.jpg']],
      ['Harbour: 4 photos', ['A4.jpg', 'A3.jpg', 'A2.jpg', 'A1.jpg']],
    ];
    await until(() => sections(page), folders);
    await page.reload();
    await until(() => sections(page), folders);

    await view(page, 'Oldest first');
    await until(
      () => sections(page),
      [
        ['Harbour: 4 photos', ['A1.jpg', 'A2.jpg', 'A3.jpg', 'A4.jpg']],
        ['Wedding / Card 12: 2 photos', ['B1.jpg', FAILED]],
        ['Wedding / Card 13: 2 photos', ['C1.jpg', 'C2.jpg']],
      ],
    );
    // A heading selects its section.
    await page
      .getByRole('rowheader', { name: /^Wedding \/ Card 12/u })
      .getByRole('button')
      .click();
    await until(
      async () => (await shownPhotos(page)).filter(({ isSelected }) => isSelected).map(({ name }) => name),
      ['B1.jpg', FAILED],
    );
    await view(page, 'By day');
    await until(() => sections(page), [...byDay]);
    await close();
    expect(problems).toEqual([]);
  });
});
