/** Where concepts are typed: in the panel while it can be seen, else in a surface of its own over what is shown. */
import { flushSync } from 'react-dom';
import { createContext, useCallback, useMemo, useRef, useState, type ReactNode } from 'react';
import { Dialog as BaseDialog } from '@base-ui/react/dialog';
import { useGiven } from '../parts/use-given.ts';
import { taggingText } from '../text/tagging.ts';
import { ConceptField } from './concept-field.tsx';
import classes from './type-place.module.css';

interface OfferedField {
  /** Whether it is in sight and not behind the loupe. */
  readonly isReachable: () => boolean;
  /** Brings the owner there. */
  readonly focus: () => void;
}

interface TypeField {
  /** Offers a field of a panel. Returns how to take it back. */
  readonly offer: (field: OfferedField) => () => void;
  /** Begins to type a concept. */
  readonly type: () => void;
}

const TypeContext = createContext<TypeField | null>(null);

/** How to begin typing, and how to offer a field for it. */
export function useTypeField(): TypeField {
  return useGiven(TypeContext, 'TypePlace');
}

/** Holds the surface that opens over the loupe, and over the sheet while the inspector is closed. */
export function TypePlace({ children }: { readonly children: ReactNode }): ReactNode {
  const fields = useRef<readonly OfferedField[]>([]);
  const [isOpen, setIsOpen] = useState(false);
  const before = useRef<Element | null>(null);
  const field = useMemo<TypeField>(
    () => ({
      offer: (offered) => {
        fields.current = [...fields.current, offered];
        return () => {
          fields.current = fields.current.filter((each) => each !== offered);
        };
      },
      type: () => {
        const offered = fields.current.findLast((each) => each.isReachable());
        if (offered !== undefined) {
          offered.focus();
          return;
        }
        before.current = document.activeElement;
        // At once: the next letter may come before the next frame, and belongs to the name.
        flushSync(() => setIsOpen(true));
      },
    }),
    [],
  );
  /** The keyboard goes back to where it was, unless it went on by itself. */
  const close = useCallback(() => {
    if (isTyping(document.activeElement) && before.current instanceof HTMLElement) before.current.focus();
    setIsOpen(false);
  }, []);
  return (
    <TypeContext value={field}>
      {children}
      {isOpen && <TypeSurface onClose={close} />}
    </TypeContext>
  );
}

function isTyping(focused: Element | null): boolean {
  return focused === document.body || focused?.closest('[data-type-surface]') !== null;
}

function TypeSurface({ onClose }: { readonly onClose: () => void }): ReactNode {
  const input = useRef<HTMLInputElement>(null);
  const take = useCallback((field: HTMLInputElement | null) => {
    input.current = field;
    field?.focus();
  }, []);
  return (
    <BaseDialog.Root
      open
      modal={false}
      onOpenChange={(isOpen) => {
        if (!isOpen) onClose();
      }}
    >
      <BaseDialog.Portal>
        <BaseDialog.Popup
          className={classes['surface']}
          data-type-surface
          aria-label={taggingText.typeConcept}
          initialFocus={input}
        >
          <ConceptField inputRef={take} isOpen onOpenChange={() => undefined} onLeave={onClose} isInline />
        </BaseDialog.Popup>
      </BaseDialog.Portal>
    </BaseDialog.Root>
  );
}
