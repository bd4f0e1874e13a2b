import { Download } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { useLive } from '../engine/use-engine.tsx';
import { useDestinationId } from '../engine/use-glance.tsx';
import { PlaceLayout } from '../frame/place-layout.tsx';
import { Banner } from '../parts/banner.tsx';
import { Button } from '../parts/button.tsx';
import { EmptyState } from '../parts/empty-state.tsx';
import { failuresText as text, groupCount } from '../text/failures.ts';
import { placeNames } from '../text/frame.ts';
import { CountList } from './count-list.tsx';
import { FailureCard } from './failures-card.tsx';
import { ConfirmRemoval } from './failures-confirm.tsx';
import classes from './failures.module.css';
import { PlaceTitle } from './place-title.tsx';
import { reasonSentence } from './reason-sentence.ts';
import { RetryButton } from './retry-button.tsx';
import { ShowStates } from './show-states.tsx';
import { useFailureActs } from './use-failure-acts.ts';

/** What failed, by cause, and what can be done about each; below, what was left out. */
export function FailuresPlace(): ReactNode {
  const destinationId = useDestinationId();
  // What an act did and what is chosen are of one account, and go with it.
  return <FailuresAt key={destinationId} destinationId={destinationId} />;
}

function FailuresAt({ destinationId }: { readonly destinationId: number }): ReactNode {
  const groups = useLive('failureGroups', { destinationId }, ['photos', 'folders']);
  const acts = useFailureActs(destinationId);
  const [openCause, setOpenCause] = useState<string | null>(null);
  const found = groups.value?.groups ?? [];
  const leftOut = groups.value?.leftOut;
  const skipped = groups.value?.skipped ?? [];
  return (
    <PlaceLayout
      place="failures"
      toolbar={
        <PlaceTitle title={placeNames.failures}>
          {found.length > 0 && (
            <>
              <Button icon={<Download />} disabled={acts.running !== null} onClick={acts.exportCsv}>
                {text.exportCsv}
              </Button>
              <RetryButton
                acts={acts}
                wanted={{ which: { all: true }, way: 'again', count: 0, button: 'all' }}
              >
                {text.retryAll}
              </RetryButton>
            </>
          )}
        </PlaceTitle>
      }
    >
      <div className={classes['failed']}>
        {acts.outcome !== null && (
          <section className={classes['outcome']} aria-label={text.outcome}>
            <Banner
              tone={acts.outcome.hasFailed ? 'alert' : 'quiet'}
              action={
                <Button size="small" onClick={acts.forget}>
                  {text.dismiss}
                </Button>
              }
            >
              {acts.outcome.sentences.map((sentence) => (
                <p key={sentence}>{sentence}</p>
              ))}
            </Banner>
          </section>
        )}
        {groups.value !== undefined && found.length === 0 && (
          <EmptyState title={text.none}>{text.noneWords}</EmptyState>
        )}
        {found.length > 0 && (
          <ul className={classes['cards']} aria-label={placeNames.failures}>
            {found.map((group) => (
              <FailureCard
                key={group.cause}
                group={group}
                acts={acts}
                isOpen={openCause === group.cause}
                onToggle={() => setOpenCause(openCause === group.cause ? null : group.cause)}
              />
            ))}
          </ul>
        )}
      </div>
      {skipped.length > 0 && (
        <CountList
          title={text.leftOut}
          lines={skipped.map(({ reason, photoCount, fileCount }) => {
            const count = photoCount + fileCount;
            return { label: reasonSentence(reason, count), count };
          })}
        >
          <ShowStates states={['skipped']} />
        </CountList>
      )}
      {leftOut !== undefined && leftOut.photoCount + leftOut.fileCount > 0 && (
        <p className={classes['left-out']}>
          {text.leftOutByYou(groupCount(leftOut))}
          <Button size="small" disabled={acts.running !== null} onClick={acts.takeIn}>
            {text.takeIn}
          </Button>
        </p>
      )}
      {acts.question !== null && <ConfirmRemoval question={acts.question} />}
    </PlaceLayout>
  );
}
