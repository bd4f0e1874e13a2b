import type { ReactNode } from 'react';
import { ChoiceMenu } from '../steering/choice-menu.tsx';
import { OrderMenu } from '../steering/order-menu.tsx';
import { LimitField } from '../steering/limit-field.tsx';
import { Timetable } from '../steering/timetable.tsx';
import { useSending } from '../steering/use-sending.ts';
import { limitKinds, sendingText as text } from '../text/sending.ts';
import classes from './places.module.css';
import { SENDING_BOUNDS } from '#shared/sending.ts';

const { least, most } = SENDING_BOUNDS.batchesInFlight;
const COUNTS = Array.from({ length: most - least + 1 }, (_, index) => ({
  value: least + index,
  label: String(least + index),
}));
/** What a limit begins with, in bytes per second. */
const FIRST_LIMIT = 1_000_000;

/** How photos are sent: in which order, how many at once, how fast and when. */
export function SendingSettingsSection(): ReactNode {
  const { state, save } = useSending();
  return (
    <section className={classes['section']} aria-labelledby="sending">
      <h2 id="sending" className={classes['heading']}>
        {text.heading}
      </h2>
      {state !== undefined && (
        <>
          <p className={classes['note']}>{text.words}</p>
          <div className={classes['list']}>
            <div className={classes['choice']}>
              <div>
                {text.order}
                <p className={classes['small']}>{text.orderWords}</p>
              </div>
              <OrderMenu order={state.settings.order} onChange={(order) => save({ order })} />
            </div>
            <div className={classes['choice']}>
              <div>
                {text.inFlight}
                <p className={classes['small']}>{text.inFlightWords}</p>
              </div>
              <ChoiceMenu
                label={text.inFlight}
                value={state.settings.batchesInFlight}
                options={COUNTS}
                onChange={(batchesInFlight) => save({ batchesInFlight })}
              />
            </div>
            <div className={classes['choice']}>
              <span>{text.limit}</span>
              <ChoiceMenu
                label={text.limit}
                value={state.settings.limit === null ? 'none' : 'some'}
                options={[
                  { value: 'none', label: limitKinds.none },
                  { value: 'some', label: limitKinds.some },
                ]}
                onChange={(kind) => save({ limit: kind === 'none' ? null : FIRST_LIMIT })}
              />
              {state.settings.limit !== null && (
                <LimitField
                  label={text.limit}
                  limit={state.settings.limit}
                  onChange={(limit) => save({ limit })}
                />
              )}
            </div>
          </div>
          <Timetable entries={state.settings.timetable} onChange={(timetable) => save({ timetable })} />
        </>
      )}
    </section>
  );
}
