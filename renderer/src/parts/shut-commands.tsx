import type { ReactNode } from 'react';
import { useCommands } from '../commands/use-commands.tsx';

/**
 * Keeps the commands of what lies behind an open surface from running. It stands before the surface's content, so that
 * commands of the content come above it.
 */
export function ShutCommands(): ReactNode {
  useCommands([], { shuts: true });
  return null;
}
