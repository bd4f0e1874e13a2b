import { useCallback, useEffect, useRef, useState } from 'react';

/** How long the words over a picture stay after the last stir, in ms. */
const AWAKE_MS = 2500;

/**
 * Whether something stirred a moment ago: the pointer (call `wake`), or what is shown (another `shown`). The words over
 * a picture go when nothing does, so that they cover nothing of it.
 */
export function useAwake(shown: string): { readonly isAwake: boolean; readonly wake: () => void } {
  const [isAwake, setIsAwake] = useState(true);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const wake = useCallback(() => {
    setIsAwake(true);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => setIsAwake(false), AWAKE_MS);
  }, []);
  useEffect(wake, [shown, wake]);
  useEffect(() => () => clearTimeout(timer.current), []);
  return { isAwake, wake };
}
