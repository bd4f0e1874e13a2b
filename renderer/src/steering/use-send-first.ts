import { useEngine } from '../engine/use-engine.tsx';
import { useMessages } from '../parts/messages.tsx';
import { sentFirstSentence } from '../text/sending.ts';
import { problemSentence } from '../text/problem.ts';
import type { TagTarget } from '#shared/tagging.ts';

/** Lets photos go before all others, or in their usual turn again. */
export function useSendFirst(destinationId: number): (target: TagTarget, isFirst: boolean) => void {
  const engine = useEngine();
  const { say } = useMessages();
  return (target, isFirst) =>
    void engine.sendFirst({ target, destinationId, isFirst }).then(
      (done) => say({ text: sentFirstSentence(isFirst, done) }),
      (error: unknown) => say({ text: problemSentence(error) }),
    );
}
