import type { ReactNode } from 'react';
import { dialogsText } from '../text/tagging-dialogs.ts';
import { ActBanner } from './act-banner.tsx';
import type { DialogActs } from './use-dialog-acts.ts';

/** What a dialog's last act did or why it failed. */
export function ActLine({ acts }: { readonly acts: DialogActs }): ReactNode {
  const { done, problem, undo, forget } = acts;
  const sentence = problem ?? done;
  if (sentence === null) return null;
  const hasFailed = problem !== null;
  return (
    <ActBanner
      tone={hasFailed ? 'alert' : 'quiet'}
      act={hasFailed ? { label: dialogsText.dismiss, run: forget } : { label: dialogsText.undo, run: undo }}
    >
      {sentence}
    </ActBanner>
  );
}
