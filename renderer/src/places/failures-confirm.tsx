import { useRef, type ReactNode } from 'react';
import { Button } from '../parts/button.tsx';
import { Dialog } from '../parts/dialog.tsx';
import { failuresText as text } from '../text/failures.ts';
import type { RemovalQuestion } from './use-failure-acts.ts';

/** Asks before anything is deleted at the service: no undo brings that back. */
export function ConfirmRemoval({ question }: { readonly question: RemovalQuestion }): ReactNode {
  const cancel = useRef<HTMLButtonElement>(null);
  const { count, answer } = question;
  return (
    <Dialog
      title={text.removeTitle(count)}
      description={text.removeWords}
      isOpen
      size="small"
      firstFocus={cancel}
      onClose={() => answer(false)}
      footer={
        <>
          <Button ref={cancel} onClick={() => answer(false)}>
            {text.cancel}
          </Button>
          <Button variant="danger" onClick={() => answer(true)}>
            {text.remove}
          </Button>
        </>
      }
    />
  );
}
