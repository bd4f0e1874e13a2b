import { useEffect, useId, useRef, useState, type ReactNode } from 'react';
import { useEngine, useLive } from '../engine/use-engine.tsx';
import { useGlance } from '../engine/use-glance.tsx';
import { usePlace } from '../frame/use-place.tsx';
import { Button } from '../parts/button.tsx';
import { useMessages } from '../parts/messages.tsx';
import { askedSentence, planNotes, planSentence, queueText as text } from '../text/queue.ts';
import { problemSentence } from '../text/problem.ts';
import { CountList } from './count-list.tsx';
import { reasonSentence } from './reason-sentence.ts';
import places from './places.module.css';
import classes from './queue.module.css';
import type { Plan } from '#shared/queue.ts';

/** While photos go their way the plan is made anew so often, in ms; every photo in it takes another 0.1 ms. */
const REST_MS = 3000;
/** How long it takes follows the pace, also when no photo moves on: it is counted anew after so many rests. */
const STALE_RESTS = 5;

/** What would be sent now, what is there already, and what is not sent and why. @param empty stands for the first two */
export function QueuePlan({ empty }: { readonly empty: ReactNode }): ReactNode {
  const { plan, problem, refresh } = usePlan();
  const { go } = usePlace();
  if (plan === undefined && problem === null)
    return empty ?? <p className={classes['soft']}>{text.planning}</p>;
  return (
    <>
      {empty ?? <ToBeSent plan={plan} problem={problem} onAsked={refresh} />}
      {plan !== undefined && plan.notSent.length > 0 && (
        <CountList
          title={text.notSent}
          lines={plan.notSent.map(({ reason, count }) => ({ label: reasonSentence(reason, count), count }))}
        >
          <div className={places['acts']}>
            <Button size="small" onClick={() => go('failures')}>
              {text.seeFailures}
            </Button>
          </div>
        </CountList>
      )}
    </>
  );
}

function ToBeSent(props: {
  readonly plan: Plan | undefined;
  readonly problem: Error | null;
  readonly onAsked: () => void;
}): ReactNode {
  const { plan, problem, onAsked } = props;
  const id = useId();
  return (
    <section className={classes['section']} aria-labelledby={id}>
      <h2 id={id} className={classes['heading']}>
        {text.plan}
      </h2>
      <div className={classes['panel']}>
        {plan === undefined ? (
          <p>{problem?.message}</p>
        ) : (
          <>
            <p className={classes['figures']}>{planSentence(plan)}</p>
            {planNotes(plan).map((note) => (
              <p key={note} className={classes['soft']}>
                {note}
              </p>
            ))}
            {plan.unaskedCount > 0 && <AskButton destinationId={plan.destinationId} onAsked={onAsked} />}
          </>
        )}
      </div>
    </section>
  );
}

/** The plan, made anew at once when folders or holds change, and now and then while photos go their way. */
function usePlan(): {
  readonly plan: Plan | undefined;
  readonly problem: Error | null;
  readonly refresh: () => void;
} {
  const { destinationId, counts, waitingPaths } = useGlance();
  const { value, problem, refresh } = useLive('plan', { destinationId }, ['folders', 'holds', 'settings']);
  const mark = JSON.stringify([counts, waitingPaths]);
  const madeAt = useRef(0);
  const madeFor = useRef(mark);
  useEffect(() => {
    madeAt.current = Date.now();
  }, [value]);
  const restMs = REST_MS + (value?.photoCount ?? 0) / 10;
  useEffect(() => {
    if (madeFor.current === mark) return undefined;
    const timer = setTimeout(
      () => {
        madeFor.current = mark;
        refresh();
      },
      Math.max(0, madeAt.current + restMs - Date.now()),
    );
    return () => clearTimeout(timer);
  }, [mark, restMs, refresh]);
  const tellsTime = (value?.secondsLeft ?? null) !== null;
  useEffect(() => {
    if (!tellsTime) return undefined;
    const timer = setInterval(() => {
      if (!document.hidden) refresh();
    }, restMs * STALE_RESTS);
    return () => clearInterval(timer);
  }, [tellsTime, restMs, refresh]);
  return { plan: value, problem, refresh };
}

/** Asks the account which photos it has, also while the sending is paused. */
function AskButton(props: { readonly destinationId: number; readonly onAsked: () => void }): ReactNode {
  const { destinationId, onAsked } = props;
  const engine = useEngine();
  const { say } = useMessages();
  const [isAsking, setIsAsking] = useState(false);
  return (
    <div>
      <Button
        disabled={isAsking}
        onClick={() => {
          setIsAsking(true);
          void engine
            .askAhead({ destinationId })
            .then(
              (asked) => {
                say({ text: askedSentence(asked) });
                onAsked();
              },
              (error: unknown) => say({ text: problemSentence(error) }),
            )
            .finally(() => setIsAsking(false));
        }}
      >
        {isAsking ? text.asking : text.ask}
      </Button>
    </div>
  );
}
