/** What is looked at stays where it is, says in which state it is, and is never shown as tagged when it is not. */
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { openLedger } from '../../electron/engine/ledger/ledger.ts';
import { random } from '../support/drawing.ts';
import { jpeg } from '../support/pictures.ts';
import { photoName, startStudio, type Studio, type Tags } from '../support/window.ts';
import { browser } from './browser.ts';
import { useKeySet } from './key-set.ts';
import {
  cell,
  cursorToFirst,
  grid,
  openWindow,
  photoUnderCursor,
  shownPhotos,
  shownTags,
  statusSentence,
  until,
  untilPictures,
  untilSheetHas,
  untilText,
} from './page-model.ts';
import type { PhotoState } from '#shared/photo.ts';

/** Another one each run; `SEED=…` repeats one. */
const SEED = Number(process.env['SEED'] ?? Math.floor(Math.random() * 1_000_000));

/** Photos that come before all others: on a day of their own, or on the day of the others. */
async function writeOlder(studio: Studio, day: string, count: number, from = 0): Promise<void> {
  for (let index = from; index < count; index += 1) {
    const capturedAt = `${day}T05:${String(index).padStart(2, '0')}:00`;
    const bytes = await jpeg({
      width: 360,
      height: 240,
      seed: Number(day.slice(-2)) * 100 + index,
      exif: { capturedAt },
    });
    await writeFile(path.join(studio.home, 'Shoot', `OLDER_${day}_${index}.jpg`), bytes);
  }
}

/** Notes from now on, frame by frame, at which height photos are drawn; null where one is not. */
async function watchTops(
  page: Page,
  names: readonly string[],
): Promise<() => Promise<Record<string, unknown[]>>> {
  await page.evaluate((names) => {
    const seen = new Map(names.map((name) => [name, new Set<number | null>()]));
    const look = (): void => {
      for (const [name, tops] of seen) {
        const there = document.querySelector(`[role="gridcell"][aria-label^="${name},"]`);
        tops.add(there === null ? null : Math.round(there.getBoundingClientRect().top));
      }
      requestAnimationFrame(look);
    };
    look();
    Object.assign(window, { seenTops: seen });
  }, names);
  return () =>
    page.evaluate(() => {
      const { seenTops } = window as unknown as { readonly seenTops: Map<string, Set<number | null>> };
      return Object.fromEntries([...seenTops].map(([name, tops]) => [name, [...tops]]));
    });
}

/** Photos of the row that is the first to lie whole in view. */
async function firstWholeRow(page: Page): Promise<{ readonly names: string[]; readonly top: number }> {
  const edge = (await grid(page).boundingBox())?.y ?? 0;
  const cells = await page.getByRole('gridcell').evaluateAll((all) =>
    all.map((one) => ({
      name: one.getAttribute('aria-label')?.split(',')[0] ?? '',
      top: Math.round(one.getBoundingClientRect().top),
    })),
  );
  const top = Math.min(...cells.map((one) => one.top).filter((each) => each > edge));
  return { names: cells.filter((one) => one.top === top).map(({ name }) => name), top };
}

async function selected(page: Page): Promise<string[]> {
  return (await shownPhotos(page)).filter(({ isSelected }) => isSelected).map(({ name }) => name);
}

