import { useEngine } from '../engine/use-engine.tsx';
import { sentFirstSentence } from '../text/sending.ts';
import { useSayDone } from './use-say-done.ts';
import type { TagTarget } from '#shared/tagging.ts';

/** Lets photos go before all others, or in their usual turn again. */
export function useSendFirst(destinationId: number): (target: TagTarget, isFirst: boolean) => void {
  const engine = useEngine();
  const sayDone = useSayDone();
  return (target, isFirst) =>
    sayDone(engine.sendFirst({ target, destinationId, isFirst }), (done) => sentFirstSentence(isFirst, done));
}
