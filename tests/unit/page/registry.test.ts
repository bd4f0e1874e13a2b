import { describe, expect, it } from 'vitest';
import { createCommandRegistry, type Command } from '../../../renderer/src/commands/registry.ts';

function command(id: string, keys: string | null, more: Partial<Command> = {}): Command {
  return { id, label: id, group: 'Test', keys, run: () => undefined, ...more };
}

describe('the command registry', () => {
  it('finds the newest command by its keys, and the older one again when that is gone', () => {
    const registry = createCommandRegistry();
    registry.add([command('sheet.open', 'Space')]);
    const loupe = registry.add([command('loupe.close', 'Space')]);
    expect(registry.byKeys('Space')?.id).toBe('loupe.close');
    loupe.remove();
    expect(registry.byKeys('Space')?.id).toBe('sheet.open');
  });

  it('passes over what makes no sense now', () => {
    const registry = createCommandRegistry();
    registry.add([command('photo.open', 'Enter')]);
    registry.add([command('photos.compare', 'Enter', { isEnabled: () => false })]);
    expect(registry.byKeys('Enter')?.id).toBe('photo.open');
  });

  it('keeps commands below an open dialog from being found', () => {
    const registry = createCommandRegistry();
    registry.add([command('tag.bride', '1')]);
    const dialog = registry.add([command('dialog.close', 'Escape')], { shuts: true });
    registry.add([command('list.next', 'Down')]);
    expect(registry.all().map(({ id }) => id)).toEqual(['list.next', 'dialog.close']);
    expect(registry.byKeys('1')).toBeUndefined();
    dialog.remove();
    expect(registry.byKeys('1')?.id).toBe('tag.bride');
  });

  it('gives commands the keys that the owner chose, and takes away those that he took', () => {
    const registry = createCommandRegistry();
    registry.add([command('sending.pause', 'P', { alsoKeys: ['Pause'] }), command('go.sheet', 'G S')]);
    registry.setOwnKeys({ 'sending.pause': 'Mod+P', 'go.sheet': null });
    expect([registry.byKeys('P'), registry.byKeys('Pause')]).toEqual([undefined, undefined]);
    expect(registry.byKeys('Mod+P')?.id).toBe('sending.pause');
    expect(registry.beginsSequence('G')).toBe(false);
    registry.setOwnKeys({});
    expect(registry.beginsSequence('G')).toBe(true);
  });

  it('knows what keys can be chosen for: what may come again, and no keys of a key set', () => {
    const registry = createCommandRegistry();
    const loupe = registry.add([command('loupe.zoom', 'Z')]);
    const sets = registry.add([command('tag.bride', '1', { hasOwnKeys: true }), command('keyset.a', null)]);
    loupe.remove();
    expect(registry.known().map(({ id }) => id)).toEqual(['loupe.zoom', 'keyset.a']);
    sets.set([command('keyset.b', null)]);
    expect(registry.known().map(({ id }) => id)).toEqual(['loupe.zoom', 'keyset.b']);
    registry.setOwnKeys({ 'tag.bride': 'X' });
    sets.set([command('tag.bride', '1', { hasOwnKeys: true })]);
    expect(registry.byKeys('1')?.id).toBe('tag.bride');
  });

  it('tells of every change, and hands out the same list in between', () => {
    const registry = createCommandRegistry();
    let told = 0;
    registry.onChange(() => (told += 1));
    const layer = registry.add([command('a.b', 'A')]);
    expect(registry.all()).toBe(registry.all());
    layer.set([command('a.b', 'B')]);
    layer.remove();
    expect({ told, all: registry.all() }).toEqual({ told: 3, all: [] });
  });
});
