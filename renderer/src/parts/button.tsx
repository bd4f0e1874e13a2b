import { Button as BaseButton } from '@base-ui/react/button';
import { ChevronDown } from 'lucide-react';
import type { ComponentPropsWithRef, ReactNode } from 'react';
import classes from './button.module.css';
import { classNames } from './class-names.ts';
import { Kbd } from './kbd.tsx';
import { ariaKeys } from './key-names.ts';

export interface ButtonProps extends Omit<ComponentPropsWithRef<'button'>, 'className'> {
  /** `primary`: the one main act of a screen. Default `plain`. */
  readonly variant?: 'primary' | 'plain' | 'quiet' | 'danger';
  /** Default `normal`. */
  readonly size?: 'small' | 'normal';
  readonly icon?: ReactNode;
  /** Keys that do the same, as `Mod+K`; shown behind the words. */
  readonly keys?: string | undefined;
  /** A menu opens: an arrow at the end says so. */
  readonly opensMenu?: boolean;
}

/** A button with words. It keeps the focus while it is disabled, so that keyboards do not lose their place. */
export function Button({
  variant = 'plain',
  size = 'normal',
  icon,
  keys,
  opensMenu = false,
  children,
  ...rest
}: ButtonProps): ReactNode {
  return (
    <BaseButton
      {...rest}
      focusableWhenDisabled
      className={classNames(classes['button'], classes[variant], classes[size])}
      aria-keyshortcuts={ariaKeys(keys)}
    >
      {icon}
      <span className={classes['words']}>{children}</span>
      {keys !== undefined && keys !== '' && (
        <span className={classes['keys']} aria-hidden="true">
          <Kbd keys={keys} />
        </span>
      )}
      {opensMenu && <ChevronDown aria-hidden="true" />}
    </BaseButton>
  );
}
