import { describe, expect, it } from 'vitest';
import { createMenuCommands } from '../../../renderer/src/commands/menu-commands.ts';
import { createCommandRegistry } from '../../../renderer/src/commands/registry.ts';

function start() {
  const registry = createCommandRegistry();
  const done: string[] = [];
  const ask = createMenuCommands(registry, { activeElement: null, execCommand: () => false });
  const bring = (ids: readonly string[], shuts = false) =>
    registry.add(
      ids.map((id) => ({ id, label: id, group: 'Test', keys: null, run: () => done.push(id) })),
      { shuts },
    );
  return { done, ask, bring };
}

describe('what the desktop asks of the page', () => {
  it('is done at once where it can be', () => {
    const { done, ask, bring } = start();
    bring(['go.failures', 'folder.add']);
    ask('go-failures');
    ask('add-folder');
    expect(done).toEqual(['go.failures', 'folder.add']);
  });

  it('if it is a place, is gone to as soon as it can, once, and no other that was asked for before', () => {
    const { done, ask, bring } = start();
    ask('go-settings');
    ask('go-failures');
    ask('add-folder');
    bring(['folder.add']);
    expect(done).toEqual([]);
    bring(['go.failures', 'go.settings', 'go.queue']);
    expect(done).toEqual(['go.failures']);
    const dialog = bring(['dialog.close'], true);
    ask('go-queue');
    expect(done).toEqual(['go.failures']);
    dialog.remove();
    bring(['other']);
    expect(done).toEqual(['go.failures', 'go.queue']);
  });
});
