import { useState, type ReactNode } from 'react';
import { useActQueue, useEngine, useLive } from '../engine/use-engine.tsx';
import { useGlance } from '../engine/use-glance.tsx';
import { useAddFolder } from '../first-run/folder-adding.tsx';
import { Banner } from '../parts/banner.tsx';
import { Button } from '../parts/button.tsx';
import { useMessages } from '../parts/messages.tsx';
import { Spinner } from '../parts/spinner.tsx';
import { useUndoAction } from '../tagging/use-undo-action.ts';
import { folderLines, folderName, watchedText as text } from '../text/folders.ts';
import { destinationName } from '../text/frame.ts';
import { folderSentence } from '../text/places.ts';
import { PauseMenu } from '../steering/pause-menu.tsx';
import { useFolderPauses } from '../steering/use-folder-pauses.ts';
import { folderPaused, sendingText } from '../text/sending.ts';
import { problemSentence } from '../text/problem.ts';
import { FolderDialog } from './folder-dialog.tsx';
import { FolderRemoval } from './folder-removal.tsx';
import classes from './folders.module.css';
import places from './places.module.css';
import type { ChangeTopic } from '#shared/changes.ts';
import type { WatchedFolder } from '#shared/folders.ts';

const TOPICS: readonly ChangeTopic[] = ['folders', 'photos', 'settings', 'destinations', 'concepts'];

interface Asked {
  readonly folder: WatchedFolder;
  readonly does: 'change' | 'remove';
}

/** Every watched folder, of whatever account: how it is watched, what is sent of it, and the acts on it. */
export function FolderList(): ReactNode {
  const { value, problem, refresh } = useLive('folders', {}, TOPICS);
  const engine = useEngine();
  const queue = useActQueue();
  const addFolder = useAddFolder();
  const undoAction = useUndoAction();
  const { say } = useMessages();
  const [asked, setAsked] = useState<Asked | null>(null);
  const [failed, setFailed] = useState<string | null>(null);
  const fail = (error: unknown): void => setFailed(problemSentence(error));
  const scan = ({ id, path }: WatchedFolder): void =>
    void engine.rescanFolder({ folderId: id }).then(
      () => {
        setFailed(null);
        refresh();
      },
      (error: unknown) => setFailed(`${path}: ${problemSentence(error)}`),
    );
  const close = (): void => setAsked(null);
  const tell = (sentence: string): void => {
    close();
    setFailed(null);
    say({ text: sentence, action: undoAction() });
  };
  return (
    <section className={places['section']} aria-labelledby="folders">
      <h2 id="folders" className={places['heading']}>
        {text.title}
      </h2>
      {failed !== null && (
        <Banner tone="alert" isOutcome>
          {failed}
        </Banner>
      )}
      {value === undefined ? (
        <Waiting problem={problem} />
      ) : (
        <>
          {value.folders.length === 0 && <p className={places['soft']}>{text.none}</p>}
          <ul className={places['list']}>
            {value.folders.map((folder) => (
              <FolderCard
                key={folder.id}
                folder={folder}
                onScan={() => scan(folder)}
                onAsk={(does) => setAsked({ folder, does })}
              />
            ))}
          </ul>
        </>
      )}
      <div className={places['acts']}>
        <Button onClick={addFolder}>{text.add}</Button>
      </div>
      {asked?.does === 'change' && <FolderDialog folder={asked.folder} onClose={close} onDone={tell} />}
      {asked?.does === 'remove' && (
        <FolderRemoval
          folder={asked.folder}
          onClose={close}
          onRemove={() => {
            const { id, path } = asked.folder;
            void queue
              .add(() => engine.removeFolder({ folderId: id }))
              .then(() => tell(text.removed(folderName(path))), fail)
              .finally(close);
          }}
        />
      )}
    </section>
  );
}

function Waiting({ problem }: { readonly problem: Error | null }): ReactNode {
  return problem === null ? (
    <Spinner label={text.reading} />
  ) : (
    <Banner tone="alert">{text.failed(problem)}</Banner>
  );
}

interface FolderCardProps {
  readonly folder: WatchedFolder;
  readonly onScan: () => void;
  readonly onAsk: (does: Asked['does']) => void;
}

function FolderCard({ folder, onScan, onAsk }: FolderCardProps): ReactNode {
  const { destinations } = useGlance();
  const pauses = useFolderPauses();
  const destination = destinations.find(({ id }) => id === folder.destinationId);
  const name = folderName(folder.path);
  const isAway = folder.health === 'unreachable';
  return (
    <li className={classes['folder']}>
      <div className={classes['head']}>
        <div className={classes['name']}>
          {folder.path}
          <p className={`${classes['small'] ?? ''} ${isAway ? (classes['alert'] ?? '') : ''}`}>
            {folder.isScanning ? text.scanning : folderSentence(folder)}
            {folder.reason !== null && !isAway && !folder.isScanning ? ` ${folder.reason}` : ''}
          </p>
          {folder.pausedAt !== null && (
            <p className={`${classes['small'] ?? ''} ${classes['wait'] ?? ''}`}>
              {folderPaused(folder.pausedUntil, Date.now())}
            </p>
          )}
        </div>
        <div className={classes['acts']}>
          {folder.pausedAt === null ? (
            <PauseMenu
              size="small"
              name={sendingText.pauseFolderOf(name)}
              onPause={(length) => pauses.pause(folder, length)}
            />
          ) : (
            <Button
              size="small"
              aria-label={sendingText.resumeFolderOf(name)}
              onClick={() => pauses.resume(folder)}
            >
              {sendingText.resumeFolder}
            </Button>
          )}
          <Button size="small" aria-label={text.scanOf(name)} onClick={onScan}>
            {text.scan}
          </Button>
          <Button size="small" aria-label={text.changeOf(name)} onClick={() => onAsk('change')}>
            {text.change}
          </Button>
          <Button
            size="small"
            variant="quiet"
            aria-label={text.removeOf(name)}
            onClick={() => onAsk('remove')}
          >
            {text.remove}
          </Button>
        </div>
      </div>
      <dl className={classes['lines']}>
        {folderLines(folder, destination === undefined ? '' : destinationName(destination)).map((line) => (
          <div key={line.name} className={classes['line']}>
            <dt>{line.name}</dt>
            <dd>{line.value}</dd>
          </div>
        ))}
      </dl>
    </li>
  );
}
