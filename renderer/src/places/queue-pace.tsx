import { useId, type ReactNode } from 'react';
import { VisuallyHidden } from '../parts/visually-hidden.tsx';
import { paceSentence, paceWords, peakWords, queueText as text } from '../text/queue.ts';
import { paceColumns, pacePath } from './pace-plot.ts';
import classes from './queue.module.css';
import type { Queue } from '#shared/queue.ts';

const WIDTH = 600;
const HEIGHT = 56;

/** How fast bytes leave: now in words, over the last ten minutes as a small plot. */
export function QueuePace({ queue }: { readonly queue: Queue }): ReactNode {
  const headingId = useId();
  const wordsId = useId();
  const plotted = paceColumns(queue.history);
  return (
    <section className={classes['section']} aria-labelledby={headingId}>
      <h2 id={headingId} className={classes['heading']}>
        {text.pace}
      </h2>
      <div className={classes['panel']}>
        <p className={classes['figures']}>{paceSentence(queue)}</p>
        <svg
          className={classes['plot']}
          viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
          preserveAspectRatio="none"
          role="img"
          aria-label={text.paceName}
          aria-describedby={wordsId}
        >
          <path d={pacePath(plotted, WIDTH, HEIGHT)} />
        </svg>
        <div className={classes['scale']} aria-hidden="true">
          <span>−10 min</span>
          {plotted.peak > 0 && <span>{peakWords(plotted.peak)}</span>}
          <span>now</span>
        </div>
        <VisuallyHidden>
          <p id={wordsId}>{paceWords(plotted.minutes)}</p>
        </VisuallyHidden>
      </div>
    </section>
  );
}
