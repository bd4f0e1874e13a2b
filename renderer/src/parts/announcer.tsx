/** What screen readers are told without the focus moving: one polite and one assertive region for the whole window. */
import { createContext, useCallback, useState, type ReactNode } from 'react';
import { useGiven } from './use-given.ts';
import classes from './visually-hidden.module.css';

/** `polite`: when there is a pause. `assertive`: at once; only for what the next key press depends on. */
export type Announce = (text: string, urgency?: 'polite' | 'assertive') => void;

const AnnounceContext = createContext<Announce | null>(null);

interface Said {
  readonly polite: string;
  readonly assertive: string;
  readonly count: number;
}

/** Gives `useAnnounce` to everything below, and holds the regions. */
export function Announcer({ children }: { readonly children: ReactNode }): ReactNode {
  const [said, setSaid] = useState<Said>({ polite: '', assertive: '', count: 0 });
  const announce = useCallback<Announce>((text, urgency = 'polite') => {
    setSaid((before) => ({ ...before, [urgency]: text, count: before.count + 1 }));
  }, []);
  // The same words twice are told twice only when the node changes.
  const again = said.count % 2 === 0 ? '' : '\u00A0';
  return (
    <AnnounceContext value={announce}>
      {children}
      <div role="status" aria-live="polite" aria-atomic="true" className={classes['hidden']}>
        {said.polite === '' ? '' : said.polite + again}
      </div>
      <div role="alert" aria-live="assertive" aria-atomic="true" className={classes['hidden']}>
        {said.assertive === '' ? '' : said.assertive + again}
      </div>
    </AnnounceContext>
  );
}

/** How to tell screen readers something. */
export function useAnnounce(): Announce {
  return useGiven(AnnounceContext, 'Announcer');
}
