import { useRef, useState, type ReactNode } from 'react';
import { useHost } from '../engine/use-engine.tsx';
import { PathActs } from '../inspector/path-acts.tsx';
import { Banner } from '../parts/banner.tsx';
import { Button } from '../parts/button.tsx';
import { Dialog } from '../parts/dialog.tsx';
import { backupText as text } from '../text/care.ts';
import classes from './places.module.css';
import { useOneAct } from './use-one-act.ts';
import type { Backup } from '#shared/care.ts';

/** The backups that are there, and the way back to each. */
export function BackupList({ backups }: { readonly backups: readonly Backup[] }): ReactNode {
  const host = useHost();
  const [chosen, setChosen] = useState<Backup | null>(null);
  const [isAsking, setIsAsking] = useState(false);
  const act = useOneAct(
    async () => {
      if (chosen === null) throw new Error(text.none);
      return { at: chosen.at, ...(await host.goBackToBackup({ at: chosen.at })) };
    },
    ({ at }) => text.wentBack(at),
  );
  if (backups.length === 0) return <p className={classes['soft']}>{text.none}</p>;
  return (
    <>
      <div className={classes['list']}>
        <ul aria-label={text.backups}>
          {backups.map((backup) => (
            <BackupLine
              key={backup.path}
              backup={backup}
              isOnTheWay={act.isRunning && backup.at === chosen?.at}
              isDisabled={act.isRunning}
              onGoBack={() => {
                setChosen(backup);
                setIsAsking(true);
              }}
            />
          ))}
        </ul>
      </div>
      {act.problem !== null && <Banner tone="alert">{act.problem}</Banner>}
      {act.done !== null && <WentBack {...act.done} />}
      {isAsking && chosen !== null && (
        <GoingBack
          at={chosen.at}
          onClose={() => setIsAsking(false)}
          onGoBack={() => {
            setIsAsking(false);
            act.run();
          }}
        />
      )}
    </>
  );
}

function BackupLine(props: {
  readonly backup: Backup;
  readonly isOnTheWay: boolean;
  readonly isDisabled: boolean;
  readonly onGoBack: () => void;
}): ReactNode {
  const { path, at, bytes } = props.backup;
  return (
    <li className={classes['line']}>
      <span>{text.name(at, bytes)}</span>
      <Button
        size="small"
        variant="quiet"
        aria-label={text.ofBackup(text.goBack, at)}
        disabled={props.isDisabled}
        onClick={props.onGoBack}
      >
        {props.isOnTheWay ? text.goingBack : text.goBack}
      </Button>
      <div className={classes['icon-acts']}>
        <PathActs path={path} nameOf={(words) => text.ofBackup(words, at)} />
      </div>
    </li>
  );
}

function WentBack({ at, asidePath }: { readonly at: number; readonly asidePath: string | null }): ReactNode {
  return (
    <Banner tone="quiet" {...(asidePath === null ? {} : { action: <PathActs path={asidePath} /> })}>
      {text.wentBack(at)}
      {asidePath !== null && (
        <p className={classes['path']}>
          {text.aside} {asidePath}
        </p>
      )}
    </Banner>
  );
}

/** Says what going back does, before it is done. */
function GoingBack(props: {
  readonly at: number;
  readonly onClose: () => void;
  readonly onGoBack: () => void;
}): ReactNode {
  const keep = useRef<HTMLButtonElement>(null);
  return (
    <Dialog
      title={text.goBackTitle(props.at)}
      description={text.goBackWords}
      isOpen
      firstFocus={keep}
      onClose={props.onClose}
      footer={
        <>
          <Button ref={keep} onClick={props.onClose}>
            {text.stay}
          </Button>
          <Button variant="primary" onClick={props.onGoBack}>
            {text.goBack}
          </Button>
        </>
      }
    />
  );
}
