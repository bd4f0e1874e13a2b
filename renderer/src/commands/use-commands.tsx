/** Commands for React. */
import { createContext, useEffect, useRef, useSyncExternalStore, type ReactNode } from 'react';
import { useGiven } from '../parts/use-given.ts';
import type { Command, CommandRegistry } from './registry.ts';

const RegistryContext = createContext<CommandRegistry | null>(null);

/** Gives a registry to everything below. */
export function CommandProvider({ registry, children }: { registry: CommandRegistry; children: ReactNode }) {
  return <RegistryContext value={registry}>{children}</RegistryContext>;
}

/** The window's registry. */
export function useRegistry(): CommandRegistry {
  return useGiven(RegistryContext, 'CommandProvider');
}

/** Commands in reach, kept up to date. */
export function useAllCommands(): readonly Command[] {
  const registry = useRegistry();
  return useSyncExternalStore(registry.onChange, registry.all);
}

/**
 * Brings commands while the component is there. They may be made anew with every render: what they do is always the
 * newest; names and keys are told to the others when they change.
 *
 * @param shuts keeps all commands that were there before from running: an open dialog, the loupe
 */
export function useCommands(commands: readonly Command[], { shuts = false } = {}): void {
  const registry = useRegistry();
  const newest = useRef(commands);
  useEffect(() => {
    newest.current = commands;
  });
  const layer = useRef<ReturnType<CommandRegistry['add']> | null>(null);
  const described = JSON.stringify(
    commands.map(({ id, label, keys, alsoKeys }) => [id, label, keys, alsoKeys]),
  );
  useEffect(() => {
    const added = registry.add([], { shuts });
    layer.current = added;
    return () => added.remove();
  }, [registry, shuts]);
  useEffect(() => {
    const find = (id: string): Command | undefined => newest.current.find((command) => command.id === id);
    layer.current?.set(
      newest.current.map((command) => ({
        ...command,
        isEnabled: () => find(command.id)?.isEnabled?.() !== false,
        run: () => find(command.id)?.run(),
      })),
    );
  }, [registry, shuts, described]);
}
