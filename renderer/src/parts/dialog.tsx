import { Dialog as BaseDialog } from '@base-ui/react/dialog';
import { X } from 'lucide-react';
import { useRef, type ReactNode, type RefObject } from 'react';
import { partsText } from '../text/parts.ts';
import { classNames } from './class-names.ts';
import classes from './dialog.module.css';
import iconButton from './icon-button.module.css';
import { ShutCommands } from './shut-commands.tsx';

export interface DialogProps {
  readonly title: string;
  readonly description?: ReactNode;
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly children?: ReactNode;
  /** Buttons, the main act last. */
  readonly footer?: ReactNode;
  /** 400, 560 or 800 px wide, and never wider than the window; `tall`: as `large`, always at its full height. Default `normal`. */
  readonly size?: 'small' | 'normal' | 'large' | 'tall';
  /** What has the focus first. Default: what can have it first in the body or footer, else the dialog itself. */
  readonly firstFocus?: RefObject<HTMLElement | null>;
}

/** What can have the focus, below the header. */
const FOCUSABLE = ['input', 'button', 'select', 'textarea', 'a[href]', '[tabindex="0"]']
  .map((kind) => `header ~ * ${kind}:not(:disabled)`)
  .join(',');

/** A window in the window. It keeps the focus inside, Escape closes it, and the focus goes back to where it was. */
export function Dialog(props: DialogProps): ReactNode {
  const { title, description, isOpen, onClose, children, footer, size = 'normal', firstFocus } = props;
  const body = useRef<HTMLDivElement>(null);
  const firstIn = (): HTMLElement | true =>
    firstFocus?.current ?? body.current?.parentElement?.querySelector<HTMLElement>(FOCUSABLE) ?? true;
  return (
    <BaseDialog.Root
      open={isOpen}
      onOpenChange={(isOpenNow) => {
        if (!isOpenNow) onClose();
      }}
    >
      <BaseDialog.Portal>
        <BaseDialog.Backdrop className={classes['curtain']} />
        <BaseDialog.Popup className={classNames(classes['dialog'], classes[size])} initialFocus={firstIn}>
          <ShutCommands isOpen={isOpen} />
          <header className={classes['header']}>
            <BaseDialog.Title className={classes['title']}>{title}</BaseDialog.Title>
            {/* Without a tooltip: Escape would close that first. */}
            <BaseDialog.Close className={iconButton['button']} aria-label={partsText.close}>
              <X />
            </BaseDialog.Close>
          </header>
          <div ref={body} className={classes['body']}>
            {description !== undefined && (
              <BaseDialog.Description className={classes['description']} render={<div />}>
                {description}
              </BaseDialog.Description>
            )}
            {children}
          </div>
          {footer !== undefined && <footer className={classes['footer']}>{footer}</footer>}
        </BaseDialog.Popup>
      </BaseDialog.Portal>
    </BaseDialog.Root>
  );
}
