import { expect, test } from 'vitest';
import { parseKeywordFile } from '../../../electron/engine/edits/keyword-file.ts';

const TREE = [
  '[EVENTS]',
  '\tWedding',
  '\t\t{marriage}',
  '\t\tBride',
  '\t\t\t{bridal}',
  '\t\tGroom',
  '',
  'Animals',
  '\t\t\tLost',
  '\tDog',
  '\t[BIRDS]',
  '\t\tHeron',
].join('\r\n');

test('levels by tabs: categories lead on but are not taken, braces hold other names', () => {
  const all = parseKeywordFile(`\uFEFF${TREE}`, 'all-levels');
  expect(all.entries.map(({ path, synonyms }) => `${path.join('|')} ${synonyms.join()}`.trim())).toEqual([
    'EVENTS|Wedding marriage',
    'EVENTS|Wedding|Bride bridal',
    'EVENTS|Wedding|Groom',
    'Animals',
    'Animals|Dog',
    'Animals|BIRDS|Heron',
  ]);
  expect(all.problems).toEqual([
    { line: 9, problem: '"Lost" stands under a level that is missing. Begin it with fewer tabs.' },
  ]);
  expect(parseKeywordFile(TREE, 'leaves').entries.map(({ path }) => path.at(-1))).toEqual([
    'Bride',
    'Groom',
    'Dog',
    'Heron',
  ]);
});

test('plain lists: a line or a comma ends a keyword', () => {
  expect(parseKeywordFile('bride, groom\rfirst  kiss ,, "cake"\n!!!\n{cut}', 'leaves')).toEqual({
    entries: [
      { path: ['bride'], synonyms: [] },
      { path: ['groom'], synonyms: [] },
      { path: ['first kiss'], synonyms: [] },
      { path: ['cake'], synonyms: ['cut'] },
    ],
    problems: [{ line: 3, problem: 'A name needs at least one letter or digit.' }],
  });
  expect(parseKeywordFile('{alone}', 'leaves').problems).toEqual([
    { line: 1, problem: '{alone} is another name, but no keyword stands above it.' },
  ]);
});

test('levels that are mixed with spaces, skipped, or too many', () => {
  const mixed = parseKeywordFile('People\n\t Bride\n\t\t\tVeil\n\n \tGroom', 'leaves');
  expect(mixed.entries.map(({ path }) => path)).toEqual([['People', 'Bride'], ['Groom']]);
  expect(mixed.problems).toEqual([
    { line: 3, problem: '"Veil" stands under a level that is missing. Begin it with fewer tabs.' },
  ]);
  const deep = Array.from({ length: 40 }, (_, depth) => `${'\t'.repeat(depth)}k${depth}`).join('\n');
  const { entries, problems } = parseKeywordFile(deep, 'leaves');
  expect([entries.length, entries[0]?.path.length, problems.length]).toEqual([1, 32, 8]);
  expect(problems[0]).toEqual({
    line: 33,
    problem: '"k32" stands below more than 32 levels. Begin it with fewer tabs.',
  });
});

test('a text in UTF-16 is refused with what to do', () => {
  const bytes = Buffer.from('\uFEFFbride', 'utf16le');
  for (const encoding of ['utf8', 'latin1'] as const) {
    expect(() => parseKeywordFile(bytes.toString(encoding), 'leaves')).toThrow('Save it as UTF-8');
  }
});
