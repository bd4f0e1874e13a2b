import { useEngine, useHost } from '../engine/use-engine.tsx';
import { useHostFacts } from '../frame/use-host-facts.tsx';
import { useMessages } from '../parts/messages.tsx';
import { failuresText as text } from '../text/failures.ts';
import { saveFile } from './save-file.ts';

/** Saves the list of all failures of a destination as a file, where the owner says. */
export function useFailuresExport(destinationId: number, onFail: (error: unknown) => void): () => void {
  const engine = useEngine();
  const host = useHost();
  const { kind } = useHostFacts();
  const { say } = useMessages();
  return () => {
    const parts: string[] = [];
    const readOn = async (from: number): Promise<void> => {
      const { text: part, nextFrom } = await engine.failuresCsv({ destinationId, from });
      parts.push(part);
      if (nextFrom !== null) await readOn(nextFrom);
    };
    void readOn(0)
      .then(() => saveFile({ host, kind }, { name: text.csvName, text: parts.join('') }))
      .then((isSaved) => {
        if (isSaved) say({ text: text.exported });
      }, onFail);
  };
}
