import { useCallback } from 'react';
import { useRegistry } from '../commands/use-commands.tsx';
import { useActQueue, useEngine } from '../engine/use-engine.tsx';
import { useDestinationId, useView } from '../engine/use-glance.tsx';
import type { Message } from '../parts/messages.tsx';
import { taggingText } from '../text/tagging.ts';

/** The button of a message that takes back what it tells of: the window's own undo, wherever that can be reached. */
export function useUndoAction(): () => NonNullable<Message['action']> {
  const registry = useRegistry();
  const engine = useEngine();
  const queue = useActQueue();
  const destinationId = useDestinationId();
  const own = useView().view.keys['edit.undo'];
  return useCallback(() => {
    // Not from what is in reach: a dialog that is about to close still keeps the window's undo from it.
    const byDefault = registry.known().find(({ id }) => id === 'edit.undo')?.keys;
    const keys = (own === undefined ? byDefault : own) ?? undefined;
    return {
      label: taggingText.undo,
      keys,
      run: () => {
        const undo = registry.byId('edit.undo');
        if (undo === undefined) void queue.add(() => engine.undo({ destinationId }));
        else undo.run();
      },
    };
  }, [registry, engine, queue, destinationId, own]);
}
