import { useId, type ReactNode } from 'react';
import { useShowFiltered } from '../frame/show-photos.tsx';
import { Button } from '../parts/button.tsx';
import { classNames } from '../parts/class-names.ts';
import { Picture } from '../sheet/picture.tsx';
import { useRemScale } from '../style/rem.ts';
import { batchName, batchState, morePhotos, queueText as text, showSending } from '../text/queue.ts';
import classes from './queue.module.css';
import type { QueueBatch } from '#shared/queue.ts';

/** Size of a thumbnail in CSS px at the interface's normal size; the style sheet has the same. */
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
  const showFiltered = useShowFiltered();
  const scale = useRemScale();
  // How much of an interrupted one arrived is not known before the account has answered: no number, and nothing falls.
  const share = batch.phase === 'asking' ? null : batch.sentBytes / Math.max(1, batch.bodyBytes);
  const others = batch.photoCount - batch.photos.length;
  return (
    <li className={classes['batch']}>
      <div className={classes['pictures']}>
        {batch.photos.map((row) => (
          <span key={row.photoId} className={classes['picture']} title={row.name ?? undefined}>
            <Picture row={row} shown={{ width: PICTURE.width * scale, height: PICTURE.height * scale }} />
          </span>
        ))}
        {others > 0 && (
          <Button
            size="small"
            variant="quiet"
            aria-label={showSending(others)}
            onClick={() => showFiltered({ states: ['sending'] })}
          >
            {morePhotos(others)}
          </Button>
        )}
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
        aria-valuenow={share === null ? undefined : Math.floor(share * 100)}
      >
        <div
          className={classNames(classes['bar'], share === null && classes['asking'])}
          style={{ inlineSize: `${(share ?? 1) * 100}%` }}
        />
      </div>
    </li>
  );
}
