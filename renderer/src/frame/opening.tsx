import type { ReactNode } from 'react';
import { useConnectionStatus } from '../engine/use-engine.tsx';
import { Button } from '../parts/button.tsx';
import { EmptyState } from '../parts/empty-state.tsx';
import { Spinner } from '../parts/spinner.tsx';
import { VisuallyHidden } from '../parts/visually-hidden.tsx';
import { connectionSentence, frameText } from '../text/frame.ts';
import classes from './frame.module.css';

/** Before the first answer; when there will be none, why. */
export function Opening(): ReactNode {
  const { state, sentence } = useConnectionStatus();
  if (state === 'refused' || state === 'ended')
    return (
      <main className={classes['opening']}>
        <Heading />
        <EmptyState title={frameText.cannotOpen}>
          {connectionSentence(state, state === 'ended', sentence)}
        </EmptyState>
      </main>
    );
  return (
    <main className={classes['opening']}>
      <Heading />
      <Spinner
        key={state}
        label={state === 'lost' ? connectionSentence(state, false, sentence) : frameText.starting}
      />
    </main>
  );
}

function Heading(): ReactNode {
  return (
    <VisuallyHidden>
      <h1>{frameText.appName}</h1>
    </VisuallyHidden>
  );
}

/** The first question was answered with an error. */
export function CannotOpen({ problem }: { readonly problem: Error }): ReactNode {
  return (
    <main className={classes['opening']}>
      <Heading />
      <EmptyState
        title={frameText.cannotOpen}
        action={<Button onClick={() => window.location.reload()}>{frameText.tryAgain}</Button>}
      >
        {problem.message}
      </EmptyState>
    </main>
  );
}
