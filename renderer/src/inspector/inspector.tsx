import { memo, type ReactNode } from 'react';
import { useLive } from '../engine/use-engine.tsx';
import { Panel } from '../parts/panel.tsx';
import { Spinner } from '../parts/spinner.tsx';
import { useSelection } from '../sheet/use-selection.tsx';
import { TagsPanel } from '../tagging/tags-panel.tsx';
import { captureLines, exposureLine, inspectorText } from '../text/inspector.ts';
import { FilesPanel } from './files-panel.tsx';
import classes from './inspector.module.css';
import { LeavingPanel } from './leaving-panel.tsx';
import { Lines } from './lines.tsx';
import { Several, WholeSheet } from './several.tsx';
import { useRested, useStaying } from './use-rested.ts';
import { WayPanel } from './way-panel.tsx';
import type { ChangeTopic } from '#shared/changes.ts';
import type { PhotoFacts } from '#shared/sheet.ts';

/** What a file says does not change while it is shown. */
const NEVER: readonly ChangeTopic[] = [];

/** What is known of the selection: its tags, its facts, its way. */
export function Inspector(): ReactNode {
  const { photoIds, isWholeSheet, count, focusId } = useSelection();
  const oneId = count === 1 && !isWholeSheet ? (photoIds[0] ?? null) : count === 0 ? focusId : null;
  return (
    <div className={classes['inspector']}>
      <TagsPanel />
      {oneId !== null && <OnePhoto photoId={oneId} />}
      {count > 1 && (isWholeSheet ? <WholeSheet count={count} /> : <Several photoIds={photoIds} />)}
    </div>
  );
}

function OnePhoto({ photoId }: { readonly photoId: number }): ReactNode {
  const { query } = useSelection();
  const rested = useRested(photoId);
  const { destinationId } = query;
  const { value, problem } = useLive('photo', { destinationId, photoId: rested }, [
    'photos',
    'tags',
    'folders',
  ]);
  const facts = useStaying(value);
  if (facts === undefined) {
    return (
      <Panel title={inspectorText.facts}>
        {problem === null ? (
          <Spinner label={inspectorText.loading} />
        ) : (
          <p className={classes['quiet']}>
            {inspectorText.failed} {problem.message}
          </p>
        )}
      </Panel>
    );
  }
  return (
    <>
      <FactsPanel facts={facts} />
      <WayPanel facts={facts} />
      <LeavingPanel
        // What left with another photo is never shown for this one.
        key={facts.row.photoId}
        photoId={facts.row.photoId}
        destinationId={destinationId}
      />
      <FilesPanel files={facts.files} />
    </>
  );
}

const FactsPanel = memo(function FactsPanel({ facts }: { readonly facts: PhotoFacts }): ReactNode {
  const hasFile = facts.files.some((file) => file.missingAt === null);
  const exposure = useLive('exposure', hasFile ? { photoId: facts.row.photoId } : null, NEVER).value;
  return (
    <Panel title={inspectorText.facts}>
      {facts.row.name !== null && <p className={classes['name']}>{facts.row.name}</p>}
      <Lines lines={[...captureLines(facts), ...(exposure?.lines ?? []).map(exposureLine)]} />
    </Panel>
  );
});
