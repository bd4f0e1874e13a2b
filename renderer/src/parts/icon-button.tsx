import { Button as BaseButton } from '@base-ui/react/button';
import type { ComponentPropsWithRef, ReactNode } from 'react';
import classes from './icon-button.module.css';
import { ariaKeys } from './key-names.ts';
import { Tooltip } from './tooltip.tsx';

export interface IconButtonProps extends Omit<ComponentPropsWithRef<'button'>, 'className' | 'children'> {
  /** What it does, in words: its name for screen readers, and its tooltip. */
  readonly label: string;
  readonly icon: ReactNode;
  readonly keys?: string | undefined;
  /** For what is on or off; absent: it is no switch. */
  readonly isPressed?: boolean | undefined;
}

/** A button with a picture only. */
export function IconButton({ label, icon, keys, isPressed, ...rest }: IconButtonProps): ReactNode {
  return (
    <Tooltip label={label} keys={keys}>
      <BaseButton
        {...rest}
        focusableWhenDisabled
        className={classes['button']}
        aria-label={label}
        aria-pressed={isPressed}
        aria-keyshortcuts={ariaKeys(keys)}
      >
        {icon}
      </BaseButton>
    </Tooltip>
  );
}
