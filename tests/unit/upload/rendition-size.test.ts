/** Sizes of renditions that are not made yet, guessed from others, and how far their sum may be off. */
import { expect, it } from 'vitest';
import {
  createSizeGuess,
  guessError,
  withOpen,
  type KnownSize,
  type OpenMeasure,
  type RenditionSource,
} from '../../../electron/engine/upload/rendition-size.ts';
import { random } from '../../support/drawing.ts';

const NOTHING: OpenMeasure = { lossy: 0, plain: 0 };
const jpeg = (size: number): RenditionSource => ({ format: 'jpeg', size, width: 1000, height: 800 });
const png = (width: number): RenditionSource => ({ format: 'png', size: 1, width, height: 100 });
const openOf = (sources: readonly RenditionSource[]): OpenMeasure => sources.reduce(withOpen, NOTHING);

it('follows the renditions that are known, each family its own', () => {
  const guess = createSizeGuess([
    { source: jpeg(1000), bytes: 400 },
    { source: jpeg(3000), bytes: 1200 },
    { source: png(10), bytes: 500 },
  ]);
  expect([guess(jpeg(500)), guess(png(30))]).toEqual([200, 1500]);
});

it('is not off where all are alike, and by all of it where nothing is known', () => {
  const open = openOf([jpeg(5000), jpeg(700)]);
  const alike: KnownSize[] = [1000, 2000, 3000].map((size) => ({ source: jpeg(size), bytes: size / 4 }));
  expect(guessError(alike, open)).toBeCloseTo(0);
  expect(guessError([], open)).toBe(1);
  expect(guessError(alike, openOf([png(9)]))).toBe(1);
  expect(guessError([], NOTHING)).toBe(0);
});

it('says how far sums of many guesses are off', () => {
  const next = random(7);
  const some = (): KnownSize => {
    const size = 1000 + next() * 9000;
    return { source: jpeg(size), bytes: size * (0.2 + next() * 0.6) };
  };
  const rest = Array.from({ length: 2000 }, some);
  const open = openOf(rest.map(({ source }) => source));
  const truth = rest.reduce((sum, { bytes }) => sum + bytes, 0);
  const rounds = Array.from({ length: 200 }, () => {
    const known = Array.from({ length: 20 }, some);
    const guess = createSizeGuess(known);
    const off = rest.reduce((sum, { source }) => sum + guess(source), 0) / truth - 1;
    return { off: off ** 2, said: guessError(known, open) ** 2 };
  });
  const mean = (of: (round: (typeof rounds)[number]) => number): number =>
    Math.sqrt(rounds.reduce((sum, round) => sum + of(round), 0) / rounds.length);
  expect(mean(({ said }) => said) / mean(({ off }) => off)).toBeCloseTo(1, 0);
});
