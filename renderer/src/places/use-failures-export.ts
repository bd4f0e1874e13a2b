import { useEngine, useHost } from '../engine/use-engine.tsx';
import { useHostFacts } from '../frame/use-host-facts.tsx';
import { useMessages } from '../parts/messages.tsx';
import { failuresText as text } from '../text/failures.ts';
import { saveFile } from './save-file.ts';

/** Saves the list of all failures of a destination as a file, where the owner says. */
export function useFailuresExport(destinationId: number): () => Promise<void> {
  const engine = useEngine();
  const host = useHost();
  const { kind } = useHostFacts();
  const { say } = useMessages();
  return async () => {
    const parts: string[] = [];
    const readOn = async (from: number): Promise<void> => {
      const { text: part, nextFrom } = await engine.failuresCsv({ destinationId, from });
      parts.push(part);
      if (nextFrom !== null) await readOn(nextFrom);
    };
    await readOn(0);
    const isSaved = await saveFile({ host, kind }, { name: text.csvName, text: parts.join('') });
    if (isSaved) say({ text: text.exported });
  };
}
