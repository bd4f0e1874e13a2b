/** Holds the tokens to WCAG 2.2 AA: 4.5 for text, 3 for what has to be seen of controls, in both themes. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

const FILE = path.join(import.meta.dirname, '../../../renderer/src/style/tokens.css');

type Theme = 'light' | 'dark';

/** Opaque colours of the file, by name and theme. */
function readColours(): Readonly<Record<Theme, ReadonlyMap<string, string>>> {
  const light = new Map<string, string>();
  const dark = new Map<string, string>();
  const css = readFileSync(FILE, 'utf8');
  for (const [, name = '', first = '', second] of css.matchAll(
    /--([\w-]+):\s*(?:light-dark\()?(#[\da-f]{6})(?:,\s*(#[\da-f]{6})\))?;/gu,
  )) {
    light.set(name, first);
    dark.set(name, second ?? first);
  }
  return { light, dark };
}

const COLOURS = readColours();

function channels(colour: string): readonly number[] {
  return [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16));
}

/** Relative luminance, WCAG 2.2. */
function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = channels(colour).map((channel) => {
    const part = channel / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(theme: Theme, one: string, other: string): number {
  const [darker = 0, lighter = 0] = [one, other]
    .map((name) => {
      const colour = COLOURS[theme].get(name);
      if (colour === undefined) throw new Error(`There is no colour --${name} in tokens.css.`);
      return luminance(colour);
    })
    .sort((a, b) => a - b);
  return (lighter + 0.05) / (darker + 0.05);
}

const LEVELS = ['table', 'panel', 'raised'];
const SURFACES = [...LEVELS, 'field', 'hover', 'chosen'];

/** What may lie on what. */
const TEXT_PAIRS: readonly (readonly [string, readonly string[]])[] = [
  ['text', [...SURFACES, 'pressed']],
  ['text-soft', [...SURFACES, 'pressed']],
  ['text-faint', SURFACES],
  ['alert', [...LEVELS, 'field', 'hover']],
  ['wait', [...LEVELS, 'field', 'hover']],
  ['on-accent', ['accent', 'accent-hover', 'accent-pressed']],
  ['on-alert', ['alert-fill']],
  ['raised', ['text']],
];
const SEEN_PAIRS: readonly (readonly [string, readonly string[]])[] = [
  ['edge', [...LEVELS, 'field']],
  ['accent-edge', SURFACES],
  ['accent', ['focus-gap']],
  ['on-accent', ['accent']],
  // The bar of a progress, before and behind its end.
  ['text-soft', ['pressed']],
];

function tooLow(theme: Theme, pairs: typeof TEXT_PAIRS, least: number): readonly string[] {
  return pairs.flatMap(([name, grounds]) =>
    grounds
      .filter((ground) => contrast(theme, name, ground) < least)
      .map((ground) => `${name} on ${ground}: ${contrast(theme, name, ground).toFixed(2)}`),
  );
}

describe.each(['light', 'dark'] as const)('the %s theme', (theme) => {
  it('can be read: text has at least 4.5', () => {
    expect(tooLow(theme, TEXT_PAIRS, 4.5)).toEqual([]);
  });

  it('can be seen: edges and marks of controls have at least 3', () => {
    expect(tooLow(theme, SEEN_PAIRS, 3)).toEqual([]);
  });

  it('shows the focus ring on everything: one of its two colours has at least 3', () => {
    const grounds = [...SURFACES, 'pressed', 'accent', 'alert-fill', 'text'];
    const unseen = grounds.filter(
      (ground) => Math.max(contrast(theme, 'accent', ground), contrast(theme, 'focus-gap', ground)) < 3,
    );
    expect(unseen).toEqual([]);
  });

  it('tells its levels apart by lightness, and gives no grey a hue', () => {
    const steps = [contrast(theme, 'table', 'panel'), contrast(theme, 'panel', 'raised')];
    expect(steps.filter((step) => step < 1.1)).toEqual([]);
    const greys = [
      ...SURFACES,
      'pressed',
      'text',
      'text-soft',
      'text-faint',
      'text-off',
      'line',
      'edge',
      'focus-gap',
    ];
    const hued = greys.filter((name) => new Set(channels(COLOURS[theme].get(name) ?? '')).size !== 1);
    expect(hued).toEqual([]);
  });
});
