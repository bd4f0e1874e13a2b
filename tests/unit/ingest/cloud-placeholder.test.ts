import { describe, expect, it } from 'vitest';
import { isBlockless, realNameOfStub } from '../../../electron/engine/ingest/cloud-placeholder.ts';

describe('stub names', () => {
  it.each([
    ['.IMG_1.jpg.icloud', 'IMG_1.jpg'],
    ['IMG_1.jpg.nextcloud', 'IMG_1.jpg'],
    ['IMG_1.JPG.ownCloud', 'IMG_1.JPG'],
    ['IMG_1.jpg.icloud', null],
    ['.icloud', null],
    ['.nextcloud', null],
    ['cloud.jpg', null],
    ['soundcloud', null],
  ])('%s stands for %s', (name, real) => expect(realNameOfStub(name)).toBe(real));
});

describe('files without blocks', () => {
  it.each([
    ['linux', 65_536, 0, true],
    ['linux', 65_535, 0, false],
    ['linux', 5_000_000, 8, false],
    ['darwin', 4_097, 0, true],
    ['win32', 5_000_000, 0, true],
    ['win32', 600, 0, false],
    ['darwin', 0, 0, false],
  ] as const)('on %s, %d bytes in %d blocks: %s', (platform, size, blocks, expected) => {
    expect(isBlockless({ size, blocks }, platform)).toBe(expected);
  });
});
