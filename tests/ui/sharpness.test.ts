/** Thumbnails on a screen with two pixels to the point: sharp at all sizes, and the right way up. */
import { mkdirSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import sharp from 'sharp';
import { expect, it } from 'vitest';
import type { Orientation } from '#shared/photo.ts';
import { QUADRANTS, storedQuadrants } from '../support/quadrants.ts';
import { startStudio } from '../support/window.ts';
import { browser } from './browser.ts';
import { openWindow, until, untilPictures, cell } from './page-model.ts';

/** Longer than twice the largest size of the sheet, so that no picture is the limit itself. */
const ENLARGED = 12;
const NEAR = 40;

/** The colour in the middle of each quadrant of a screenshot. */
async function quadrantsOf(shot: Buffer): Promise<number[][]> {
  const { data, info } = await sharp(shot).removeAlpha().raw().toBuffer({ resolveWithObject: true });
  return [
    [0.25, 0.25],
    [0.75, 0.25],
    [0.25, 0.75],
    [0.75, 0.75],
  ].map(([x = 0, y = 0]) => {
    const at = (Math.floor(y * info.height) * info.width + Math.floor(x * info.width)) * info.channels;
    return [...data.subarray(at, at + 3)];
  });
}

it('draws every picture with at least as many pixels as the screen has there, upright, at all three sizes', async () => {
  await using studio = await startStudio({ photoCount: 12 });
  const folder = path.join(studio.home, 'Turned');
  mkdirSync(folder);
  for (const orientation of [1, 2, 3, 4, 5, 6, 7, 8] as const satisfies readonly Orientation[]) {
    const { pixels, width, height } = storedQuadrants(orientation);
    const bytes = await sharp(pixels, { raw: { width, height, channels: 3 } })
      .resize(width * ENLARGED, height * ENLARGED, { kernel: 'nearest' })
      .withMetadata({ orientation })
      .jpeg({ quality: 92 - orientation })
      .toBuffer();
    await writeFile(path.join(folder, `turned-${orientation}.jpg`), bytes);
  }
  const { line } = studio.host();
  const { destinationId } = await line.glance({ destinationId: null });
  await line.addFolders({ paths: [path.join(studio.home, 'Shoot'), folder], destinationId });
  await until(async () => (await studio.rows()).filter(({ hasThumbnails }) => hasThumbnails).length, 20);

  for (const sheetSize of ['small', 'medium', 'large'] as const) {
    await line.saveViewSettings({ settings: { sheetSize } });
    const { page } = await openWindow(browser, studio.host().address, { deviceScaleFactor: 2 });
    await untilPictures(page, sheetSize === 'large' ? 4 : 12);
    const drawn = await page.getByRole('gridcell').evaluateAll((cells) =>
      cells.map((one) => {
        const picture = one.querySelector('img');
        const { width = 0, height = 0 } = picture?.getBoundingClientRect() ?? {};
        return {
          wanted: Math.max(width, height) * window.devicePixelRatio,
          has: Math.max(picture?.naturalWidth ?? 0, picture?.naturalHeight ?? 0),
          bends: Math.abs(width / height - (picture?.naturalWidth ?? 0) / (picture?.naturalHeight ?? 1)),
        };
      }),
    );
    expect(drawn.length).toBeGreaterThan(3);
    expect(drawn.filter(({ wanted, has }) => has < Math.floor(wanted))).toEqual([]);
    expect(drawn.filter(({ bends }) => bends > 0.03)).toEqual([]);

    for (const orientation of [1, 2, 3, 4, 5, 6, 7, 8]) {
      const one = cell(page, `turned-${orientation}.jpg`);
      if ((await one.count()) === 0) continue;
      const seen = await quadrantsOf(await one.locator('img').screenshot());
      const off = seen.flatMap((colour, place) =>
        colour.map((value, channel) => Math.abs(value - (QUADRANTS[place]?.[channel] ?? 0))),
      );
      expect({ orientation, sheetSize, off: Math.max(...off) < NEAR }).toEqual({
        orientation,
        sheetSize,
        off: true,
      });
    }
    await page.context().close();
  }
});
