import { useMessages } from '../parts/messages.tsx';

/** Says a sentence once something is done, or why it could not be done. */
export function useSayDone(): <Outcome>(
  act: Promise<Outcome>,
  sentence: (outcome: Outcome) => string,
) => void {
  const { say, fail } = useMessages();
  return (act, sentence) => void act.then((outcome) => say({ text: sentence(outcome) }), fail);
}
