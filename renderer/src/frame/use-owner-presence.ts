import { useEffect } from 'react';
import { reportProblem } from '../engine/report-problem.ts';
import { useEngine } from '../engine/use-engine.tsx';

/** What the owner's hands do. */
const SIGNS = ['keydown', 'pointerdown', 'wheel'] as const;
/** The engine hears of it so often at most, in ms. */
const REST_MS = 1000;

/** Tells the engine that somebody uses the window, from its opening on, so that ingest leaves room for it. */
export function useOwnerPresence(): void {
  const engine = useEngine();
  useEffect(() => {
    let toldAt = Number.NEGATIVE_INFINITY;
    const tell = (): void => {
      const now = performance.now();
      if (now < toldAt + REST_MS) return;
      toldAt = now;
      engine.ownerIsHere({}).catch((problem: unknown) => reportProblem(problem));
    };
    tell();
    for (const sign of SIGNS) window.addEventListener(sign, tell, { capture: true, passive: true });
    return () => {
      for (const sign of SIGNS) window.removeEventListener(sign, tell, { capture: true });
    };
  }, [engine]);
}
