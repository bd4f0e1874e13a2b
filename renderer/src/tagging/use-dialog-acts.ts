import { useState } from 'react';
import { useActQueue, useEngine } from '../engine/use-engine.tsx';
import { useDestinationId } from '../engine/use-glance.tsx';
import { useAnnounce } from '../parts/announcer.tsx';
import { dialogsText } from '../text/tagging-dialogs.ts';
import type { ConceptUse, EditDone } from '#shared/tagging.ts';

/** Acts of a dialog: what was done last, with its undo, and what failed. Both are shown in the dialog itself. */
export interface DialogActs {
  readonly done: string | null;
  readonly problem: string | null;
  /** Does an act in its turn; answers what was done, null when it failed. */
  readonly act: <Done extends EditDone | ConceptUse>(
    doIt: () => Promise<Done>,
    sentence: (done: Done) => string,
  ) => Promise<Done | null>;
  /** Undoes what `done` tells of. */
  readonly undo: () => void;
  readonly forget: () => void;
  /** Shows why something failed. */
  readonly failed: (error: unknown) => null;
}

/** How a dialog ends that is for one act. */
export interface DialogEnds {
  /** Nothing was done. */
  readonly onClose: () => void;
  /** The act is done; `sentence` says what it did. */
  readonly onDone: (sentence: string) => void;
}

export function useDialogActs(): DialogActs {
  const engine = useEngine();
  const queue = useActQueue();
  const destinationId = useDestinationId();
  const announce = useAnnounce();
  const [done, setDone] = useState<string | null>(null);
  const [problem, setProblem] = useState<string | null>(null);

  function failed(error: unknown): null {
    const sentence = dialogsText.notDone(error);
    setProblem(sentence);
    announce(sentence, 'assertive');
    return null;
  }

  return {
    done,
    problem,
    act: (doIt, sentence) =>
      queue.add(doIt).then((edit) => {
        setProblem(null);
        // A concept is made from a draft only, which no concept had: it is an act.
        setDone('editId' in edit && edit.editId === null ? null : sentence(edit));
        announce(sentence(edit));
        return edit;
      }, failed),
    undo: () => {
      setDone(null);
      void queue.add(() => engine.undo({ destinationId })).then(() => announce(dialogsText.undone), failed);
    },
    forget: () => setProblem(null),
    failed,
  };
}
