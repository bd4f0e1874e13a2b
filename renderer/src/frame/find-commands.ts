/** Finding commands by the words of their names. */
import type { Command } from '../commands/registry.ts';

/**
 * Commands that fit what was typed, the best first. Each typed word has to begin a word of the name or group, or lie in
 * one, or be letters of the name in their order; the earlier of these counts more. Nothing typed: all, as they came.
 */
export function findCommands<Found extends Pick<Command, 'label' | 'group'>>(
  commands: readonly Found[],
  text: string,
): readonly Found[] {
  const wanted = wordsOf(text);
  if (wanted.length === 0) return commands;
  return commands
    .map((command, index) => ({ command, index, cost: costOf(command, wanted) }))
    .filter(({ cost }) => Number.isFinite(cost))
    .sort((a, b) => a.cost - b.cost || a.index - b.index)
    .map(({ command }) => command);
}

function wordsOf(text: string): readonly string[] {
  return text
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');
}

/** 0 is best; infinite: it does not fit. */
function costOf({ label, group }: Pick<Command, 'label' | 'group'>, wanted: readonly string[]): number {
  const name = wordsOf(label);
  const heading = wordsOf(group);
  return wanted.reduce((sum, word) => sum + costOfWord(word, name, heading), 0);
}

function costOfWord(word: string, name: readonly string[], heading: readonly string[]): number {
  const at = name.findIndex((candidate) => candidate.startsWith(word));
  if (at >= 0) return at;
  if (name.some((candidate) => candidate.includes(word))) return 20;
  if (heading.some((candidate) => candidate.startsWith(word))) return 30;
  return isSpread(word, name.join('')) ? 40 : Number.POSITIVE_INFINITY;
}

/** Whether the letters come in this order, the first one at the beginning. */
function isSpread(letters: string, name: string): boolean {
  if (!name.startsWith(letters.charAt(0))) return false;
  let at = 0;
  for (const letter of letters) {
    at = name.indexOf(letter, at) + 1;
    if (at === 0) return false;
  }
  return true;
}
