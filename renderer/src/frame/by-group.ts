import type { Command } from '../commands/registry.ts';

/** Commands under their headings, both in the order in which they came first. */
export function byGroup<Grouped extends Pick<Command, 'group'>>(
  commands: readonly Grouped[],
): readonly { readonly group: string; readonly commands: readonly Grouped[] }[] {
  return [...Map.groupBy(commands, ({ group }) => group)].map(([group, inGroup]) => ({
    group,
    commands: inGroup,
  }));
}
