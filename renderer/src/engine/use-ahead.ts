import { useCallback, useRef, useState } from 'react';

/**
 * Settings that show as they were chosen before they are kept. Only while a save is on its way: after it what is kept
 * counts, also what another window chose later, and what was before when it could not be kept.
 *
 * @param keep saves parts, and has what is kept then known before it resolves
 */
export function useAhead<Settings>(keep: (part: Partial<Settings>) => Promise<void>): {
  readonly ahead: Partial<Settings>;
  /** Rejects when they could not be kept. */
  readonly save: (part: Partial<Settings>) => Promise<void>;
} {
  const [ahead, setAhead] = useState<Partial<Settings>>({});
  const outCount = useRef(0);
  const save = useCallback(
    async (part: Partial<Settings>) => {
      outCount.current += 1;
      setAhead((before) => ({ ...before, ...part }));
      try {
        await keep(part);
      } finally {
        outCount.current -= 1;
        if (outCount.current === 0) setAhead({});
      }
    },
    [keep],
  );
  return { ahead, save };
}