describe('the sheet', () => {
  it('keeps what is looked at in its place, and selected, while photos come in above it', async () => {
    await using studio = await startStudio({ photoCount: 60, isTakenIn: true });
    await until(async () => (await studio.rows()).filter(({ hasThumbnails }) => hasThumbnails).length, 60);
    const { page, problems, close } = await openWindow(browser, studio.host().address, {
      viewport: { width: 1280, height: 600 },
    });
    await untilSheetHas(page, 60);
    await untilPictures(page, 10);
    await grid(page).hover();
    await page.mouse.wheel(0, 700);
    await untilPictures(page, 10);
    await until(async () => (await grid(page).evaluate(({ scrollTop }) => scrollTop)) === 700, true);
    const { names, top } = await firstWholeRow(page);
    const [one = '', other = ''] = names;
    await cell(page, one).click();
    await cell(page, other).click({ modifiers: ['Shift'] });
    await until(() => selected(page), [one, other]);

    // A day of its own above: nothing that is in view moves, not for a frame.
    const tops = await watchTops(page, names);
    await writeOlder(studio, '2026-04-30', 12);
    await untilSheetHas(page, 72);
    expect(await tops()).toEqual(Object.fromEntries(names.map((name) => [name, [top]])));
    expect(await selected(page)).toEqual([one, other]);
    expect((await photoUnderCursor(page)).name).toBe(other);

    // The same day fills up, bit by bit, by two whole rows: each time rows are dealt anew, and nobody is led away.
    const all = 2 * names.length;
    await writeOlder(studio, '2026-05-02', 3);
    await untilSheetHas(page, 72 + 3);
    await writeOlder(studio, '2026-05-02', all, 3);
    await untilSheetHas(page, 72 + all);
    await until(async () => (await firstWholeRow(page)).names, names);
    expect((await firstWholeRow(page)).top).toBe(top);
    expect(await selected(page)).toEqual([one, other]);
    await close();
    expect(problems).toEqual([]);
  });

  it('draws each state with a mark of its own, says it, and lets one find it', async () => {
    await using studio = await startStudio({ photoCount: 5, isTakenIn: true });
    await until(async () => (await studio.rows()).length, 5);
    await until(() => studio.isQuiet(), true);
    // What only the account's own acts lead to is brought into the ledger by the moves that it allows.
    await studio.host().stop();
    const ledger = openLedger(path.join(studio.dataFolder, 'ledger.db'));
    const move = ledger.db.prepare<[string, string | null, string]>(
      `UPDATE upload SET state = ?, reason = ? WHERE photo_id =
         (SELECT photo_id FROM file WHERE path = ?)`,
    );
    move.run('deleting', null, photoName(1));
    move.run('deleting', null, photoName(2));
    move.run('removed', null, photoName(2));
    for (const place of [3, 4]) {
      move.run('deleting', null, photoName(place));
      move.run('failed', 'indexing-failed', photoName(place));
    }
    move.run('skipped', 'skipped-by-owner', photoName(4));
    ledger.close();
    const { address } = await studio.restart('in order');
    const states: readonly PhotoState[] = ['indexed', 'deleting', 'removed', 'failed', 'skipped'];
    expect((await studio.rows()).map(({ state }) => state)).toEqual(states);

    const { page, problems, close } = await openWindow(browser, address);
    await untilSheetHas(page, 5);
    expect((await shownPhotos(page)).map(({ state }) => state)).toEqual(states);
    const shapes = new Set<string>();
    for (const [place, state] of states.entries()) {
      const mark = cell(page, photoName(place)).locator(`[data-state="${state}"]`);
      const picture = await cell(page, photoName(place)).boundingBox();
      const box = await mark.boundingBox();
      if (box === null || picture === null) throw new Error(`The mark of ${state} is not drawn.`);
      expect(Math.min(box.width, box.height)).toBeGreaterThanOrEqual(12);
      expect(box.x).toBeGreaterThanOrEqual(picture.x);
      expect(box.y + box.height).toBeLessThanOrEqual(picture.y + picture.height);
      // Who points at it is told its name; who listens hears it with the photo's.
      expect((await mark.locator('title').textContent())?.toLowerCase()).toBe(state);
      shapes.add(
        await mark.locator('svg').evaluate((svg) =>
          [...svg.children]
            .slice(1)
            .map((one) => one.outerHTML)
            .join(''),
        ),
      );
    }
    expect(shapes.size).toBe(states.length);

    // What is everywhere is quiet until one looks at the photo; all others are seen at once.
    const opacityOf = (place: number): Promise<string> =>
      cell(page, photoName(place))
        .locator('[data-state]')
        .evaluate((mark) => getComputedStyle(mark).opacity);
    expect(await Promise.all(states.map((_state, place) => opacityOf(place)))).toEqual([
      '0',
      '1',
      '1',
      '1',
      '1',
    ]);
    await cell(page, photoName(0)).click();
    await until(() => opacityOf(0), '1');

    for (const [name, place] of [
      ['Deleting', 1],
      ['Removed', 2],
    ] as const) {
      await page.getByRole('button', { name: /^Filter by state/u }).click();
      await page.getByRole('checkbox', { name }).click();
      await until(async () => (await shownPhotos(page)).map((photo) => photo.name), [photoName(place)]);
      await page.keyboard.press('Escape');
      await page.getByRole('button', { name: 'Clear all filters' }).click();
      await until(async () => (await shownPhotos(page)).length, 5);
    }
    // Only a failure is told in the colour of trouble.
    const told = async (place: number, sentence: RegExp): Promise<string> => {
      await cell(page, photoName(place)).click();
      const words = page.getByRole('complementary').getByText(sentence);
      await words.waitFor();
      return words.evaluate((one) => getComputedStyle(one).color);
    };
    const skipped = await told(4, /^You chose to leave it out\.$/u);
    const plain = await page.getByText('Its way').evaluate((one) => getComputedStyle(one).color);
    expect(skipped).toBe(plain);
    expect(await told(3, /^The service has the picture but could not index it/u)).not.toBe(plain);
    await close();
    expect(problems).toEqual([]);
  });
});

