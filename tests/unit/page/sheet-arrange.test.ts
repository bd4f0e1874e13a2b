import { describe, expect, it } from 'vitest';
import { columnsFor } from '../../../renderer/src/loupe/arrange.ts';

const WIDE = { width: 3, height: 2 };
const TALL = { width: 2, height: 3 };
const WINDOW = { width: 1280, height: 800 };

describe('the arrangement of compared pictures', () => {
  it('is the one that shows them largest', () => {
    expect(columnsFor([WIDE, WIDE], WINDOW, 8)).toBe(2);
    expect(columnsFor([WIDE, WIDE, WIDE], WINDOW, 8)).toBe(2);
    expect(columnsFor([TALL, TALL, TALL], WINDOW, 8)).toBe(3);
    expect(columnsFor([TALL, TALL, TALL, TALL], WINDOW, 8)).toBe(4);
    expect(columnsFor([WIDE, WIDE, WIDE, WIDE], WINDOW, 8)).toBe(2);
    const panorama = { width: 6, height: 1 };
    expect(columnsFor([panorama, panorama, panorama], WINDOW, 8)).toBe(1);
  });
});
