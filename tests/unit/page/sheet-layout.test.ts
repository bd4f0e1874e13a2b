import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  boxOf,
  layOut,
  lineOf,
  placeBeside,
  placeRowsAway,
  placesBetween,
  runsIn,
  scrollTo,
} from '../../../renderer/src/sheet/layout.ts';
import type { SheetSection } from '#shared/sheet.ts';

function sectionsOf(counts: readonly number[]): SheetSection[] {
  let start = 0;
  return counts.map((count, index) => {
    const section = { key: String(index), day: null, folders: [], start, count };
    start += count;
    return section;
  });
}

const sheets = fc
  .record({
    counts: fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 20 }),
    width: fc.integer({ min: 300, max: 2600 }),
    size: fc.constantFrom('small' as const, 'medium' as const, 'large' as const),
    scale: fc.constantFrom(1, 0.9, 1.15, 1.3, 2),
  })
  .map(({ counts, width, size, scale }) => layOut(sectionsOf(counts), width, size, scale));

describe('the layout of a sheet', () => {
  it('lays photos in rows of one size, sections one below the other, within the table', () => {
    fc.assert(
      fc.property(sheets, (layout) => {
        let bottom = 0;
        for (const { section, top, height } of layout.sections) {
          expect(top).toBe(bottom);
          bottom = top + height;
          for (const place of [section.start, section.start + section.count - 1]) {
            const box = boxOf(layout, place);
            expect(box?.top).toBeGreaterThan(top);
            expect((box?.top ?? 0) + (box?.height ?? 0)).toBeLessThan(bottom);
          }
        }
        expect(layout.height).toBe(bottom);
        expect(lineOf(layout, layout.total - 1)).toBe(layout.lineCount);
      }),
    );
  });

  it('finds the photos that a rectangle touches, as looking at every cell would', () => {
    fc.assert(
      fc.property(
        sheets,
        fc.nat(3000),
        fc.nat(6000),
        fc.nat(1500),
        fc.nat(3000),
        (layout, left, top, width, height) => {
          const area = { left, top, width, height };
          const found = runsIn(layout, area).flatMap(({ from, to }) =>
            Array.from({ length: to - from + 1 }, (_, index) => from + index),
          );
          const expected = Array.from({ length: layout.total }, (_, place) => place).filter((place) => {
            const box = boxOf(layout, place);
            // The gap after a cell belongs to it, so that a thin rectangle between two touches one.
            return (
              box !== null &&
              box.left <= left + width &&
              box.left + layout.cellWidth + layout.gap > left &&
              box.top <= top + height &&
              box.top + layout.rowHeight > top
            );
          });
          expect(found).toEqual(expected);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('moves by how photos lie: up and down keep the column across sections and short rows', () => {
    // Two columns of large cells: 5 and 3 photos.
    const layout = layOut(sectionsOf([5, 3]), 616, 'large');
    expect(layout.columns).toBe(2);
    const down = [0, 1, 2, 3, 4, 5, 6, 7].map((place) => placeBeside(layout, place, 'down'));
    expect(down).toEqual([2, 3, 4, 4, 5, 7, 7, 7]);
    const up = [0, 1, 2, 3, 4, 5, 6, 7].map((place) => placeBeside(layout, place, 'up'));
    expect(up).toEqual([0, 1, 0, 1, 2, 4, 4, 5]);
    expect([placeRowsAway(layout, 1, 100), placeRowsAway(layout, 6, -100)]).toEqual([7, 1]);
    // A photo that left lies between two: the one after it came to its place.
    expect([placeBeside(layout, 2.5, 'right'), placeBeside(layout, 2.5, 'left')]).toEqual([3, 2]);
  });

  it('scrolls so far that a photo is seen whole below its heading, and not when it is', () => {
    fc.assert(
      fc.property(
        sheets,
        fc.nat(),
        fc.nat(8000),
        fc.integer({ min: 500, max: 1400 }),
        (layout, n, from, room) => {
          const view = (room * layout.gap) / 8;
          const place = n % layout.total;
          const top = scrollTo(layout, place, from, view);
          const box = boxOf(layout, place);
          if (box === null) throw new Error('Every photo has a box.');
          expect(box.top - layout.headingHeight).toBeGreaterThanOrEqual(top);
          expect(box.top + box.height).toBeLessThanOrEqual(Math.max(top + view, box.top + box.height - 1));
          expect(scrollTo(layout, place, top, view)).toBe(top);
        },
      ),
    );
  });

  it('grows with the interface: the same share of the table for a picture, its words and its heading', () => {
    const sections = sectionsOf([90, 7]);
    const [normal, double] = [layOut(sections, 1000, 'large'), layOut(sections, 2000, 'large', 2)];
    expect(double.columns).toBe(normal.columns);
    expect([double.gap, double.headingHeight, double.captionHeight]).toEqual([16, 72, 72]);
    expect(Math.abs(double.height - 2 * normal.height)).toBeLessThan(2 * normal.lineCount);
  });

  it('keeps 100,000 photos below the height that browsers can scroll', () => {
    const layout = layOut(sectionsOf(Array.from({ length: 400 }, () => 250)), 580, 'large');
    expect(layout.total).toBe(100_000);
    expect(layout.height).toBeLessThan(33_000_000);
    const seen = placesBetween(layout, layout.height - 800, layout.height);
    expect(seen?.to).toBe(99_999);
  });
});
