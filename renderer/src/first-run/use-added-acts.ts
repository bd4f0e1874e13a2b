/** What can be done at once about folders that were just added: what lies in them is sent from then on. */
import { useCallback } from 'react';
import { useActQueue, useEngine } from '../engine/use-engine.tsx';
import { useMessages, type Message } from '../parts/messages.tsx';
import { useUndoAction } from '../tagging/use-undo-action.ts';
import { foldersText as text } from '../text/first-run.ts';
import { problemSentence } from '../text/problem.ts';

/** Pausing and removing these folders, for the message that says that they were added; nothing for none. */
export function useAddedActs(): (folderIds: readonly number[]) => Pick<Message, 'action' | 'other'> {
  const engine = useEngine();
  const queue = useActQueue();
  const undoAction = useUndoAction();
  const { say } = useMessages();
  return useCallback(
    (folderIds) => {
      if (folderIds.length === 0) return {};
      const fail = (error: unknown): void => say({ text: problemSentence(error) });
      const pause = async (): Promise<void> => {
        for (const folderId of folderIds) await engine.pauseFolder({ folderId, until: null });
        say({ text: text.paused(folderIds.length) });
      };
      const remove = async (): Promise<void> => {
        for (const folderId of folderIds) await queue.add(() => engine.removeFolder({ folderId }));
        // Each is an act of its own: only the last one could be taken back from here.
        const action = folderIds.length === 1 ? undoAction() : undefined;
        say({ text: text.removed(folderIds.length), action });
      };
      return {
        action: { label: text.pause(folderIds.length), run: () => void pause().catch(fail) },
        other: { label: text.remove, run: () => void remove().catch(fail) },
      };
    },
    [engine, queue, undoAction, say],
  );
}
