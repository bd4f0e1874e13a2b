import { Info, X } from 'lucide-react';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { useAllCommands, useCommands } from '../commands/use-commands.tsx';
import { Inspector } from '../inspector/inspector.tsx';
import { IconButton } from '../parts/icon-button.tsx';
import { loupeText } from '../text/loupe.ts';
import { closerCommands, type CloserActs, type Steps } from './closer-commands.ts';
import { keepTabInside } from './keep-tab-inside.ts';
import classes from './loupe.module.css';
import { useAwake } from './use-awake.ts';

export interface SurfaceProps extends Pick<CloserActs, 'step' | 'pane'> {
  readonly label: string;
  /** All that is shown, in words: when it is another, the words over the picture come back. */
  readonly shown: string;
  readonly steps: Steps;
  readonly onClose: () => void;
  /** The picture or pictures, and the words over them. */
  readonly children: ReactNode;
}

/** What lies over the sheet, edge to edge: pictures, the acts over them, their keys, and the details at the side. */
export function Surface({ label, shown, steps, step, pane, onClose, children }: SurfaceProps): ReactNode {
  const [hasDetails, setHasDetails] = useState(false);
  const element = useFocused();
  const { isAwake, wake } = useAwake(shown);
  const toggleDetails = (): void => setHasDetails((isShown) => !isShown);
  useCommands(closerCommands({ close: onClose, step, toggleDetails, pane }, steps));
  const commands = useAllCommands();
  const keysOf = (commandId: string): string | undefined =>
    commands.find(({ id }) => id === commandId)?.keys ?? undefined;
  return (
    <div
      ref={element}
      role="dialog"
      aria-modal="true"
      aria-label={label}
      tabIndex={-1}
      className={classes['loupe']}
      onKeyDown={keepTabInside}
      onPointerMove={wake}
    >
      <div className={classes['picture']} data-awake={isAwake}>
        {children}
        <div className={classes['acts']}>
          <IconButton
            label={loupeText.details}
            keys={keysOf('loupe.details')}
            icon={<Info />}
            isPressed={hasDetails}
            onClick={toggleDetails}
          />
          <IconButton label={loupeText.close} keys={keysOf('loupe.close')} icon={<X />} onClick={onClose} />
        </div>
      </div>
      {hasDetails && (
        <aside className={classes['details']}>
          <Inspector />
        </aside>
      )}
    </div>
  );
}

/** Has the focus while it is there, and gives it back to the sheet. */
function useFocused(): React.RefObject<HTMLDivElement | null> {
  const element = useRef<HTMLDivElement>(null);
  useEffect(() => {
    element.current?.focus({ preventScroll: true });
    return () => document.querySelector<HTMLElement>('[role="grid"]')?.focus({ preventScroll: true });
  }, []);
  return element;
}
