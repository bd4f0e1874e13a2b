/** The line of acts: what was done last and how to take it back. A new one replaces the one before. */
import { X } from 'lucide-react';
import { createContext, useEffect, useMemo, useState, type ReactNode } from 'react';
import { partsText } from '../text/parts.ts';
import { useAnnounce } from './announcer.tsx';
import { Button } from './button.tsx';
import { IconButton } from './icon-button.tsx';
import classes from './messages.module.css';
import { useGiven } from './use-given.ts';

/** What can be done about what the line says. */
export interface MessageAct {
  readonly label: string;
  readonly keys?: string | undefined;
  readonly run: () => void;
}

/** What the line says. */
export interface Message {
  readonly text: string;
  readonly action?: MessageAct | undefined;
  /** Something else that can be done. */
  readonly other?: MessageAct | undefined;
}

/** The line of acts. Never for failures: they have their own place and stay there. */
export interface Messages {
  readonly say: (message: Message) => void;
  readonly dismiss: () => void;
}

/** How long a message stays that nobody looks at, in ms. Nothing in it can be done there only. */
const STAY_MS = 8000;

const MessagesContext = createContext<Messages | null>(null);

/**
 * Gives `useMessages` to everything below, and shows the line over the lower edge of `children`.
 *
 * @param about what the line belongs to: it goes as soon as that changes
 */
export function MessageLine({
  about,
  children,
}: {
  readonly about: string;
  readonly children: ReactNode;
}): ReactNode {
  const announce = useAnnounce();
  const [shown, setShown] = useState<Message | null>(null);
  const [isHeld, setIsHeld] = useState(false);
  const [wasAbout, setWasAbout] = useState(about);
  if (about !== wasAbout) {
    setWasAbout(about);
    setShown(null);
    setIsHeld(false);
  }
  const messages = useMemo<Messages>(
    () => ({
      say(message) {
        setShown(message);
        announce(message.text);
      },
      dismiss() {
        setShown(null);
        // What goes under the pointer does not tell that it left.
        setIsHeld(false);
      },
    }),
    [announce],
  );
  useEffect(() => {
    if (shown === null || isHeld) return undefined;
    const timer = setTimeout(() => setShown(null), STAY_MS);
    return () => clearTimeout(timer);
  }, [shown, isHeld]);
  const hold = (): void => setIsHeld(true);
  const letGo = (): void => setIsHeld(false);
  return (
    <MessagesContext value={messages}>
      <div className={classes['place']}>
        {children}
        {shown !== null && (
          // Whoever points at it or is in it with the keyboard may take all the time they need.
          <section
            aria-label={partsText.lastAct}
            className={classes['line']}
            // A pointer that only rests where the line comes up is not meant.
            onPointerMove={hold}
            onPointerLeave={letGo}
            onFocus={hold}
            onBlur={letGo}
          >
            <span className={classes['text']}>{shown.text}</span>
            {[shown.action, shown.other]
              .filter((act) => act !== undefined)
              .map(({ label, keys, run }) => (
                <Button
                  key={label}
                  size="small"
                  keys={keys}
                  onClick={() => {
                    messages.dismiss();
                    run();
                  }}
                >
                  {label}
                </Button>
              ))}
            <IconButton label={partsText.dismiss} icon={<X />} onClick={messages.dismiss} />
          </section>
        )}
      </div>
    </MessagesContext>
  );
}

/** The line of acts: `useMessages().say({ text, action })`. */
export function useMessages(): Messages {
  return useGiven(MessagesContext, 'MessageLine');
}
