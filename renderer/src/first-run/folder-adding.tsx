/** Adding folders from anywhere: the system's dialog or the chooser, and folders that are dropped on the window. */
import { createContext, useCallback, useMemo, useState, type ReactNode } from 'react';
import { flushSync } from 'react-dom';
import { useConnection, useEngine, useHost } from '../engine/use-engine.tsx';
import { useGlance, useView } from '../engine/use-glance.tsx';
import { useHostFacts } from '../frame/use-host-facts.tsx';
import { usePlace } from '../frame/use-place.tsx';
import { Button } from '../parts/button.tsx';
import { Dialog } from '../parts/dialog.tsx';
import { useMessages } from '../parts/messages.tsx';
import { useGiven } from '../parts/use-given.ts';
import { foldersText } from '../text/first-run.ts';
import { destinationName } from '../text/frame.ts';
import { problemSentence } from '../text/problem.ts';
import classes from './folder-adding.module.css';
import { FolderChooser } from './folder-chooser.tsx';
import { useAddedActs } from './use-added-acts.ts';
import { useDrop } from './use-drop.ts';

interface Adding {
  readonly choose: () => void;
  readonly addDemo: () => void;
  readonly isAddingDemo: boolean;
}

const AddingContext = createContext<Adding | null>(null);

interface Problem {
  readonly title: string;
  readonly sentence: string;
}

/** Gives `useAddFolder` to everything below, and takes folders that are dropped on the window. */
export function FolderAdding({ children }: { readonly children: ReactNode }): ReactNode {
  const host = useHost();
  const facts = useHostFacts();
  const { say } = useMessages();
  const { add, addDemo, isAddingDemo, problem, setProblem } = useAdding();
  const [isChoosing, setIsChoosing] = useState(false);
  const fail = useCallback(
    (error: unknown) => setProblem({ title: foldersText.notAdded, sentence: problemSentence(error) }),
    [setProblem],
  );
  const choose = useCallback(() => {
    if (!facts.hasFolderDialog) {
      setIsChoosing(true);
      return;
    }
    void host
      .chooseFolders({})
      .then((paths) => (paths.length === 0 ? undefined : add(paths)))
      .catch(fail);
  }, [facts, host, add, fail]);
  const connection = useConnection();
  const isOver = useDrop((files) => {
    const paths = connection.droppedPaths(files);
    if (paths === null || paths.length === 0)
      say({
        text: paths === null ? foldersText.droppedInBrowser : foldersText.droppedNothing,
        action: { label: foldersText.choose, run: choose },
      });
    else void add(paths).catch(fail);
  });
  const adding = useMemo(() => ({ choose, addDemo, isAddingDemo }), [choose, addDemo, isAddingDemo]);
  return (
    <AddingContext value={adding}>
      {children}
      {isOver && (
        <div className={classes['over']} aria-hidden="true">
          {foldersText.dropHere}
        </div>
      )}
      <FolderChooser isOpen={isChoosing} onClose={() => setIsChoosing(false)} onAdd={(path) => add([path])} />
      <Dialog
        title={problem?.title ?? foldersText.notAdded}
        description={problem?.sentence}
        isOpen={problem !== null}
        onClose={() => setProblem(null)}
        size="small"
        footer={<Button onClick={() => setProblem(null)}>{foldersText.ok}</Button>}
      />
    </AddingContext>
  );
}

/** Folders go to the chosen account; the demo shoot always to the practice account. */
function useAdding() {
  const engine = useEngine();
  const host = useHost();
  const { destinationId, destinations } = useGlance();
  const { saveView } = useView();
  const { say } = useMessages();
  const { go } = usePlace();
  const actsOn = useAddedActs();
  const [problem, setProblem] = useState<Problem | null>(null);
  const [isAddingDemo, setIsAddingDemo] = useState(false);
  const add = useCallback(
    async (paths: readonly string[], toId = destinationId) => {
      const { folders: before } = await engine.folders({});
      const { folderIds } = await engine.addFolders({ paths, destinationId: toId });
      const fresh = folderIds.filter((added) => before.every(({ id }) => id !== added));
      const account = destinations.find(({ id }) => id === toId);
      const isElsewhere = account !== undefined && !account.isPractice;
      // Messages go with the place that they were said in.
      flushSync(() => go('sheet'));
      say({
        text: foldersText.added(paths.length, isElsewhere ? destinationName(account) : null),
        ...actsOn(fresh),
      });
    },
    [engine, destinationId, destinations, say, go, actsOn],
  );
  const practiceId = destinations.find(({ isPractice }) => isPractice)?.id ?? destinationId;
  const addDemo = useCallback(() => {
    setIsAddingDemo(true);
    void host
      .demoFolder({})
      .then(async ({ path }) => {
        await add([path], practiceId);
        await saveView({ destinationId: practiceId });
      })
      .catch((error: unknown) =>
        setProblem({ title: foldersText.demoFailed, sentence: problemSentence(error) }),
      )
      .finally(() => setIsAddingDemo(false));
  }, [host, add, practiceId, saveView]);
  return { add, addDemo, isAddingDemo, problem, setProblem };
}

function useAddingContext(): Adding {
  return useGiven(AddingContext, 'FolderAdding');
}

/** Asks for a folder and adds it to the chosen account. */
export function useAddFolder(): () => void {
  return useAddingContext().choose;
}

/** Adds the demo shoot. */
export function useAddDemo(): { readonly addDemo: () => void; readonly isAddingDemo: boolean } {
  return useAddingContext();
}
