import { describe, expect, it } from 'vitest';
import { createCommandRegistry, type Command } from '../../../renderer/src/commands/registry.ts';
import { listedKeys } from '../../../renderer/src/frame/listed-keys.ts';
import { closerCommands, PANE_STEPS, SHEET_STEPS } from '../../../renderer/src/loupe/closer-commands.ts';
import { keyConflicts, keyedCommands } from '../../../renderer/src/places/key-conflicts.ts';

const AT_REST = closerCommands(null, SHEET_STEPS);
const on = { group: 'Sheet', onlyOn: 'sheet', run: () => undefined } as const;
const SHEET: readonly Command[] = [
  { ...on, id: 'sheet.inspector', label: 'Inspector', keys: 'I' },
  { ...on, id: 'sheet.larger', label: 'Larger', keys: '+' },
];
const PAUSE = { id: 'sending.pause', label: 'Pause', group: 'Sending', keys: 'P', run: () => undefined };

/** What is open, and what its commands did. */
function open() {
  const did: string[] = [];
  const pane = {
    toggle: () => void did.push('toggle'),
    zoom: (by: number) => void did.push(`zoom ${String(by)}`),
    pan: (x: number, y: number) => void did.push(`pan ${String(x)} ${String(y)}`),
  };
  const acts = {
    close: () => void did.push('close'),
    step: (by: number) => void did.push(`step ${String(by)}`),
    toggleDetails: () => void did.push('details'),
    pane: () => pane,
  };
  return { did, acts };
}

function keysOf(commands: readonly Command[]): readonly string[] {
  return commands.map(({ id, keys, alsoKeys = [] }) => `${id} ${[keys, ...alsoKeys].join(' ')}`);
}

function groupsOf(...commands: readonly Command[]): readonly string[] {
  return listedKeys(commands, '').map(({ group }) => group);
}

describe('the keys of the loupe', () => {
  it('are the same in the comparison, but for the names of its steps', () => {
    const { did, acts } = open();
    const inLoupe = closerCommands(acts, SHEET_STEPS);
    const inComparison = closerCommands(acts, PANE_STEPS);
    expect(keysOf(inLoupe)).toEqual([
      'loupe.close Escape Space Enter',
      'loupe.next Right Down',
      'loupe.previous Left Up',
      'loupe.details I',
      'loupe.toggle-zoom Z',
      'loupe.closer + =',
      'loupe.farther -',
      'loupe.pan-left Shift+Left',
      'loupe.pan-right Shift+Right',
      'loupe.pan-up Shift+Up',
      'loupe.pan-down Shift+Down',
    ]);
    expect(keysOf(inComparison)).toEqual(keysOf(inLoupe));
    expect(keysOf(AT_REST)).toEqual(keysOf(inLoupe));
    const renamed = inComparison.filter(({ label }, index) => label !== inLoupe[index]?.label);
    expect(renamed.map(({ id }) => id)).toEqual(['loupe.next', 'loupe.previous']);
    for (const command of inComparison) command.run();
    expect(did).toEqual([
      'close',
      'step 1',
      'step -1',
      'details',
      'toggle',
      'zoom 1',
      'zoom -1',
      'pan -1 0',
      'pan 1 0',
      'pan 0 -1',
      'pan 0 1',
    ]);
  });

  it('are known before it is opened, and take none from the sheet until then', () => {
    const registry = createCommandRegistry();
    registry.add(SHEET);
    const atRest = registry.add(AT_REST);
    registry.setOwnKeys({ 'loupe.toggle-zoom': 'X X' });
    expect(registry.known()).toEqual([...SHEET, ...AT_REST]);
    expect([registry.byKeys('I')?.id, registry.byKeys('+')?.id, registry.byKeys('-')?.id]).toEqual([
      'sheet.inspector',
      'sheet.larger',
      undefined,
    ]);
    // The first key of a sequence is not waited with either.
    expect(registry.beginsSequence('X')).toBe(false);
    atRest.remove();
    registry.add(closerCommands(open().acts, PANE_STEPS));
    expect([registry.byKeys('I')?.id, registry.byKeys('X X')?.id]).toEqual([
      'loupe.details',
      'loupe.toggle-zoom',
    ]);
    expect(registry.beginsSequence('X')).toBe(true);
  });

  it('are listed behind those that can be used now, and before what is there always', () => {
    const asleep = SHEET.map((command) => ({ ...command, isEnabled: () => false }));
    const go = { id: 'go.sheet', label: 'Go to sheet', group: 'Places', keys: 'G S', run: () => undefined };
    expect(groupsOf(...AT_REST, go, ...SHEET)).toEqual(['Sheet', 'Loupe', 'Places']);
    const awake = closerCommands(open().acts, SHEET_STEPS);
    expect(groupsOf(go, ...asleep, ...awake)).toEqual(['Loupe', 'Sheet', 'Places']);
  });

  it('are in conflict with one another and with what works everywhere, and not with keys of the sheet', () => {
    const keyed = keyedCommands([...SHEET, PAUSE, ...AT_REST], { 'loupe.farther': 'F F' });
    const taken = (commandId: string, keys: string) =>
      keyConflicts(keyed, commandId, keys).map(({ id }) => id);
    expect([
      taken('loupe.toggle-zoom', 'I'),
      taken('loupe.toggle-zoom', 'P'),
      taken('sheet.inspector', 'Z'),
      taken('sheet.inspector', '+'),
      taken('sheet.inspector', 'F'),
      taken('sending.pause', 'I'),
      taken('sending.pause', 'F'),
    ]).toEqual([
      ['loupe.details'],
      ['sending.pause'],
      [],
      ['sheet.larger'],
      [],
      ['sheet.inspector', 'loupe.details'],
      ['loupe.farther'],
    ]);
  });
});
