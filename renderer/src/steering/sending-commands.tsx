import { useCommands } from '../commands/use-commands.tsx';
import { useEngine } from '../engine/use-engine.tsx';
import { useGlance } from '../engine/use-glance.tsx';
import { usePlace } from '../frame/use-place.tsx';
import { useMessages } from '../parts/messages.tsx';
import { commandText as text } from '../text/commands.ts';
import { frameText } from '../text/frame.ts';
import { useSending } from './use-sending.ts';
import { useSayDone } from './use-say-done.ts';
import { OVERRULABLE_RESTS, SENDING_ORDERS } from '#shared/sending.ts';

/** Brings the commands that steer the sending, wherever one is. */
export function SendingCommands(): null {
  const engine = useEngine();
  const { state, save } = useSending();
  const { holds } = useGlance();
  const { go } = usePlace();
  const { say } = useMessages();
  const sayDone = useSayDone();
  const rests = OVERRULABLE_RESTS.filter((rest) => holds.some(({ kind }) => kind === rest));
  const overrule = async (): Promise<void> => {
    for (const kind of rests) await engine.sendAllTheSame({ kind });
  };
  const group = frameText.groups.sending;
  useCommands([
    ...SENDING_ORDERS.map((order) => ({
      id: `sending.order-${order}`,
      label: text.order(order),
      group,
      keys: null,
      isEnabled: () => state !== undefined && state.settings.order !== order,
      run: () => {
        save({ order });
        say({ text: text.orderSet(order) });
      },
    })),
    {
      id: 'sending.limit',
      label: text.limit,
      group,
      keys: null,
      run: () => go('settings', { section: 'sending' }),
    },
    {
      id: 'sending.unlimited',
      label: text.unlimited,
      group,
      keys: null,
      isEnabled: () => state !== undefined && state.settings.limit !== null,
      run: () => {
        save({ limit: null });
        say({ text: text.unlimitedSet });
      },
    },
    {
      id: 'sending.all-the-same',
      label: text.sendAllTheSame,
      group,
      keys: null,
      isEnabled: () => rests.length > 0,
      run: () => sayDone(overrule(), () => text.sendsAllTheSame),
    },
  ]);
  return null;
}
