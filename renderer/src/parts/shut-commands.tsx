import type { ReactNode } from 'react';
import { useCommands } from '../commands/use-commands.tsx';

/**
 * Keeps the commands of what lies behind an open surface from running. It stands before the surface's content, so that
 * commands of the content come above it. A surface that is only fading away shuts nothing: keys that are pressed then
 * are meant for what it covered.
 */
export function ShutCommands({ isOpen }: { readonly isOpen: boolean }): ReactNode {
  return isOpen ? <Shutting /> : null;
}

function Shutting(): ReactNode {
  useCommands([], { shuts: true });
  return null;
}
