import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { WHOLE, fitScale, panBy, placeIn, zoomAt } from '../../../renderer/src/loupe/zoom.ts';
import { fitInto, sharpSize } from '../../../renderer/src/sheet/picture-size.ts';

const frame = {
  picture: { width: 6000, height: 4000 },
  pane: { width: 1200, height: 900 },
  pixelRatio: 2,
};

describe('looking closely', () => {
  it('shows all of a picture, but never more than its pixels', () => {
    expect(placeIn(WHOLE, frame.picture, frame.pane, 2)).toEqual({
      width: 1200,
      height: 800,
      left: 0,
      top: 50,
    });
    expect(fitScale({ width: 300, height: 200 }, frame.pane, 2)).toBe(0.5);
  });

  it('keeps the point under the pointer where it is, as far as the picture fills the pane', () => {
    fc.assert(
      fc.property(fc.integer({ min: 300, max: 900 }), fc.integer({ min: 300, max: 600 }), (x, y) => {
        const zoom = zoomAt(WHOLE, 0.5, { x, y }, frame);
        const before = placeIn(WHOLE, frame.picture, frame.pane, 2);
        const after = placeIn(zoom, frame.picture, frame.pane, 2);
        expect((x - after.left) / after.width).toBeCloseTo((x - before.left) / before.width, 6);
        expect((y - after.top) / after.height).toBeCloseTo((y - before.top) / before.height, 6);
        expect(zoomAt(zoom, 0.01, { x, y }, frame)).toEqual(WHOLE);
      }),
    );
  });

  it('pans within the picture', () => {
    const zoom = zoomAt(WHOLE, 0.5, { x: 600, y: 450 }, frame);
    const far = placeIn(panBy(zoom, { x: 99_999, y: -99_999 }, frame), frame.picture, frame.pane, 2);
    expect([far.left, far.top]).toEqual([0, 900 - 2000]);
    expect(panBy(WHOLE, { x: 5, y: 5 }, frame)).toEqual(WHOLE);
  });
});

describe('a picture in its cell', () => {
  it('keeps its proportions, and gets the smallest thumbnail that is sharp there', () => {
    expect(fitInto({ width: 4000, height: 6000 }, { width: 176, height: 132 })).toEqual({
      width: 88,
      height: 132,
    });
    const shown = { width: 176, height: 117 };
    expect([1, 1.5, 2, 4].map((ratio) => sharpSize(shown, ratio))).toEqual([320, 320, 640, 640]);
  });
});
