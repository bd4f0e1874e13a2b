import type { ReactNode } from 'react';
import { usePlace } from '../frame/use-place.tsx';
import { Button } from '../parts/button.tsx';
import { OrderMenu } from '../steering/order-menu.tsx';
import { useSending } from '../steering/use-sending.ts';
import { limitSentence, sendingText as text } from '../text/sending.ts';
import classes from './places.module.css';
import type { LimitNow } from '#shared/sending.ts';

/** In which order photos leave, and how fast they may: what is changed now and then; the rest is in the settings. */
export function QueueSteering({ limit }: { readonly limit: LimitNow }): ReactNode {
  const { state, save } = useSending();
  const { go } = usePlace();
  if (state === undefined) return null;
  return (
    <section className={classes['section']} aria-labelledby="queue-steering">
      <h2 id="queue-steering" className={classes['heading']}>
        {text.heading}
      </h2>
      <div className={classes['list']}>
        <div className={classes['line']}>
          <span>{text.order}</span>
          <OrderMenu order={state.settings.order} onChange={(order) => save({ order })} />
        </div>
        <div className={classes['line']}>
          <span>{text.limit}</span>
          <span className={classes['number']}>{limitSentence(limit, Date.now())}</span>
          <Button
            size="small"
            aria-label={text.changeName}
            onClick={() => go('settings', { section: 'sending' })}
          >
            {text.change}
          </Button>
        </div>
      </div>
    </section>
  );
}
