import { useRef, useState } from 'react';
import { useEngine, useLive } from '../engine/use-engine.tsx';
import { useMessages } from '../parts/messages.tsx';
import type { SendingSettings, SendingState } from '#shared/sending.ts';

/** How the sending is steered, kept up to date, and how to change it. What was changed is shown before it is answered. */
export function useSending(): {
  readonly state: SendingState | undefined;
  readonly save: (part: Partial<SendingSettings>) => void;
} {
  const engine = useEngine();
  const { fail } = useMessages();
  const { value } = useLive('sending', {}, ['settings']);
  const [answer, setAnswer] = useState<SendingState>();
  const [ahead, setAhead] = useState<Partial<SendingSettings>>({});
  const outCount = useRef(0);
  const known = answer !== undefined && answer.asOf > (value?.asOf ?? 0) ? answer : value;
  return {
    state: known === undefined ? undefined : { ...known, settings: { ...known.settings, ...ahead } },
    save: (settings) => {
      outCount.current += 1;
      setAhead((before) => ({ ...before, ...settings }));
      void engine
        .saveSending({ settings })
        .then(setAnswer, fail)
        .finally(() => {
          outCount.current -= 1;
          if (outCount.current === 0) setAhead({});
        });
    },
  };
}
