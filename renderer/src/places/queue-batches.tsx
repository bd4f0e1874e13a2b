import { useId, type ReactNode } from 'react';
import { Picture } from '../sheet/picture.tsx';
import { batchName, batchState, morePhotos, queueText as text } from '../text/queue.ts';
import classes from './queue.module.css';
import type { QueueBatch } from '#shared/queue.ts';

/** Size of a thumbnail in CSS px; the style sheet has the same. */
const PICTURE = { width: 48, height: 32 } as const;

/** Batches in flight, each with its first photos and a thin bar. */
export function QueueBatches({ batches }: { readonly batches: readonly QueueBatch[] }): ReactNode {
  const id = useId();
  if (batches.length === 0) return null;
  return (
    <section className={classes['section']} aria-labelledby={id}>
      <h2 id={id} className={classes['heading']}>
        {text.batches}
      </h2>
      <ul className={classes['batches']}>
        {batches.map((batch) => (
          <Batch key={batch.id} batch={batch} />
        ))}
      </ul>
    </section>
  );
}

function Batch({ batch }: { readonly batch: QueueBatch }): ReactNode {
  const stateId = useId();
  const share = batch.phase === 'asking' ? 0 : batch.sentBytes / Math.max(1, batch.bodyBytes);
  const others = batch.photoCount - batch.photos.length;
  return (
    <li className={classes['batch']}>
      <div className={classes['pictures']}>
        {batch.photos.map((row) => (
          <span key={row.photoId} className={classes['picture']} title={row.name ?? undefined}>
            <Picture row={row} shown={PICTURE} />
          </span>
        ))}
        {others > 0 && <span className={classes['more']}>{morePhotos(others)}</span>}
      </div>
      <div className={classes['words']}>
        <span>{batchName(batch)}</span>
        <span id={stateId} className={classes['state']}>
          {batchState(batch, Date.now())}
        </span>
      </div>
      <div
        className={classes['track']}
        role="progressbar"
        aria-label={batchName(batch)}
        aria-describedby={stateId}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={Math.floor(share * 100)}
      >
        <div className={classes['bar']} style={{ inlineSize: `${share * 100}%` }} />
      </div>
    </li>
  );
}
