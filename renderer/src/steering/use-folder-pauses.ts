import { useEngine } from '../engine/use-engine.tsx';
import { folderName } from '../text/folders.ts';
import { folderPausedSentence, sendingText } from '../text/sending.ts';
import { useSayDone } from './use-say-done.ts';
import { pauseEnd, type PauseLength } from '#shared/sending.ts';

interface NamedFolder {
  readonly id: number;
  /** Absolute. */
  readonly path: string;
}

/** Pausing single folders, and resuming them. */
export function useFolderPauses(): {
  readonly pause: (folder: NamedFolder, length: PauseLength) => void;
  readonly resume: (folder: NamedFolder) => void;
} {
  const engine = useEngine();
  const sayDone = useSayDone();
  return {
    pause: ({ id, path }, length) => {
      const now = Date.now();
      const until = pauseEnd(length, now);
      sayDone(engine.pauseFolder({ folderId: id, until }), () =>
        folderPausedSentence(folderName(path), until, now),
      );
    },
    resume: ({ id, path }) =>
      sayDone(engine.resumeFolder({ folderId: id }), () => sendingText.folderResumed(folderName(path))),
  };
}
