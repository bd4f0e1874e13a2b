import { Copy, FolderOpen } from 'lucide-react';
import type { ReactNode } from 'react';
import { useHost } from '../engine/use-engine.tsx';
import { useHostFacts } from '../frame/use-host-facts.tsx';
import { useCopy } from '../inspector/use-copy.ts';
import { IconButton } from '../parts/icon-button.tsx';
import { useMessages } from '../parts/messages.tsx';
import { careText as text } from '../text/care.ts';
import classes from './places.module.css';

export interface PathActsProps {
  /** What is copied. */
  readonly path: string;
  /** What the file manager shows; default: the same. */
  readonly shown?: string;
  /** Whose path it is, for screen readers; `words` is what the act does. */
  readonly nameOf?: (words: string) => string;
}

/** What can be done with a path of the data folder: its place in the file manager where there is one, and its text. */
export function PathActs({ path, shown = path, nameOf = (words) => words }: PathActsProps): ReactNode {
  const host = useHost();
  const { canReveal } = useHostFacts();
  const { say } = useMessages();
  const copy = useCopy();
  return (
    <div className={classes['icon-acts']}>
      {canReveal && (
        <IconButton
          label={nameOf(text.reveal)}
          icon={<FolderOpen />}
          onClick={() => {
            host.reveal({ path: shown }).catch(() => say({ text: text.revealFailed }));
          }}
        />
      )}
      <IconButton label={nameOf(text.copyPath)} icon={<Copy />} onClick={() => copy(path)} />
    </div>
  );
}
