import { useHostFacts } from '../frame/use-host-facts.tsx';
import { useReveal } from '../inspector/path-acts.tsx';
import { useCopy } from '../inspector/use-copy.ts';
import type { Message } from '../parts/messages.tsx';
import { inspectorText as text } from '../text/inspector.ts';

/** What is done from a message about a file that was saved: it is shown where there is a file manager, else its path is copied. */
export function useSavedAction(): (path: string) => NonNullable<Message['action']> {
  const { canReveal } = useHostFacts();
  const reveal = useReveal();
  const copy = useCopy();
  return (path) =>
    canReveal
      ? { label: text.reveal, run: () => reveal(path) }
      : { label: text.copyPath, run: () => copy(path) };
}
