/** How paths lie to each other: names that only begin alike, roots, steps back, and the folder itself. */
import { describe, expect, it } from 'vitest';
import {
  isAtOrBelow,
  isBelow,
  isPlaceAtOrBelow,
  leadsBelow,
  placeIn,
} from '../../../electron/engine/path-relations.ts';

describe.skipIf(process.platform === 'win32')('paths of the system', () => {
  it.each([
    ['/a/b/c.jpg', '/a/b', 'below'],
    ['/a/b', '/a/b', 'at'],
    ['/a/bc/d.jpg', '/a/b', 'elsewhere'],
    ['/a', '/a/b', 'elsewhere'],
    ['/a', '/', 'below'],
    ['/', '/', 'at'],
  ])('%s and %s: %s', (path, folder, is) => {
    expect([isAtOrBelow(path, folder), isBelow(path, folder)]).toEqual([is !== 'elsewhere', is === 'below']);
  });

  it.each([
    ['/a/b/c.jpg', '/a/b', true],
    ['/a/b', '/a/b', false],
    ['/a/bc/d.jpg', '/a/b', false],
    ['/a/b/../d.jpg', '/a/b', false],
    ['c.jpg', '/', false],
    ['/a/b/..c/d.jpg', '/a/b', true],
  ])('%s leads below %s: %s', (path, folder, is) => {
    expect(leadsBelow(path, folder)).toBe(is);
  });

  it.each([
    ['/a/b', '/a/b/c/d.jpg', 'c/d.jpg'],
    ['/', '/a', 'a'],
    ['/a/b', '/a/b', ''],
  ])('in %s, %s is “%s”', (folder, path, place) => {
    expect(placeIn(folder, path)).toBe(place);
  });
});

describe('places in a watched folder', () => {
  it.each([
    ['b/c', 'b', true],
    ['b', 'b', true],
    ['bc', 'b', false],
    ['', 'b', false],
    ['b', '', true],
    ['', '', true],
  ])('“%s” is at or below “%s”: %s', (place, above, is) => {
    expect(isPlaceAtOrBelow(place, above)).toBe(is);
  });
});
