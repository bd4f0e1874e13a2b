import type { ReactNode } from 'react';
import { useAllCommands } from '../commands/use-commands.tsx';
import { Button } from '../parts/button.tsx';
import { frameText } from '../text/frame.ts';
import { PauseMenu } from './pause-menu.tsx';
import { usePauses } from './use-pauses.ts';

/** Pauses for some time, or resumes: whichever makes sense. */
export function PauseButton(): ReactNode {
  const { isPaused, pause, resume } = usePauses();
  const keys = useAllCommands().find(({ id }) => id === 'sending.pause')?.keys ?? undefined;
  if (!isPaused) return <PauseMenu name={frameText.pause} keys={keys} onPause={pause} />;
  return (
    <Button keys={keys} onClick={resume}>
      {frameText.resume}
    </Button>
  );
}
