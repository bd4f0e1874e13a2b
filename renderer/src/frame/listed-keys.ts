/** The order of commands in lists, and what the list of keys shows: groups in the order of their use, those that rest behind those that can be used, and of commands that vary others one line for all. */
import type { Command } from '../commands/registry.ts';
import { frameText } from '../text/frame.ts';
import { taggingText } from '../text/tagging.ts';
import { byGroup } from './by-group.ts';
import { findCommands } from './find-commands.ts';

type Listed = Pick<Command, 'id' | 'label' | 'group' | 'keys' | 'variation' | 'isEnabled'>;

/** One line. `isHeld`: the key is held while one of the others is pressed. */
export interface KeyLine {
  readonly id: string;
  readonly label: string;
  readonly keys: string;
  readonly isHeld: boolean;
}

const LAST = [frameText.groups.go, frameText.groups.program] as readonly string[];

/** The lines of commands that have keys and fit what was typed, by group. Whoever searches sees every single command. */
export function listedKeys(
  commands: readonly Listed[],
  searched: string,
): readonly { readonly group: string; readonly lines: readonly KeyLine[] }[] {
  const isSearching = searched.trim() !== '';
  const keyed = commands.filter(({ keys }) => keys !== null);
  const groups = byGroup(findCommands(keyed, searched)).map(({ group, commands: inGroup }) => ({
    group,
    lines: isSearching ? inGroup.map(lineOf) : withVariationsOnce(inGroup),
  }));
  const inUse = new Set(keyed.filter(({ isEnabled }) => isEnabled?.() !== false).map(({ group }) => group));
  return isSearching ? groups : byUse(groups, ({ group }) => inUse.has(group));
}

/** Each variation once, behind the last command that it is one of. */
function withVariationsOnce(commands: readonly Listed[]): readonly KeyLine[] {
  const lines = new Map<string, KeyLine>();
  for (const command of commands) {
    const { variation } = command;
    if (variation === undefined) lines.set(command.id, lineOf(command));
    else {
      const { keys, label } = variation;
      lines.delete(label);
      lines.set(label, { id: label, label, keys, isHeld: true });
    }
  }
  return [...lines.values()];
}

function lineOf({ id, label, keys }: Listed): KeyLine {
  return { id, label, keys: keys ?? '', isHeld: false };
}

/**
 * Tagging, then the keys of a set, then what is at hand, then what is so elsewhere (as the loupe's keys on the sheet),
 * then what is there always; what has keys first.
 */
export function byUse<Grouped extends Pick<Command, 'group'> & Partial<Pick<Command, 'keys'>>>(
  commands: readonly Grouped[],
  isInUse: (one: Grouped) => boolean = () => true,
): readonly Grouped[] {
  const rankOf = (one: Grouped): number => rank(one.group, isInUse(one));
  return commands.toSorted(
    (one, other) => rankOf(one) - rankOf(other) || Number(one.keys === null) - Number(other.keys === null),
  );
}

function rank(group: string, isInUse: boolean): number {
  if (group === taggingText.tagging) return 0;
  if (group.startsWith(taggingText.keySetGroup(''))) return 1;
  return LAST.includes(group) ? 4 + LAST.indexOf(group) : isInUse ? 2 : 3;
}
