import { Copy } from 'lucide-react';
import { memo, type ReactNode } from 'react';
import { useDestinationId } from '../engine/use-glance.tsx';
import { Button } from '../parts/button.tsx';
import { IconButton } from '../parts/icon-button.tsx';
import { Panel } from '../parts/panel.tsx';
import { StateMark } from '../sheet/state-mark.tsx';
import { useSendFirst } from '../steering/use-send-first.ts';
import { formatMoment } from '../text/format.ts';
import { historyWord, inspectorText } from '../text/inspector.ts';
import { sendingText } from '../text/sending.ts';
import classes from './inspector.module.css';
import { useCopy } from './use-copy.ts';
import type { HistoryEntry, PhotoFacts } from '#shared/sheet.ts';

/** The photo's own history, with the service's words where it spoke. */
export const WayPanel = memo(function WayPanel({ facts }: { readonly facts: PhotoFacts }): ReactNode {
  const copy = useCopy();
  return (
    <Panel title={inspectorText.way}>
      {facts.sentence !== null && (
        <p className={classes['sentence']} data-state={facts.row.state}>
          {facts.sentence}
        </p>
      )}
      {(facts.row.state === 'found' || facts.row.state === 'queued') && <Turn facts={facts} />}
      <ol className={classes['way']}>
        {facts.history.map((entry, index) => (
          // Two things may happen in the same moment.
          <Entry key={`${String(entry.at)} ${String(index)}`} entry={entry} />
        ))}
      </ol>
      <div className={classes['file']}>
        <div className={classes['path']}>
          <span className={classes['note']}>{inspectorText.names.inputId}</span>
          <code>{facts.inputId}</code>
        </div>
        <IconButton label={inspectorText.copyInputId} icon={<Copy />} onClick={() => copy(facts.inputId)} />
      </div>
    </Panel>
  );
});

/** Whether it goes before others, and the act that changes it. */
function Turn({ facts }: { readonly facts: PhotoFacts }): ReactNode {
  const sendFirst = useSendFirst(useDestinationId());
  const { goesFirst, isResting, row } = facts;
  const words = goesFirst ? sendingText.goesFirst : sendingText.usualTurn;
  return (
    <div className={classes['turn']}>
      <span className={classes['note']}>{isResting ? sendingText.rests : words}</span>
      <Button size="small" onClick={() => sendFirst({ photoIds: [row.photoId] }, !goesFirst)}>
        {goesFirst ? sendingText.notFirst : sendingText.sendFirst}
      </Button>
    </div>
  );
}

function Entry({ entry }: { readonly entry: HistoryEntry }): ReactNode {
  const copy = useCopy();
  const { at, what, detail, statusCode, requestId } = entry;
  const said = [detail, statusCode === null ? null : inspectorText.status(statusCode)].filter(
    (part) => part !== null,
  );
  return (
    <li className={classes['entry']}>
      <span className={classes['entry-mark']}>
        {what !== 'tags' && <StateMark state={what} isNamed={false} />}
      </span>
      <div className={classes['entry-words']}>
        <div className={classes['entry-line']}>
          <span>{historyWord(entry)}</span>
          <time className={classes['note']} dateTime={new Date(at).toISOString()}>
            {formatMoment(at)}
          </time>
        </div>
        {said.length > 0 && <p className={classes['note']}>{said.join(' · ')}</p>}
        {requestId !== null && (
          <button
            type="button"
            className={classes['request']}
            title={inspectorText.copyRequestId}
            onClick={() => copy(requestId)}
          >
            {inspectorText.requestId} <code>{requestId}</code>
          </button>
        )}
      </div>
    </li>
  );
}