/** How far a key press gets before everything is killed. */
type Fate = 'never arrives' | 'answer is lost' | { readonly killedAfterMs: number };

describe('a key press under way when everything is killed', () => {
  it('is never shown as done and lost', async () => {
    await using studio = await startStudio({ photoCount: 6, isTakenIn: true });
    await until(async () => (await studio.rows()).filter(({ hasThumbnails }) => hasThumbnails).length, 6);
    await useKeySet(studio, { 1: 'bride' });
    const next = random(SEED);
    const raced = (): Fate => ({ killedAfterMs: next() * 25 });
    const fates: readonly Fate[] = ['never arrives', 'answer is lost', raced(), raced()];
    for (const [place, fate] of fates.entries()) {
      const before = await studio.ledgerTags();
      const { page, close } = await openWindow(browser, 'about:blank');
      const arrived = Promise.withResolvers<void>();
      let isPressed = false;
      await page.routeWebSocket(/\/engine$/u, (socket) => {
        const server = socket.connectToServer();
        socket.onMessage((message) => {
          const isTag = String(message).includes('"call":"tag"');
          if (isTag) arrived.resolve();
          if (!isTag || fate !== 'never arrives') server.send(message);
        });
        server.onMessage((message) => {
          if (!isPressed || fate !== 'answer is lost') socket.send(message);
        });
      });
      await page.goto(studio.host().address);
      await untilPictures(page, 6);
      expect(await shownTags(page)).toEqual(before);
      await page.getByRole('region', { name: 'Key set' }).getByText('bride').waitFor();
      await cursorToFirst(page);
      for (let step = 0; step < place; step += 1) await page.keyboard.press('ArrowRight');
      isPressed = true;
      await page.keyboard.press('1');
      await arrived.promise;
      const after = new Map<string, Tags>([...before, [photoName(place), { bride: 1 }]]);
      if (fate === 'answer is lost') await until(() => studio.ledgerTags(), after, { pauseMs: 5 });
      if (typeof fate === 'object') await page.waitForTimeout(fate.killedAfterMs);
      await studio.host().kill('group');

      await untilText(() => statusSentence(page), /^The line to Tagalong broke/u);
      const isShown = (await photoUnderCursor(page)).tags['bride'] === 1;
      const says = await page.getByRole('region', { name: 'Not kept' }).allInnerTexts();
      await studio.restart('kill');
      const kept = await studio.ledgerTags();
      const isKept = kept.has(photoName(place));
      const what = `seed ${SEED}, ${JSON.stringify(fate)}`;
      expect(kept, what).toEqual(isKept ? after : before);
      // Shown: it is in the ledger. Not shown: the page says so, whichever way it went.
      expect({ isShown, saysNot: says.length > 0 }, what).toEqual({ isShown, saysNot: !isShown });
      if (isShown) expect(isKept, what).toBe(true);
      if (!isShown) expect(says.join(), what).toMatch(/^The line broke before “bride” was confirmed\./u);
      if (typeof fate === 'string')
        expect({ isShown, isKept }).toEqual({ isShown: false, isKept: fate === 'answer is lost' });
      await close();
    }
    // Whoever looks again sees what is kept.
    const { page, close } = await openWindow(browser, studio.host().address);
    await untilPictures(page, 6);
    expect(await shownTags(page)).toEqual(await studio.ledgerTags());
    await close();
  });
});
