import { useRef } from 'react';
import { useCommands } from '../commands/use-commands.tsx';
import { useEngine } from '../engine/use-engine.tsx';
import { useGlance } from '../engine/use-glance.tsx';
import { useMessages } from '../parts/messages.tsx';
import { commandText as text } from '../text/commands.ts';
import { retrySentences } from '../text/failures.ts';
import { placeNames } from '../text/frame.ts';
import { problemSentence } from '../text/problem.ts';
import { useFailuresExport } from './use-failures-export.ts';

/** Brings the acts on all failures as commands, wherever one is. */
export function FailureCommands(): null {
  const engine = useEngine();
  const { destinationId, failureCount } = useGlance();
  const { say } = useMessages();
  // One act at a time: pressed twice, the second would say that nothing was left to do.
  const isRunning = useRef(false);
  const fail = (error: unknown): void => say({ text: problemSentence(error) });
  const exportCsv = useFailuresExport(destinationId);
  const retryAll = async (): Promise<void> => {
    const retried = await engine.retryFailures({ destinationId, which: { all: true }, way: 'again' });
    say({ text: retrySentences(retried).join(' ') });
  };
  const command = (id: string, label: string, act: () => Promise<void>) => ({
    id: `failures.${id}`,
    label,
    group: placeNames.failures,
    keys: null,
    isEnabled: () => failureCount > 0,
    run() {
      if (isRunning.current) return;
      isRunning.current = true;
      void act()
        .catch(fail)
        .finally(() => {
          isRunning.current = false;
        });
    },
  });
  useCommands([
    command('retry-all', text.retryAll, retryAll),
    command('export', text.exportFailures, exportCsv),
  ]);
  return null;
}
