import { useEngine } from '../engine/use-engine.tsx';
import { sentFirstSentence } from '../text/sending.ts';
import { useTold } from './use-told.ts';
import type { TagTarget } from '#shared/tagging.ts';

/** Lets photos go before all others, or in their usual turn again. */
export function useSendFirst(destinationId: number): (target: TagTarget, isFirst: boolean) => void {
  const engine = useEngine();
  const tell = useTold();
  return (target, isFirst) =>
    tell(engine.sendFirst({ target, destinationId, isFirst }), (done) => sentFirstSentence(isFirst, done));
}
