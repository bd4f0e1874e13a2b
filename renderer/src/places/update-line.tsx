/** What is known of a newer Tagalong, with what can be done about it. */
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { reportProblem } from '../engine/report-problem.ts';
import { useHost } from '../engine/use-engine.tsx';
import { useHostFacts } from '../frame/use-host-facts.tsx';
import { useAnnounce } from '../parts/announcer.tsx';
import { Banner } from '../parts/banner.tsx';
import { Button } from '../parts/button.tsx';
import { useMessages } from '../parts/messages.tsx';
import { desktopText as text } from '../text/desktop.ts';
import classes from './places.module.css';
import type { DesktopState, UpdateAct, UpdateState } from '#shared/desktop.ts';

/** How often it is asked how far a download is, in ms. */
const LOOK_MS = 1000;

interface UpdateLineProps {
  readonly update: UpdateState;
  readonly onTold: (state: DesktopState) => void;
}

/** One line of the desktop's settings. */
export function UpdateLine({ update, onTold }: UpdateLineProps): ReactNode {
  const host = useHost();
  const { version } = useHostFacts();
  const { say } = useMessages();
  const [failed, setFailed] = useState<UpdateAct | null>(null);
  const [round, setRound] = useState(0);
  useEffect(() => {
    if (update.state !== 'loading') return undefined;
    let isWanted = true;
    const timer = setTimeout(() => {
      host
        .desktop({})
        .then((told) => {
          if (isWanted && told !== null) onTold(told);
        }, reportProblem)
        .finally(() => setRound((before) => before + 1));
    }, LOOK_MS);
    return () => {
      isWanted = false;
      clearTimeout(timer);
    };
  }, [host, update, onTold, round]);
  useUpdateTold(update.state, text.update(update, version));
  const button = (label: string, act: UpdateAct): ReactNode => (
    <Button
      onClick={() => {
        setFailed(null);
        host.updateTagalong({ act }).then(
          (told) => {
            onTold(told);
            if (act === 'look' && told.update?.state === 'none') say({ text: text.noneNewer });
          },
          () => setFailed(act),
        );
      }}
    >
      {label}
    </Button>
  );
  return (
    <>
      <div className={classes['line']}>
        <span>{text.update(update, version)}</span>
        {update.state === 'none' && button(text.lookNow, 'look')}
        {update.state === 'offered' && button(update.hasFailed ? text.downloadAgain : text.download, 'load')}
        {update.state === 'ready' && button(text.restart, 'restart')}
      </div>
      {failed !== null && (
        <Banner tone="alert" isOutcome>
          {text.updateFailed[failed]}
        </Banner>
      )}
    </>
  );
}

/** Tells screen readers when something else is known than before; a share that grows each second is not read out. */
function useUpdateTold(state: UpdateState['state'], sentence: string): void {
  const announce = useAnnounce();
  const told = useRef(state);
  useEffect(() => {
    if (told.current === state) return;
    told.current = state;
    announce(sentence);
  }, [announce, state, sentence]);
}
