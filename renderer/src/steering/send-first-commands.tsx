import { useCommands } from '../commands/use-commands.tsx';
import { useSelection } from '../sheet/use-selection.tsx';
import { frameText } from '../text/frame.ts';
import { sendingText as text } from '../text/sending.ts';
import { useSendFirst } from './use-send-first.ts';

/** Brings the commands that let what is selected go first, or in its usual turn. */
export function SendFirstCommands(): null {
  const { target, count, focusId, query } = useSelection();
  const sendFirst = useSendFirst(query.destinationId);
  const meant = count > 0 || focusId === null ? target : { photoIds: [focusId] };
  const command = (id: string, label: string, keys: string | null, isFirst: boolean) => ({
    id: `sending.${id}`,
    label,
    group: frameText.groups.sending,
    keys,
    isEnabled: () => count > 0 || focusId !== null,
    run: () => sendFirst(meant, isFirst),
  });
  useCommands([
    command('first', text.sendFirst, 'Shift+P', true),
    command('usual', text.sendAsUsual, null, false),
  ]);
  return null;
}
