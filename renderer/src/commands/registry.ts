/**
 * Everything that can be done, as commands with names and keys: the key dispatcher, the palette and the list of keys
 * read the same registry. Parts of the window bring their commands while they are there.
 */

/** One thing that can be done. */
export interface Command {
  /** Stable: keys that the owner changed are kept by it. `place.verb`. */
  readonly id: string;
  /** What it does, as in a menu. */
  readonly label: string;
  /** Heading in the list of keys. */
  readonly group: string;
  /** Keys by default, see chord; null: none. */
  readonly keys: string | null;
  /** Further keys that do the same and are not shown. */
  readonly alsoKeys?: readonly string[];
  /** Whether it makes sense now; else its keys do nothing and the palette leaves it out. Default: always. */
  readonly isEnabled?: () => boolean;
  /** Whether it works while text is typed. Default: only for keys with Mod. */
  readonly worksInText?: boolean;
  /** Whether holding the key repeats it. Default false. */
  readonly repeats?: boolean;
  /** Left out of the palette (moving, typing). Default false. */
  readonly isQuiet?: boolean;
  /** It does what its neighbours do, a little differently: the list of keys says that once for all of a group. */
  readonly variation?: Variation;
  /** Its keys are chosen elsewhere, as those of a key set: they are none of the settings' keys. Default false. */
  readonly hasOwnKeys?: boolean;
  /** It is never enabled elsewhere: another surface may use its keys for something else. Default: enabled on both. */
  readonly onlyOn?: CommandSurface | undefined;
  readonly run: () => void;
}

/** What a command may be about alone. While the loupe (or the comparison) is open, the sheet below it is at rest. */
export type CommandSurface = 'sheet' | 'loupe' | 'failures';

/** How a command differs from its neighbours, and the key that is held for it. */
export interface Variation {
  /** `Shift`, `Mod`, `Alt`. */
  readonly keys: string;
  readonly label: string;
}

/** Commands that came together; a layer that `shuts` keeps those below it from running: an open dialog. */
interface Layer {
  commands: readonly Command[];
  readonly shuts: boolean;
}

export type CommandRegistry = ReturnType<typeof createCommandRegistry>;

/** Starts empty. */
export function createCommandRegistry() {
  const layers: Layer[] = [];
  const known = new Map<string, Command>();
  const listeners = new Set<() => void>();
  let own: Readonly<Record<string, string | null>> = {};
  let shown: readonly Command[] = [];

  function remember(commands: readonly Command[]): void {
    for (const command of commands) if (command.hasOwnKeys !== true) known.set(command.id, command);
  }

  function changed(): void {
    shown = reach().flatMap((layer) => layer.commands.map(withOwnKeys));
    for (const listener of listeners) listener();
  }

  /** Newest first, down to the one that shuts. */
  function reach(): readonly Layer[] {
    const newestFirst = layers.toReversed();
    const shutting = newestFirst.findIndex((layer) => layer.shuts);
    return shutting < 0 ? newestFirst : newestFirst.slice(0, shutting + 1);
  }

  function withOwnKeys(command: Command): Command {
    const keys = own[command.id];
    return keys === undefined || command.hasOwnKeys === true ? command : { ...command, keys, alsoKeys: [] };
  }

  return {
    /** Adds commands above those that are there. Returns how to change them and how to take them away. */
    add(commands: readonly Command[], { shuts = false } = {}) {
      const layer: Layer = { commands, shuts };
      layers.push(layer);
      remember(commands);
      changed();
      return {
        set(next: readonly Command[]): void {
          // What left while the others stayed is gone for good, as a key set that was deleted.
          for (const { id } of layer.commands)
            if (next.every((command) => command.id !== id)) known.delete(id);
          layer.commands = next;
          remember(next);
          changed();
        },
        remove(): void {
          layers.splice(layers.indexOf(layer), 1);
          changed();
        },
      };
    },
    /** Keys that the owner chose, by command id; null: no key. */
    setOwnKeys(keys: Readonly<Record<string, string | null>>): void {
      own = keys;
      changed();
    },
    /** Every command that was there and may come again, with its default keys: what keys can be chosen for. */
    known: (): readonly Command[] => [...known.values()],
    /** Commands in reach, with the keys that they have; the same list until something changes. */
    all: (): readonly Command[] => shown,
    /** The command that keys mean now. */
    byKeys: (keys: string): Command | undefined =>
      shown.find(
        (command) =>
          (command.keys === keys || command.alsoKeys?.includes(keys) === true) &&
          command.isEnabled?.() !== false,
      ),
    /** Whether a sequence that means something now begins with these keys. */
    beginsSequence: (keys: string): boolean =>
      shown.some(
        (command) => command.keys?.startsWith(`${keys} `) === true && command.isEnabled?.() !== false,
      ),
    byId: (id: string): Command | undefined => shown.find((command) => command.id === id),
    onChange: (listener: () => void): (() => void) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
