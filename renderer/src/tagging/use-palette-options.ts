import { useCallback, useEffect, useState } from 'react';
import { useEngine } from '../engine/use-engine.tsx';
import { optionsFor, optionsWhenEmpty, type PaletteOption } from './palette-options.ts';

/** Lines of the list at once; and of the recent and the frequent each while nothing is typed. */
const LINES = 8;
const USED_LINES = 6;

/** What is offered, and the text that it belongs to. */
export interface PaletteAnswer {
  readonly text: string;
  readonly options: readonly PaletteOption[];
}

/**
 * What is offered for a text; the answer before stays until the next is there, so that nothing flickers. `ask` tells
 * what is offered for a text that was typed faster than the list came.
 *
 * @param news changes when the concepts' use may have changed
 */
export function usePaletteOptions(
  text: string,
  news: unknown,
): PaletteAnswer & { readonly ask: (text: string) => Promise<readonly PaletteOption[]> } {
  const engine = useEngine();
  const [answer, setAnswer] = useState<PaletteAnswer>({ text: '', options: [] });
  const ask = useCallback(
    async (typed: string): Promise<readonly PaletteOption[]> =>
      typed.trim() === ''
        ? optionsWhenEmpty(await engine.usedConcepts({ limit: USED_LINES }))
        : optionsFor(await engine.concepts({ text: typed, limit: LINES })),
    [engine],
  );
  useEffect(() => {
    let isCurrent = true;
    ask(text).then(
      (options) => {
        if (isCurrent) setAnswer({ text, options });
      },
      // The line to the engine is down, which the frame shows; the list is asked for anew with the next letter.
      () => {
        if (isCurrent) setAnswer({ text, options: [] });
      },
    );
    return () => {
      isCurrent = false;
    };
  }, [ask, text, news]);
  return { ...answer, ask };
}
