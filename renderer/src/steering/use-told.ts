import { useMessages } from '../parts/messages.tsx';
import { problemSentence } from '../text/problem.ts';

/** Says a sentence once something is done, or why it could not be done. */
export function useTold(): (done: Promise<unknown>, sentence: string) => void {
  const { say } = useMessages();
  return (done, sentence) =>
    void done.then(
      () => say({ text: sentence }),
      (error: unknown) => say({ text: problemSentence(error) }),
    );
}
