/** Whose keys a command would take. */
import type { Command } from '../commands/registry.ts';

/** A command with the keys that it has by default and has now. */
export interface KeyedCommand extends Pick<Command, 'id' | 'label' | 'group' | 'onlyOn'> {
  readonly keys: string | null;
  /** Further keys that it hears as long as it has its default ones. */
  readonly alsoKeys: readonly string[];
  readonly defaultKeys: string | null;
}

/** Commands with the keys that the owner gave them; see `ViewSettings.keys`. */
export function keyedCommands(
  commands: readonly Pick<Command, 'id' | 'label' | 'group' | 'keys' | 'alsoKeys' | 'onlyOn'>[],
  own: Readonly<Record<string, string | null>>,
): readonly KeyedCommand[] {
  return commands.map(({ id, label, group, keys, alsoKeys = [], onlyOn }) => {
    const chosen = own[id];
    const has = chosen === undefined ? { keys, alsoKeys } : { keys: chosen, alsoKeys: [] };
    return { id, label, group, onlyOn, ...has, defaultKeys: keys };
  });
}

/**
 * Commands that would no longer hear their keys, or only after a wait, if `commandId` had `keys`: the same keys, or a
 * sequence that begins with them, or the beginning of a sequence. Commands of two surfaces never are heard together.
 */
export function keyConflicts<Keyed extends Pick<KeyedCommand, 'id' | 'keys' | 'alsoKeys' | 'onlyOn'>>(
  commands: readonly Keyed[],
  commandId: string,
  keys: string,
): readonly Keyed[] {
  const surface = commands.find(({ id }) => id === commandId)?.onlyOn;
  return commands.filter(
    (command) =>
      command.id !== commandId &&
      (surface === undefined || command.onlyOn === undefined || command.onlyOn === surface) &&
      [command.keys, ...command.alsoKeys].some((heard) => heard !== null && collide(heard, keys)),
  );
}

function collide(one: string, other: string): boolean {
  return one === other || one.startsWith(`${other} `) || other.startsWith(`${one} `);
}

/** The owner's keys after a command got others; null: no keys. Its default ones need not be kept. */
export function withKeys(
  own: Readonly<Record<string, string | null>>,
  command: Pick<KeyedCommand, 'id' | 'defaultKeys'>,
  keys: string | null,
): Readonly<Record<string, string | null>> {
  const rest = Object.fromEntries(Object.entries(own).filter(([id]) => id !== command.id));
  return keys === command.defaultKeys ? rest : { ...rest, [command.id]: keys };
}
