import type { ReactNode } from 'react';
import { useEngine, useLive } from '../engine/use-engine.tsx';
import { useGlance } from '../engine/use-glance.tsx';
import { PlaceLayout } from '../frame/place-layout.tsx';
import { Button } from '../parts/button.tsx';
import { EmptyState } from '../parts/empty-state.tsx';
import { useMessages } from '../parts/messages.tsx';
import { placeNames } from '../text/frame.ts';
import { failuresText as text } from '../text/places.ts';
import { CountList } from './count-list.tsx';
import { PlaceTitle } from './place-title.tsx';
import { FAILURES, SKIPS } from '#shared/problems.ts';

const SENTENCES: Readonly<Record<string, string>> = {
  ...Object.fromEntries(Object.entries(FAILURES).map(([cause, { sentence }]) => [cause, sentence])),
  ...SKIPS,
};

/** What failed and what was left out, by cause. */
export function FailuresPlace(): ReactNode {
  const { failureCount, counts } = useGlance();
  const reasons = useReasons();
  const failed = reasons.filter(({ state }) => state === 'failed');
  const skipped = reasons.filter(({ state }) => state === 'skipped');
  // Files that could not become a photo have no state at the account.
  const fileCount = failureCount - counts.failed;
  const files = fileCount > 0 ? [{ label: text.files(fileCount), count: fileCount }] : [];
  return (
    <PlaceLayout
      place="failures"
      toolbar={<PlaceTitle title={placeNames.failures}>{failureCount > 0 && <RetryButton />}</PlaceTitle>}
    >
      {failureCount === 0 && skipped.length === 0 && (
        <EmptyState title={text.none}>{text.noneWords}</EmptyState>
      )}
      {failureCount > 0 && (
        <CountList title={placeNames.failures} lines={[...failed.map(lineOf), ...files]} note={text.next} />
      )}
      {skipped.length > 0 && <CountList title={text.skipped} lines={skipped.map(lineOf)} />}
    </PlaceLayout>
  );
}

function lineOf({ reason, count }: { readonly reason: string; readonly count: number }) {
  return { label: SENTENCES[reason] ?? reason, count };
}

/** Reasons at the chosen destination. */
function useReasons() {
  const { destinations, destinationId } = useGlance();
  const status = useLive('status', {}, ['photos']);
  const names = destinations.find(({ id }) => id === destinationId);
  const found = status.value?.destinations.find(
    ({ baseUrl, userId, appId }) =>
      baseUrl === names?.baseUrl && userId === names.userId && appId === names.appId,
  );
  return found?.reasons ?? [];
}

function RetryButton(): ReactNode {
  const engine = useEngine();
  const { say } = useMessages();
  return (
    <Button
      onClick={() =>
        void engine.retry({ cause: null, asItIs: false }).then(
          ({ retried, left }) => say({ text: text.retried(retried, left) }),
          (error: unknown) => say({ text: error instanceof Error ? error.message : String(error) }),
        )
      }
    >
      {text.retry}
    </Button>
  );
}
