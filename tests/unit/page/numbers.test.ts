import { describe, expect, it } from 'vitest';
import { bytesOf } from '../../../renderer/src/text/sending.ts';
import { decimalsIn } from '../../../renderer/src/text/format.ts';

const read = (locale: string, texts: readonly string[]) => texts.map((text) => decimalsIn(locale).read(text));

describe('numbers that are typed', () => {
  it('are read as the language writes them, and with a point or a comma for the fraction', () => {
    expect(read('en', ['1,000', '1,234,567', '1.5', ' 1,5 ', '0,125', '1000'])).toEqual([
      1000, 1_234_567, 1.5, 1.5, 0.125, 1000,
    ]);
    expect(read('de', ['1.000', '1,5', '1.5', '0.125', '1.000,25'])).toEqual([
      1000, 1.5, 1.5, 0.125, 1000.25,
    ]);
    expect(read('fr', ['1 000', '1\u{202F}000', '1,5'])).toEqual([1000, 1000, 1.5]);
    expect(read('en', ['', 'abc', '1,00,0', '1.5.2', '-1', '1e3'])).toEqual([
      null,
      null,
      null,
      null,
      null,
      null,
    ]);
  });

  it('are read as they were written', () => {
    for (const locale of ['en', 'de', 'fr', 'de-CH', 'sv', 'pt-BR']) {
      const { read: readOne, write } = decimalsIn(locale);
      for (const number of [0.01, 0.4, 1.5, 1.234, 12.345678, 999.999, 1000]) {
        expect(readOne(write(number)), `${locale}: ${write(number)}`).toBe(number);
      }
    }
  });

  it('are bytes per second when they stand for megabytes', () => {
    expect(['0.4', '1,000', 'fast'].map(bytesOf)).toEqual([400_000, 1_000_000_000, null]);
  });
});
