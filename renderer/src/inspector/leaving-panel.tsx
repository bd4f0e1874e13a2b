import { memo, type ReactNode } from 'react';
import { useLive } from '../engine/use-engine.tsx';
import { Panel } from '../parts/panel.tsx';
import { leavingLines, leavingSentence, leavingText as text } from '../text/folders.ts';
import classes from './inspector.module.css';
import { Lines } from './lines.tsx';
import { useStaying } from './use-rested.ts';
import type { ChangeTopic } from '#shared/changes.ts';

const TOPICS: readonly ChangeTopic[] = ['photos', 'tags', 'folders', 'settings', 'concepts'];

/** Exactly what is sent of the photo, as the engine reads it from the request that it makes. */
export const LeavingPanel = memo(function LeavingPanel(props: {
  readonly photoId: number;
  readonly destinationId: number;
}): ReactNode {
  const { photoId, destinationId } = props;
  const { value, problem } = useLive('leaving', { photoId, destinationId }, TOPICS);
  const leaving = useStaying(value);
  if (leaving === undefined && problem === null) return null;
  return (
    <Panel title={text.title}>
      {problem !== null && <p className={classes['quiet']}>{text.failed(problem)}</p>}
      {leaving !== undefined && (
        <>
          <p className={classes['sentence']}>{leavingSentence(leaving)}</p>
          {leaving.stays === null && <Lines lines={leavingLines(leaving)} />}
          {leaving.stays === null && leaving.request !== null && (
            <details className={classes['details']}>
              <summary>{text.request}</summary>
              <code className={classes['json']}>{leaving.request.json}</code>
            </details>
          )}
        </>
      )}
    </Panel>
  );
});
