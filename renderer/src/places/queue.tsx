import type { ReactNode } from 'react';
import { useAllCommands } from '../commands/use-commands.tsx';
import { useGlance } from '../engine/use-glance.tsx';
import { PlaceLayout } from '../frame/place-layout.tsx';
import { onTheWayCount } from '../frame/status-line.ts';
import { Banner } from '../parts/banner.tsx';
import { Button } from '../parts/button.tsx';
import { EmptyState } from '../parts/empty-state.tsx';
import { formatTime } from '../text/format.ts';
import { placeNames } from '../text/frame.ts';
import { queueText as text, stateNames } from '../text/places.ts';
import { CountList } from './count-list.tsx';
import { PlaceTitle } from './place-title.tsx';
import { HOLDS, type Hold } from '#shared/problems.ts';

/** What is on the way, in numbers. */
export function QueuePlace(): ReactNode {
  const { counts, waitingPaths, editsWaiting, holds } = useGlance();
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
      {holds.map((hold) => (
        <Banner
          key={hold.kind}
          tone={HOLDS[hold.kind].lifts === 'owner' && hold.kind !== 'paused' ? 'alert' : 'wait'}
        >
          {holdWords(hold)}
        </Banner>
      ))}
      {isEmpty ? (
        <EmptyState title={text.empty}>{text.emptyWords}</EmptyState>
      ) : (
        <>
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
        </>
      )}
    </PlaceLayout>
  );
}

function holdWords({ sentence, since, until, detail }: Hold): string {
  const when = until === null ? formatTime(since) : `${formatTime(since)} – ${formatTime(until)}`;
  return [`${sentence} (${when})`, ...(detail === null ? [] : [detail])].join(' ');
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
