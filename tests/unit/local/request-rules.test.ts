/** Which requests are ours, whatever is written into them. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isOurHost, isOurOrigin, plainPathOf } from '../../../electron/local/server/request-rules.ts';

const places = { port: 8600, names: ['nas.local', 'Photos.Example'] };

it.each([
  ['127.0.0.1:8600', true],
  ['localhost:8600', true],
  ['LOCALHOST:8600', true],
  ['[::1]:8600', true],
  ['nas.local:8600', true],
  ['nas.local', true],
  ['photos.example:443', true],
  ['127.0.0.1', false],
  ['127.0.0.1:86000', false],
  ['localhost:8601', false],
  ['nas.local.evil.example', false],
  ['evil-nas.local', false],
  ['nas.local@evil.example', false],
  ['127.0.0.1:8600, evil.example', false],
  ['127.0.0.2:8600', false],
  ['', false],
])('takes Host %s: %s', (host, isOurs) => {
  expect(isOurHost(host, places)).toBe(isOurs);
});

it('takes the Origin of the same host only', () => {
  expect(isOurOrigin('http://127.0.0.1:8600', '127.0.0.1:8600')).toBe(true);
  expect(isOurOrigin('https://nas.local', 'nas.local')).toBe(true);
  for (const origin of [
    undefined,
    'null',
    'http://127.0.0.1:8601',
    'http://127.0.0.1:8600.evil',
    'file://',
  ]) {
    expect(isOurOrigin(origin, '127.0.0.1:8600'), origin).toBe(false);
  }
});

describe('paths', () => {
  it('are plain names in a row, whatever comes', () => {
    const part = fc.constantFrom(
      '..',
      '.',
      '/',
      '\\',
      '%2e',
      '%2f',
      '%00',
      '\0',
      'a',
      'b.js',
      '//',
      ':',
      '?',
      '#',
      '~',
    );
    fc.assert(
      fc.property(
        fc.array(part, { maxLength: 12 }).map((parts) => parts.join('')),
        (text) => {
          const segments = plainPathOf(text) ?? [];
          for (const segment of segments) expect(segment).toMatch(/^[\w-][\w.-]*$/u);
          expect(segments).not.toContain('..');
        },
      ),
    );
  });

  it('of the page are found', () => {
    expect(plainPathOf('/')).toEqual([]);
    expect(plainPathOf('/?x=/../..')).toEqual([]);
    expect(plainPathOf('/assets/app-Ab_1.js')).toEqual(['assets', 'app-Ab_1.js']);
    expect(plainPathOf(undefined)).toBeNull();
  });
});
