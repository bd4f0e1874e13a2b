import type { ReactNode } from 'react';
import { Button, type ButtonProps } from '../parts/button.tsx';
import { failuresText as text } from '../text/failures.ts';
import type { FailureActs, WantedRetry } from './use-failure-acts.ts';

/** Tries failures again. While any act is on its way it cannot be pressed; while its own is, it says so. */
export function RetryButton({
  acts,
  wanted,
  onAsked,
  children,
  size,
}: Pick<ButtonProps, 'children' | 'size'> & {
  readonly acts: FailureActs;
  readonly wanted: WantedRetry;
  readonly onAsked?: () => void;
}): ReactNode {
  return (
    <Button
      size={size ?? 'normal'}
      disabled={acts.running !== null}
      onClick={() => {
        acts.retry(wanted);
        onAsked?.();
      }}
    >
      {acts.running === wanted.button ? text.asking : children}
    </Button>
  );
}
