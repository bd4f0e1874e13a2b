import { Dialog as BaseDialog } from '@base-ui/react/dialog';
import { X } from 'lucide-react';
import type { ReactNode, RefObject } from 'react';
import { partsText } from '../text/parts.ts';
import { classNames } from './class-names.ts';
import classes from './dialog.module.css';
import { IconButton } from './icon-button.tsx';
import { ShutCommands } from './shut-commands.tsx';

export interface DialogProps {
  readonly title: string;
  readonly description?: ReactNode;
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly children?: ReactNode;
  /** Buttons, the main act last. */
  readonly footer?: ReactNode;
  /** 400, 560 or 800 px wide, and never wider than the window. Default `normal`. */
  readonly size?: 'small' | 'normal' | 'large';
  /** What has the focus first; default: the first thing that can have it. */
  readonly firstFocus?: RefObject<HTMLElement | null>;
}

/** A window in the window. It keeps the focus inside, Escape closes it, and the focus goes back to where it was. */
export function Dialog(props: DialogProps): ReactNode {
  const { title, description, isOpen, onClose, children, footer, size = 'normal', firstFocus } = props;
  return (
    <BaseDialog.Root
      open={isOpen}
      onOpenChange={(isOpenNow) => {
        if (!isOpenNow) onClose();
      }}
    >
      <BaseDialog.Portal>
        <BaseDialog.Backdrop className={classes['curtain']} />
        <BaseDialog.Popup
          className={classNames(classes['dialog'], classes[size])}
          {...(firstFocus === undefined ? {} : { initialFocus: firstFocus })}
        >
          <ShutCommands />
          <header className={classes['header']}>
            <BaseDialog.Title className={classes['title']}>{title}</BaseDialog.Title>
            <IconButton label={partsText.close} icon={<X />} onClick={onClose} />
          </header>
          <div className={classes['body']}>
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
