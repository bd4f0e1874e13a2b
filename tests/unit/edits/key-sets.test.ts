import { expect, test } from 'vitest';
import { keyProblem, keySetProblems } from '#shared/key-sets.ts';

test('keys of commands are refused by the name of the command', () => {
  expect(['t', ' ', 'enter', 'F1', '!'].map(keyProblem)).toEqual([
    'The key T belongs to "type a concept". Choose another key.',
    'The key Space belongs to "open the loupe". Choose another key.',
    'The key Enter belongs to "compare". Choose another key.',
    'F1 cannot be bound. Choose a digit or a letter.',
    '! cannot be bound. Choose a digit or a letter.',
  ]);
  expect(['1', '0', 'a', 'é', 'ж'].map(keyProblem)).toEqual([null, null, null, null, null]);
});

test('a set has each key once, and a name of its own', () => {
  const bindings = [
    { key: '1', conceptId: 1, name: 'bride' },
    { key: '1', conceptId: 2, name: 'groom' },
  ];
  expect(
    keySetProblems([
      { id: 'a', name: 'Wedding', bindings },
      { id: 'b', name: 'wedding', bindings: [] },
    ]),
  ).toEqual([
    'Wedding: the key 1 is bound twice. Give one of the concepts another key.',
    'Two key sets are called "wedding". Give one another name.',
  ]);
});
