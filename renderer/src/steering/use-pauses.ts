import { useEngine } from '../engine/use-engine.tsx';
import { useGlance } from '../engine/use-glance.tsx';
import { heldPart } from '../frame/status-line.ts';
import { pausedSentence, resumedSentence } from '../text/sending.ts';
import { useSayDone } from './use-say-done.ts';
import { pauseEnd, type PauseLength } from '#shared/sending.ts';

/** Pausing everything that is sent, and resuming it; what else holds the sending then is told. */
export function usePauses(): {
  readonly isPaused: boolean;
  readonly pause: (length: PauseLength) => void;
  readonly resume: () => void;
} {
  const engine = useEngine();
  const sayDone = useSayDone();
  const { holds, destinationId } = useGlance();
  const isPaused = holds.some(({ kind }) => kind === 'paused');
  return {
    isPaused,
    pause: (length) => {
      const now = Date.now();
      const until = pauseEnd(length, now);
      sayDone(engine.pause({ until }), () => pausedSentence(until, now));
    },
    resume: () =>
      sayDone(
        engine.resume({}).then(() => engine.glance({ destinationId })),
        (glance) => resumedSentence(glance.holds.map((hold) => heldPart(glance, hold, Date.now()).text)),
      ),
  };
}
