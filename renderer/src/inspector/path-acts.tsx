import { Copy, FolderOpen } from 'lucide-react';
import type { ReactNode } from 'react';
import { useHost } from '../engine/use-engine.tsx';
import { useHostFacts } from '../frame/use-host-facts.tsx';
import { IconButton } from '../parts/icon-button.tsx';
import { useMessages } from '../parts/messages.tsx';
import { inspectorText as text } from '../text/inspector.ts';
import { useCopy } from './use-copy.ts';

export interface PathActsProps {
  /** What is copied. */
  readonly path: string;
  /** What the file manager shows; null: it is not there. Default: the same. */
  readonly shown?: string | null;
  /** Whose path it is, for screen readers; `words` is what the act does. */
  readonly nameOf?: (words: string) => string;
}

/** What can be done with a path: its place in the file manager where there is one, and its text. */
export function PathActs({ path, shown = path, nameOf = (words) => words }: PathActsProps): ReactNode {
  const { canReveal } = useHostFacts();
  const reveal = useReveal();
  const copy = useCopy();
  return (
    <>
      {canReveal && shown !== null && (
        <IconButton label={nameOf(text.reveal)} icon={<FolderOpen />} onClick={() => reveal(shown)} />
      )}
      <IconButton label={nameOf(text.copyPath)} icon={<Copy />} onClick={() => copy(path)} />
    </>
  );
}

/** How to show a file in the file manager, and say that it could not be. */
export function useReveal(): (path: string) => void {
  const host = useHost();
  const { say } = useMessages();
  return (path) => {
    host.reveal({ path }).catch(() => say({ text: text.revealFailed }));
  };
}
