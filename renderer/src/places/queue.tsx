import { useEffect, useId, type ReactNode } from 'react';
import { useLive } from '../engine/use-engine.tsx';
import { useGlance } from '../engine/use-glance.tsx';
import { PlaceLayout } from '../frame/place-layout.tsx';
import { onTheWayCount } from '../frame/status-line.ts';
import { PauseButton } from '../steering/pause-button.tsx';
import { placeNames } from '../text/frame.ts';
import { queueText as text, runSentence, waitSentence } from '../text/queue.ts';
import { CountList } from './count-list.tsx';
import { PlaceTitle } from './place-title.tsx';
import { QueueBatches } from './queue-batches.tsx';
import { QueueHolds } from './queue-holds.tsx';
import { QueuePace } from './queue-pace.tsx';
import { PausedFolders } from './queue-paused.tsx';
import { QueuePlan } from './queue-plan.tsx';
import { QueueSteering } from './queue-steering.tsx';
import { ShowStates } from './show-states.tsx';
import classes from './queue.module.css';
import type { Queue } from '#shared/queue.ts';

/** Bytes leave without a word in the ledger: while they do they are asked for so often, in ms. */
const LOOK_EVERY_MS = 1000;

/** What is on the way, what waits and why, how fast it goes, and what is to be sent. */
export function QueuePlace(): ReactNode {
  const { counts, waitingPaths, editsWaiting } = useGlance();
  const queue = useQueue();
  const isEmpty = onTheWayCount(counts) + waitingPaths + counts.deleting + editsWaiting.there === 0;
  const hasRun = queue !== undefined && queue.run !== null;
  // What happens now leads; what happened is below what is to come.
  const isRunning = queue?.run?.endedAt === null;
  return (
    <PlaceLayout
      place="queue"
      toolbar={
        <PlaceTitle title={placeNames.queue}>
          <PauseButton />
        </PlaceTitle>
      }
    >
      <QueueHolds />
      {queue !== undefined && (
        <>
          <QueueBatches batches={queue.batches} />
          {isRunning && <QueuePace queue={queue} />}
          <Waits queue={queue} />
        </>
      )}
      <QueuePlan empty={isEmpty ? <Empty /> : null} />
      {queue !== undefined && (
        <>
          <QueueSteering limit={queue.limit} />
          <PausedFolders folders={queue.pausedFolders} />
          {hasRun && !isRunning && <QueuePace queue={queue} />}
          <Run queue={queue} />
        </>
      )}
      {editsWaiting.there + editsWaiting.withPhoto + counts.deleting > 0 && (
        <CountList
          title={text.tags}
          lines={[
            { label: text.edits, count: editsWaiting.there },
            { label: text.editsWithPhoto, count: editsWaiting.withPhoto },
            { label: text.deleting, count: counts.deleting },
          ]}
        >
          <ShowStates states={['deleting']} />
        </CountList>
      )}
    </PlaceLayout>
  );
}

/** Above the pace and the last run, which are there all the same. */
function Empty(): ReactNode {
  return (
    <section className={classes['section']}>
      <h2 className={classes['heading']}>{text.empty}</h2>
      <p className={classes['soft']}>{text.emptyWords}</p>
    </section>
  );
}

/** The queue, kept up to date; every second while something moves. */
function useQueue(): Queue | undefined {
  const { destinationId } = useGlance();
  const { value, refresh } = useLive('queue', { destinationId }, ['photos', 'holds', 'folders', 'settings']);
  const isMoving =
    value !== undefined && (value.batches.length > 0 || value.history.points.some(({ bytes }) => bytes > 0));
  useEffect(() => {
    if (!isMoving) return undefined;
    const timer = setInterval(() => {
      if (!document.hidden) refresh();
    }, LOOK_EVERY_MS);
    return () => clearInterval(timer);
  }, [isMoving, refresh]);
  return value?.destinationId === destinationId ? value : undefined;
}

/** Every reason of waiting as a sentence. */
function Waits({ queue: { waits } }: { readonly queue: Queue }): ReactNode {
  const id = useId();
  if (waits.length === 0) return null;
  return (
    <section className={classes['section']} aria-labelledby={id}>
      <h2 id={id} className={classes['heading']}>
        {text.waits}
      </h2>
      <ul className={classes['lines']}>
        {waits.map((wait) => (
          <li key={wait.reason}>{waitSentence(wait, Date.now())}</li>
        ))}
      </ul>
      <ShowStates states={['found', 'queued', 'accepted']} />
    </section>
  );
}

function Run({ queue: { run } }: { readonly queue: Queue }): ReactNode {
  const id = useId();
  if (run === null) return null;
  return (
    <section className={classes['section']} aria-labelledby={id}>
      <h2 id={id} className={classes['heading']}>
        {run.endedAt === null ? text.run : text.lastRun}
      </h2>
      <div className={classes['panel']}>
        <p className={classes['figures']}>{runSentence(run, Date.now())}</p>
      </div>
    </section>
  );
}
