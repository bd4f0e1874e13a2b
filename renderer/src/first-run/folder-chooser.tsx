/** Choosing a folder where the system's dialog cannot be had: what the host lists, by keyboard or pointer. */
import { ChevronRight, Folder } from 'lucide-react';
import { useCallback, useEffect, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import { useHost } from '../engine/use-engine.tsx';
import { Banner } from '../parts/banner.tsx';
import { Button } from '../parts/button.tsx';
import { Dialog } from '../parts/dialog.tsx';
import { Spinner } from '../parts/spinner.tsx';
import { foldersText } from '../text/first-run.ts';
import { problemSentence } from '../text/problem.ts';
import classes from './folder-chooser.module.css';
import { pathCrumbs, pathIn } from './path-crumbs.ts';
import type { ListedFolder } from '#shared/host-api.ts';

const text = foldersText.chooser;
/** Index of the marked folder when none is. */
const NONE = -1;

export interface FolderChooserProps {
  readonly isOpen: boolean;
  readonly onClose: () => void;
  /** Rejects with a sentence when the folder cannot be added. */
  readonly onAdd: (path: string) => Promise<void>;
}

/** The dialog: the folder that is open is the one that is added. */
export function FolderChooser({ isOpen, onClose, onAdd }: FolderChooserProps): ReactNode {
  const { listed, top, problem, open, setProblem } = useListedFolder(isOpen);
  const [isAdding, setIsAdding] = useState(false);
  const list = useRef<HTMLUListElement>(null);
  const name = listed === null || top === null ? '' : (pathCrumbs(top, listed.path).at(-1)?.name ?? '');
  const add = (): void => {
    if (listed === null) return;
    setIsAdding(true);
    void onAdd(listed.path)
      .then(onClose, (error: unknown) => setProblem(problemSentence(error)))
      .finally(() => setIsAdding(false));
  };
  return (
    <Dialog
      title={text.title}
      description={text.description}
      isOpen={isOpen}
      onClose={onClose}
      firstFocus={list}
      footer={
        <>
          <span className={classes['count']}>{listed === null ? '' : text.photos(listed.photoCount)}</span>
          <Button onClick={onClose}>{text.cancel}</Button>
          <Button variant="primary" disabled={listed === null || isAdding} onClick={add}>
            {text.add(name)}
          </Button>
        </>
      }
    >
      {problem !== null && (
        <Banner tone="alert" isOutcome>
          {problem}
        </Banner>
      )}
      {listed === null && problem === null && <Spinner label={text.reading} />}
      {listed !== null && top !== null && (
        <>
          <Crumbs top={top} path={listed.path} onOpen={open} />
          <FolderList listed={listed} listRef={list} onOpen={open} />
        </>
      )}
    </Dialog>
  );
}

/** The open folder; it begins at the top each time the chooser opens. */
function useListedFolder(isOpen: boolean) {
  const host = useHost();
  const [listed, setListed] = useState<ListedFolder | null>(null);
  const [top, setTop] = useState<string | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const newest = useRef(0);
  const open = useCallback(
    (path: string | null) => {
      newest.current += 1;
      const asked = newest.current;
      void host.listFolder({ path }).then(
        (folder) => {
          if (asked !== newest.current) return;
          setListed(folder);
          setProblem(null);
          if (folder.parent === null) setTop(folder.path);
        },
        (error: unknown) => {
          if (asked === newest.current) setProblem(problemSentence(error));
        },
      );
    },
    [host],
  );
  useEffect(() => {
    if (!isOpen) return;
    setListed(null);
    setProblem(null);
    open(null);
  }, [isOpen, open]);
  return { listed, top, problem, open, setProblem };
}

function Crumbs(props: {
  readonly top: string;
  readonly path: string;
  readonly onOpen: (path: string) => void;
}) {
  const crumbs = pathCrumbs(props.top, props.path);
  return (
    <nav aria-label={text.path} className={classes['crumbs']}>
      {crumbs.map(({ name, path }, index) => (
        <span key={path} className={classes['crumb']}>
          {index > 0 && <ChevronRight aria-hidden="true" />}
          <Button
            size="small"
            variant="quiet"
            aria-current={path === props.path ? 'location' : undefined}
            onClick={() => props.onOpen(path)}
          >
            {name}
          </Button>
        </span>
      ))}
    </nav>
  );
}

interface FolderListProps {
  readonly listed: ListedFolder;
  readonly listRef: React.RefObject<HTMLUListElement | null>;
  readonly onOpen: (path: string) => void;
}

/** Arrows mark a folder, Enter or the right arrow opens it, the left arrow or Backspace opens the one above. */
function FolderList({ listed, listRef, onOpen }: FolderListProps): ReactNode {
  const { folders, path, parent } = listed;
  // The list itself stays while folders open, and the focus with it.
  // No folder is marked until a key asks: the one that is open is added, and a mark would look like a choice.
  const [lastMark, setMark] = useState({ path, index: NONE });
  const marked = lastMark.path === path ? lastMark.index : NONE;
  useEffect(() => listRef.current?.focus(), [listRef]);
  const mark = (index: number): void => {
    if (folders.length === 0) return;
    const inRange = Math.max(0, Math.min(folders.length - 1, index));
    setMark({ path, index: inRange });
    listRef.current?.children[inRange]?.scrollIntoView({ block: 'nearest' });
  };
  const openMarked = (): void => {
    const name = folders[marked];
    if (name !== undefined) onOpen(pathIn(path, name));
  };
  const acts: Readonly<Record<string, () => void>> = {
    ArrowDown: () => mark(marked + 1),
    ArrowUp: () => mark(marked - 1),
    Home: () => mark(0),
    End: () => mark(folders.length - 1),
    PageDown: () => mark(marked + 10),
    PageUp: () => mark(marked - 10),
    Enter: openMarked,
    ArrowRight: openMarked,
    ArrowLeft: () => parent !== null && onOpen(parent),
    Backspace: () => parent !== null && onOpen(parent),
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const act = acts[event.key];
    if (act !== undefined) act();
    else if (event.key.length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey) {
      // A letter goes to the next folder that begins with it.
      const rest = [...folders.keys()].map((index) => (marked + 1 + index) % folders.length);
      const found = rest.find((index) => folders[index]?.toLowerCase().startsWith(event.key.toLowerCase()));
      if (found === undefined) return;
      mark(found);
    } else return;
    event.preventDefault();
  };
  return (
    <>
      <ul
        ref={listRef}
        role="listbox"
        tabIndex={0}
        data-ring="inside"
        aria-label={text.list}
        aria-activedescendant={marked === NONE ? undefined : `folder-${String(marked)}`}
        className={classes['list']}
        onKeyDown={onKeyDown}
      >
        {folders.length === 0 && (
          <li role="option" aria-selected={false} aria-disabled className={classes['none']}>
            {text.noFolders}
          </li>
        )}
        {folders.map((name, index) => (
          <li
            key={name}
            id={`folder-${String(index)}`}
            role="option"
            aria-selected={index === marked}
            className={classes['folder']}
            onClick={() => onOpen(pathIn(path, name))}
          >
            <Folder aria-hidden="true" />
            <span>{name}</span>
            <ChevronRight aria-hidden="true" />
          </li>
        ))}
      </ul>
      {listed.isCut && <p className={classes['none']}>{text.isCut}</p>}
    </>
  );
}
