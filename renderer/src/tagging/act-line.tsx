import type { ReactNode } from 'react';
import { Banner } from '../parts/banner.tsx';
import { Button } from '../parts/button.tsx';
import { dialogsText } from '../text/tagging-dialogs.ts';
import type { DialogActs } from './use-dialog-acts.ts';

/** What a dialog's last act did or why it failed. */
export function ActLine({ acts }: { readonly acts: DialogActs }): ReactNode {
  const { done, problem, undo, forget } = acts;
  if (problem !== null) {
    return (
      <Banner
        tone="alert"
        action={
          <Button size="small" onClick={forget}>
            {dialogsText.dismiss}
          </Button>
        }
      >
        {problem}
      </Banner>
    );
  }
  if (done === null) return null;
  return (
    <Banner
      tone="quiet"
      action={
        <Button size="small" onClick={undo}>
          {dialogsText.undo}
        </Button>
      }
    >
      {done}
    </Banner>
  );
}
