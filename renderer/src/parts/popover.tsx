import { Popover as BasePopover } from '@base-ui/react/popover';
import { useState, type ReactElement, type ReactNode } from 'react';
import classes from './popover.module.css';
import { ShutCommands } from './shut-commands.tsx';

export interface PopoverProps {
  /** The button that opens it. */
  readonly trigger: ReactElement;
  /** Its name for screen readers. */
  readonly label: string;
  readonly children: ReactNode;
  /** Absent: it keeps for itself whether it is open. */
  readonly isOpen?: boolean;
  readonly onOpenChange?: (isOpen: boolean) => void;
  /** Default `start`. */
  readonly align?: 'start' | 'center' | 'end';
  /** Default `bottom`; the other side where there is no room. */
  readonly side?: 'top' | 'bottom';
}

/** A small surface beside its button, for choices that need more than a menu. */
export function Popover(props: PopoverProps): ReactNode {
  const { trigger, label, children, isOpen, onOpenChange, align = 'start', side = 'bottom' } = props;
  const [isOpenItself, setIsOpenItself] = useState(false);
  const isShown = isOpen ?? isOpenItself;
  return (
    <BasePopover.Root
      open={isShown}
      onOpenChange={(isOpenNow) => {
        setIsOpenItself(isOpenNow);
        onOpenChange?.(isOpenNow);
      }}
    >
      <BasePopover.Trigger render={trigger as ReactElement<Record<string, unknown>>} />
      <BasePopover.Portal>
        <BasePopover.Positioner sideOffset={8} align={align} side={side} collisionPadding={8}>
          <BasePopover.Popup className={classes['popover']} aria-label={label}>
            <ShutCommands isOpen={isShown} />
            {children}
          </BasePopover.Popup>
        </BasePopover.Positioner>
      </BasePopover.Portal>
    </BasePopover.Root>
  );
}
