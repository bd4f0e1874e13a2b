import { useHost } from '../engine/use-engine.tsx';
import { useHostFacts } from '../frame/use-host-facts.tsx';
import { useCopy } from '../inspector/use-copy.ts';
import { useMessages, type Message } from '../parts/messages.tsx';
import { careText as text } from '../text/care.ts';

/** What is done from a message about a file that was saved: it is shown where there is a file manager, else its path is copied. */
export function useSavedAction(): (path: string) => NonNullable<Message['action']> {
  const host = useHost();
  const { canReveal } = useHostFacts();
  const { say } = useMessages();
  const copy = useCopy();
  return (path) =>
    canReveal
      ? {
          label: text.reveal,
          run: () => {
            host.reveal({ path }).catch(() => say({ text: text.revealFailed }));
          },
        }
      : { label: text.copyPath, run: () => copy(path) };
}
