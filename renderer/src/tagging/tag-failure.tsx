import type { ReactNode } from 'react';
import { Banner } from '../parts/banner.tsx';
import { Button } from '../parts/button.tsx';
import { taggingText } from '../text/tagging.ts';
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
      <Banner
        tone="alert"
        action={
          <Button size="small" onClick={onDismiss}>
            {taggingText.dismiss}
          </Button>
        }
      >
        {sentence}
      </Banner>
    </section>
  );
}
