import { useState } from 'react';
import { useAnnounce } from '../parts/announcer.tsx';
import { problemSentence } from '../text/problem.ts';

/** An act that takes a while, how it ended, and why it failed. */
export interface OneAct<Done> {
  readonly isRunning: boolean;
  /** What the last one brought; null before it, and after one that failed. */
  readonly done: Done | null;
  readonly problem: string | null;
  readonly run: () => void;
  /** As before the first one. */
  readonly forget: () => void;
}

/** One at a time: pressed again meanwhile, nothing happens. Screen readers are told. @param sentence what is said when it is done */
export function useOneAct<Done>(act: () => Promise<Done>, sentence: (done: Done) => string): OneAct<Done> {
  const announce = useAnnounce();
  const [isRunning, setIsRunning] = useState(false);
  const [done, setDone] = useState<Done | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const run = (): void => {
    if (isRunning) return;
    setIsRunning(true);
    setProblem(null);
    act()
      .then(
        (result) => {
          setDone(result);
          announce(sentence(result));
        },
        (error: unknown) => {
          const sentence = problemSentence(error);
          setDone(null);
          setProblem(sentence);
          announce(sentence, 'assertive');
        },
      )
      .finally(() => setIsRunning(false))
      .catch((error: unknown) => reportError(error));
  };
  const forget = (): void => {
    setDone(null);
    setProblem(null);
  };
  return { isRunning, done, problem, run, forget };
}
