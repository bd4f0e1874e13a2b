/** Asks one question after the other, always the one that is most needed now. */
import type { Connection } from '../engine/connection.ts';
import { reportProblem } from '../engine/report-problem.ts';

/** Asks, and takes the answer if it is still wanted. */
export type Question = (isCurrent: () => boolean) => Promise<void>;

interface Needs {
  /** What is most needed; null: nothing. */
  readonly nextQuestion: () => Question | null;
  /** What the questions are about: an answer is wanted as long as it is the same. */
  readonly about: () => unknown;
  readonly onProblem: (problem: Error) => void;
}

/** Rests before it is started. */
export function createAsker(connection: Pick<Connection, 'status'>, needs: Needs) {
  let isAsking = false;
  let isStopped = true;

  function pump(): void {
    if (isAsking || isStopped || connection.status().state !== 'open') return;
    const question = needs.nextQuestion();
    if (question === null) return;
    isAsking = true;
    const { epoch } = connection.status();
    const about = needs.about();
    const isCurrent = (): boolean => {
      const now = connection.status();
      return !isStopped && about === needs.about() && epoch === now.epoch && now.state === 'open';
    };
    question(isCurrent)
      .catch((error: unknown) => {
        if (isCurrent()) needs.onProblem(error instanceof Error ? error : new Error(String(error)));
      })
      .finally(() => {
        isAsking = false;
        pump();
      })
      // Only a listener's own fault gets here; it belongs to the page's last resort.
      .catch((error: unknown) => reportProblem(error));
  }

  return {
    /** Asks, unless a question is on its way; then it goes on after the answer. */
    pump,
    start: (): void => {
      isStopped = false;
    },
    stop: (): void => {
      isStopped = true;
    },
  };
}
