/** Acts on failures: tried again, left out, written as a list; and the sentence that says what became of it. */
import { useCallback, useState } from 'react';
import { useActQueue, useEngine, useHost } from '../engine/use-engine.tsx';
import { useHostFacts } from '../frame/use-host-facts.tsx';
import { useAnnounce } from '../parts/announcer.tsx';
import { useMessages } from '../parts/messages.tsx';
import { useUndoAction } from '../tagging/use-undo-action.ts';
import { failuresText as text, retrySentences, skipSentence } from '../text/failures.ts';
import { problemSentence } from '../text/problem.ts';
import { saveFile } from './save-file.ts';
import type { FailureTarget, RetryWay } from '#shared/failures.ts';

/** A retry that is asked for. */
export interface WantedRetry {
  readonly which: FailureTarget;
  readonly way: RetryWay;
  /** The button that asks for it, see `running`. */
  readonly button: string;
  /** Photos that it is about, for the question before inputs are removed. */
  readonly count: number;
}

/** Whether inputs are to be removed at the service. */
export interface RemovalQuestion {
  readonly count: number;
  readonly answer: (isMeant: boolean) => void;
}

export interface FailureActs {
  /** The button of the act that is on its way; null: none is. One at a time: pressed meanwhile, others do nothing. */
  readonly running: string | null;
  /** What the last act did, or why it failed. */
  readonly outcome: { readonly sentences: readonly string[]; readonly hasFailed: boolean } | null;
  readonly question: RemovalQuestion | null;
  readonly retry: (wanted: WantedRetry) => void;
  readonly skip: (which: FailureTarget) => void;
  readonly takeIn: () => void;
  readonly exportCsv: () => void;
  readonly forget: () => void;
}

/** Acts at a destination. */
export function useFailureActs(destinationId: number): FailureActs {
  const engine = useEngine();
  const host = useHost();
  const { kind } = useHostFacts();
  const queue = useActQueue();
  const undoAction = useUndoAction();
  const { say } = useMessages();
  const announce = useAnnounce();
  const [outcome, setOutcome] = useState<FailureActs['outcome']>(null);
  const [running, setRunning] = useState<string | null>(null);
  const [question, setQuestion] = useState<RemovalQuestion | null>(null);

  const tell = useCallback(
    (sentences: readonly string[], hasFailed: boolean) => {
      setOutcome({ sentences, hasFailed });
      announce(sentences.join(' '), hasFailed ? 'assertive' : undefined);
    },
    [announce],
  );
  const fail = useCallback(
    (error: unknown) => tell([`${text.failed}: ${problemSentence(error)}`], true),
    [tell],
  );
  const run = (button: string, act: () => Promise<void>): void => {
    if (running !== null) return;
    setRunning(button);
    void act()
      .catch(fail)
      .finally(() => setRunning(null));
  };
  const retryNow = ({ which, way, button }: WantedRetry): void =>
    run(button, async () => {
      tell(retrySentences(await engine.retryFailures({ destinationId, which, way })), false);
    });
  return {
    running,
    outcome,
    question,
    forget: () => setOutcome(null),
    retry(wanted) {
      if (wanted.way !== 'remove-there') {
        retryNow(wanted);
        return;
      }
      setQuestion({
        count: wanted.count,
        answer(isMeant) {
          setQuestion(null);
          if (isMeant) retryNow(wanted);
        },
      });
    },
    skip(which) {
      run('skip', async () => {
        const skipped = await queue.add(() => engine.skipFailures({ destinationId, which }));
        setOutcome(null);
        const action = skipped.editId === null ? undefined : undoAction();
        say({ text: skipSentence(skipped), action });
      });
    },
    takeIn() {
      run('take-in', async () => tell(retrySentences(await engine.takeInLeftOut({ destinationId })), false));
    },
    exportCsv() {
      const parts: string[] = [];
      const readOn = async (from: number): Promise<void> => {
        const { text: part, nextFrom } = await engine.failuresCsv({ destinationId, from });
        parts.push(part);
        if (nextFrom !== null) await readOn(nextFrom);
      };
      run('export', async () => {
        await readOn(0);
        const isSaved = await saveFile({ host, kind }, { name: text.csvName, text: parts.join('') });
        if (isSaved) say({ text: text.exported });
      });
    },
  };
}
