import { useRef } from 'react';
import { useMessages } from '../parts/messages.tsx';

/** Runs acts of commands: asked for again while it is on its way, an act runs once; why it failed is said. */
export function useSingleFlight(): (id: string, act: () => Promise<unknown>) => void {
  const { fail } = useMessages();
  const running = useRef(new Set<string>());
  return (id, act) => {
    if (running.current.has(id)) return;
    running.current.add(id);
    void act()
      .catch(fail)
      .finally(() => running.current.delete(id));
  };
}
