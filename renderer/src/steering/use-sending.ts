import { useCallback } from 'react';
import { useAhead } from '../engine/use-ahead.ts';
import { useEngine, useLive } from '../engine/use-engine.tsx';
import { useMessages } from '../parts/messages.tsx';
import { problemSentence } from '../text/problem.ts';
import type { SendingSettings, SendingState } from '#shared/sending.ts';

/** How the sending is steered, kept up to date, and how to change it. What was changed is shown before it is answered. */
export function useSending(): {
  readonly state: SendingState | undefined;
  readonly save: (part: Partial<SendingSettings>) => void;
} {
  const engine = useEngine();
  const { say } = useMessages();
  const { value, take } = useLive('sending', {}, ['settings']);
  const { ahead, save } = useAhead<SendingSettings>(
    useCallback(async (settings) => take(await engine.saveSending({ settings })), [engine, take]),
  );
  return {
    state: value === undefined ? undefined : { ...value, settings: { ...value.settings, ...ahead } },
    save: (part) => void save(part).catch((error: unknown) => say({ text: problemSentence(error) })),
  };
}
