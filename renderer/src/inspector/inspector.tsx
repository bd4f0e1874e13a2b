import { memo, type ReactNode } from 'react';
import { useLive } from '../engine/use-engine.tsx';
import { Panel } from '../parts/panel.tsx';
import { Spinner } from '../parts/spinner.tsx';
import { useSelection } from '../sheet/use-selection.tsx';
import { TagsPanel } from '../tagging/tags-panel.tsx';
import { captureLines, commonLines, exposureLine, inspectorText } from '../text/inspector.ts';
import { FilesPanel } from './files-panel.tsx';
import classes from './inspector.module.css';
import { Lines } from './lines.tsx';
import { useRested, useStaying } from './use-rested.ts';
import { WayPanel } from './way-panel.tsx';
import type { ChangeTopic } from '#shared/changes.ts';
import type { PhotoFacts } from '#shared/sheet.ts';

/** More photos than this are not asked about one by one. */
const MOST_ROWS = 500;

const NEVER: readonly ChangeTopic[] = [];

/** What is known of the selection: its tags, its facts, its way. */
export function Inspector(): ReactNode {
  const { photoIds, isWholeSheet, count, focusId } = useSelection();
  const oneId = count === 1 && !isWholeSheet ? (photoIds[0] ?? null) : count === 0 ? focusId : null;
  return (
    <div className={classes['inspector']}>
      <TagsPanel />
      {oneId !== null && <OnePhoto photoId={oneId} />}
      {count > 1 && <Several photoIds={photoIds} count={count} isWholeSheet={isWholeSheet} />}
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
      <FilesPanel files={facts.files} />
    </>
  );
}

const FactsPanel = memo(function FactsPanel({ facts }: { readonly facts: PhotoFacts }): ReactNode {
  const hasFile = facts.files.some((file) => file.missingAt === null);
  // The file is read once for each photo that is looked at; what it says does not change while it is shown.
  const exposure = useLive('exposure', hasFile ? { photoId: facts.row.photoId } : null, NEVER).value;
  return (
    <Panel title={inspectorText.facts}>
      {facts.row.name !== null && <p className={classes['name']}>{facts.row.name}</p>}
      <Lines lines={[...captureLines(facts), ...(exposure?.lines ?? []).map(exposureLine)]} />
    </Panel>
  );
});

function Several(props: { photoIds: readonly number[]; count: number; isWholeSheet: boolean }): ReactNode {
  const { photoIds, count, isWholeSheet } = props;
  const { destinationId } = useSelection().query;
  const isAsked = !isWholeSheet && photoIds.length <= MOST_ROWS;
  const rested = useRested(photoIds);
  const rows = useLive('rowsOf', isAsked ? { destinationId, photoIds: rested.slice(0, MOST_ROWS) } : null, [
    'photos',
    'tags',
  ]).value?.rows;
  const shown = useStaying(rows);
  return (
    <Panel title={inspectorText.common}>
      {/* The count of what is told here: a selection that is being drawn is ahead of it. */}
      <p className={classes['name']}>{inspectorText.several(isAsked ? (shown?.length ?? count) : count)}</p>
      {!isAsked && <p className={classes['quiet']}>{inspectorText.tooMany}</p>}
      {isAsked && shown !== undefined && <Lines lines={commonLines(shown)} />}
    </Panel>
  );
}
