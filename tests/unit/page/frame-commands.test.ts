import { describe, expect, it } from 'vitest';
import { findCommands } from '../../../renderer/src/frame/find-commands.ts';
import { listedKeys } from '../../../renderer/src/frame/listed-keys.ts';
import { showLooks, showRememberedLooks } from '../../../renderer/src/frame/looks.ts';
import { sizeBeside } from '../../../renderer/src/frame/size-commands.tsx';
import { pathCrumbs, pathIn } from '../../../renderer/src/first-run/path-crumbs.ts';
import { ariaKeys, strokesOf } from '../../../renderer/src/parts/key-names.ts';
import { PLACES } from '../../../renderer/src/text/frame.ts';
import { keyConflicts, keyedCommands, withKeys } from '../../../renderer/src/places/key-conflicts.ts';
import { MENU_COMMANDS } from '#shared/bridge.ts';

const COMMANDS = [
  { id: 'go.sheet', label: 'Go to sheet', group: 'Places', keys: 'G S' },
  { id: 'go.settings', label: 'Go to settings', group: 'Places', keys: 'Mod+,' },
  { id: 'edit.undo', label: 'Undo', group: 'Edits', keys: 'Mod+Z' },
  { id: 'sending.pause', label: 'Pause sending', group: 'Sending', keys: 'P' },
  { id: 'tags.paste', label: 'Paste tags — présent', group: 'Tagging', keys: null },
];

const found = (text: string): readonly string[] => findCommands(COMMANDS, text).map(({ id }) => id);

describe('the menu of the desktop', () => {
  it('goes to each place of the rail', () => {
    const places = MENU_COMMANDS.filter((command) => command.startsWith('go-'));
    expect(places).toEqual(PLACES.map((place) => `go-${place}`));
  });
});

describe('the list of keys', () => {
  it('begins with tagging, and says of variations once what they do, behind what they vary', () => {
    const extending = { keys: 'Shift', label: 'Any of these, extending' };
    const commands = [
      { id: 'go.sheet', label: 'Go to sheet', group: 'Places', keys: 'G S' },
      { id: 'left', label: 'Left', group: 'Sheet', keys: 'Left' },
      { id: 'left-on', label: 'Left, extending', group: 'Sheet', keys: 'Shift+Left', variation: extending },
      { id: 'right', label: 'Right', group: 'Sheet', keys: 'Right' },
      {
        id: 'right-on',
        label: 'Right, extending',
        group: 'Sheet',
        keys: 'Shift+Right',
        variation: extending,
      },
      { id: 'all', label: 'All', group: 'Sheet', keys: 'Mod+A' },
      { id: 'type', label: 'Type a concept', group: 'Tagging', keys: 'T' },
      { id: 'none', label: 'Without keys', group: 'Tagging', keys: null },
    ];
    const shown = (text: string) =>
      listedKeys(commands, text).map(
        ({ group, lines }) => `${group}: ${lines.map(({ label, keys }) => `${label} ${keys}`).join(', ')}`,
      );
    expect(shown('')).toEqual([
      'Tagging: Type a concept T',
      'Sheet: Left Left, Right Right, Any of these, extending Shift, All Mod+A',
      'Places: Go to sheet G S',
    ]);
    expect(shown('exten')).toEqual(['Sheet: Left, extending Shift+Left, Right, extending Shift+Right']);
  });
});

describe('the palette', () => {
  it('finds by beginnings of words first, then within words, then by group, then by letters in order', () => {
    expect(found('')).toEqual(COMMANDS.map(({ id }) => id));
    expect(found('set go')).toEqual(['go.settings']);
    expect(found('PA')).toEqual(['sending.pause', 'tags.paste']);
    expect(found('end')).toEqual(['sending.pause']);
    expect(found('tagging')).toEqual(['tags.paste']);
    expect(found('gts')).toEqual(['go.sheet', 'go.settings']);
    expect(found('present')).toEqual(['tags.paste']);
    expect(found('undo it')).toEqual([]);
  });
});

