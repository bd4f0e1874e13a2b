import { useCommands } from '../commands/use-commands.tsx';
import { useEngine } from '../engine/use-engine.tsx';
import { useGlance } from '../engine/use-glance.tsx';
import { useMessages } from '../parts/messages.tsx';
import { commandText as text } from '../text/commands.ts';
import { retrySentences } from '../text/failures.ts';
import { placeNames } from '../text/frame.ts';
import { useFailuresExport } from './use-failures-export.ts';
import { useSingleFlight } from './use-single-flight.ts';

/** Brings the acts on all failures as commands, wherever one is. */
export function FailureCommands(): null {
  const engine = useEngine();
  const { destinationId, failureCount } = useGlance();
  const { say } = useMessages();
  const runOnce = useSingleFlight();
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
    run: () => runOnce(id, act),
  });
  useCommands([
    command('retry-all', text.retryAll, retryAll),
    command('export', text.exportFailures, exportCsv),
  ]);
  return null;
}
