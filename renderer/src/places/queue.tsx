import type { ReactNode } from 'react';
import { useAllCommands } from '../commands/use-commands.tsx';
import { useGlance } from '../engine/use-glance.tsx';
import { PlaceLayout } from '../frame/place-layout.tsx';
import { heldPart, onTheWayCount } from '../frame/status-line.ts';
import { Banner } from '../parts/banner.tsx';
import { Button } from '../parts/button.tsx';
import { EmptyState } from '../parts/empty-state.tsx';
import { placeNames } from '../text/frame.ts';
import { queueText as text, stateNames } from '../text/places.ts';
import { CountList } from './count-list.tsx';
import { PlaceTitle } from './place-title.tsx';
import classes from './places.module.css';

/** What is on the way, in numbers. */
export function QueuePlace(): ReactNode {
  const glance = useGlance();
  const { counts, waitingPaths, editsWaiting } = glance;
  const isEmpty = onTheWayCount(counts) + waitingPaths + counts.deleting + editsWaiting.there === 0;
  return (
    <PlaceLayout
      place="queue"
      toolbar={
        <PlaceTitle title={placeNames.queue}>
          <PauseButton />
        </PlaceTitle>
      }
    >
      {glance.holds.map((hold) => {
        const { tone, text: sentence } = heldPart(glance, hold, Date.now());
        return (
          <Banner key={hold.kind} tone={tone}>
            {sentence}
            {hold.detail !== null && <p className={classes['small']}>{hold.detail}</p>}
          </Banner>
        );
      })}
      {isEmpty ? (
        <EmptyState title={text.empty}>{text.emptyWords}</EmptyState>
      ) : (
        <CountList
          title={text.onTheWay}
          lines={[
            { label: text.looking, count: waitingPaths },
            ...(['found', 'queued', 'sending', 'accepted', 'deleting'] as const).map((state) => ({
              label: stateNames[state],
              count: counts[state],
            })),
            { label: text.edits, count: editsWaiting.there },
            { label: text.editsWithPhoto, count: editsWaiting.withPhoto },
          ]}
          note={text.next}
        />
      )}
    </PlaceLayout>
  );
}

/** Pauses or resumes, whichever makes sense. */
function PauseButton(): ReactNode {
  const command = useAllCommands().find(({ id }) => id === 'sending.pause');
  if (command === undefined) return null;
  return (
    <Button keys={command.keys ?? undefined} onClick={command.run}>
      {command.label}
    </Button>
  );
}