describe('keys that the owner chooses', () => {
  const keyed = keyedCommands(COMMANDS, { 'edit.undo': 'U', 'sending.pause': null });

  it('are those of the command, with its own ones kept in mind', () => {
    expect(keyed.map(({ keys, defaultKeys }) => [keys, defaultKeys])).toEqual([
      ['G S', 'G S'],
      ['Mod+,', 'Mod+,'],
      ['U', 'Mod+Z'],
      [null, 'P'],
      [null, null],
    ]);
  });

  it('conflict with the same keys and with sequences that share their beginning', () => {
    const taken = (keys: string) => keyConflicts(keyed, 'tags.paste', keys).map(({ id }) => id);
    expect([taken('U'), taken('G'), taken('G S'), taken('G S X'), taken('P'), taken('G T')]).toEqual([
      ['edit.undo'],
      ['go.sheet'],
      ['go.sheet'],
      ['go.sheet'],
      [],
      [],
    ]);
    expect(keyConflicts(keyed, 'edit.undo', 'U')).toEqual([]);
  });

  it('conflict with the further keys of a command, as long as it has its own', () => {
    const larger = { id: 'size.larger', label: 'Larger', group: 'View', keys: 'Mod++', alsoKeys: ['Mod+='] };
    const taken = (own: Readonly<Record<string, string>>) =>
      keyConflicts(keyedCommands([...COMMANDS, larger], own), 'tags.paste', 'Mod+=').map(({ id }) => id);
    expect([taken({}), taken({ 'size.larger': 'L' })]).toEqual([['size.larger'], []]);
  });

  it('are kept only where they differ from those by default', () => {
    const pause = { id: 'sending.pause', defaultKeys: 'P' };
    expect(withKeys({ 'edit.undo': 'U' }, pause, 'X')).toEqual({ 'edit.undo': 'U', 'sending.pause': 'X' });
    expect(withKeys({ 'sending.pause': 'X' }, pause, null)).toEqual({ 'sending.pause': null });
    expect(withKeys({ 'sending.pause': 'X' }, pause, 'P')).toEqual({});
  });

  it('are written as they are on the keyboard, and as screen readers want them', () => {
    expect([
      strokesOf('Mod+Shift+Z', false),
      strokesOf('Mod+Shift+Z', true),
      strokesOf('G S', false),
    ]).toEqual([['Ctrl+Shift+Z'], ['⌘⇧Z'], ['G', 'S']]);
    expect([ariaKeys('Mod+Up', false), ariaKeys('Mod+K', true), ariaKeys('G S'), ariaKeys('+')]).toEqual([
      'Control+ArrowUp',
      'Meta+K',
      undefined,
      'Plus',
    ]);
    expect([strokesOf('Mod++', true), ariaKeys('Mod++', false)]).toEqual([['⌘+'], 'Control+Plus']);
  });
});

describe('the path of the folder chooser', () => {
  it('leads from the top to the folder, with either separator', () => {
    expect(pathCrumbs('/home/ann', '/home/ann/Pictures/2026')).toEqual([
      { name: 'ann', path: '/home/ann' },
      { name: 'Pictures', path: '/home/ann/Pictures' },
      { name: '2026', path: '/home/ann/Pictures/2026' },
    ]);
    expect(pathCrumbs('C:\\Users\\Ann', 'C:\\Users\\Ann\\Shoot').at(-1)).toEqual({
      name: 'Shoot',
      path: 'C:\\Users\\Ann\\Shoot',
    });
    expect(pathCrumbs('/', '/mnt')).toEqual([
      { name: '/', path: '/' },
      { name: 'mnt', path: '/mnt' },
    ]);
    expect(pathCrumbs('/home/ann', '/home/anna')).toEqual([{ name: '/home/anna', path: '/home/anna' }]);
    expect([pathIn('/', 'mnt'), pathIn('/home', 'ann'), pathIn('C:\\', 'Users')]).toEqual([
      '/mnt',
      '/home/ann',
      'C:\\Users',
    ]);
  });
});

/** A page's root as far as looks change it. */
function rootOf() {
  const style = new Map<string, string>();
  return {
    dataset: {} as DOMStringMap,
    style: {
      setProperty: (name: string, value: string | null) => void style.set(name, value ?? ''),
    },
    size: () => style.get('--interface-size'),
  };
}

describe('the looks', () => {
  it('are those of the last time until the ledger tells them, and no theme when the system decides', () => {
    const stored = new Map<string, string>();
    const storage = {
      getItem: (name: string) => stored.get(name) ?? null,
      setItem: (name: string, value: string) => void stored.set(name, value),
    };
    const [first, later, other] = [rootOf(), rootOf(), rootOf()];
    showRememberedLooks(first, storage);
    showLooks({ theme: 'dark', interfaceSize: 130 }, first, storage);
    showRememberedLooks(later, storage);
    showLooks({ theme: 'system', interfaceSize: 100 }, later, storage);
    stored.set('tagalong.interface-size', '73');
    showRememberedLooks(other, storage);
    expect([first, later, other].map(({ dataset, size }) => [dataset['theme'], size()])).toEqual([
      ['dark', '130%'],
      [undefined, '100%'],
      [undefined, '100%'],
    ]);
  });

  it('go from one size to the next, and stay at the ends', () => {
    expect([sizeBeside(100, 1), sizeBeside(115, -1), sizeBeside(200, 1), sizeBeside(90, -1)]).toEqual([
      115, 100, 200, 90,
    ]);
  });
});
