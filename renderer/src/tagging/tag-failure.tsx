import type { ReactNode } from 'react';
import { taggingText } from '../text/tagging.ts';
import { ActBanner } from './act-banner.tsx';
import classes from './tag-failure.module.css';

/** A tag that was not kept: it stays over whatever is shown, the loupe too, until the next one is kept. */
export function TagFailure({
  sentence,
  onDismiss,
}: {
  readonly sentence: string;
  readonly onDismiss: () => void;
}): ReactNode {
  return (
    <section aria-label={taggingText.notKept} className={classes['place']}>
      <ActBanner tone="alert" act={{ label: taggingText.dismiss, run: onDismiss }}>
        {sentence}
      </ActBanner>
    </section>
  );
}
