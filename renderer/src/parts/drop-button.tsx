import { ChevronDown } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button, type ButtonProps } from './button.tsx';
import classes from './button.module.css';

/** A button that opens a menu of choices: what is chosen, and the sign for more of them behind. */
export function DropButton({ children, ...rest }: Omit<ButtonProps, 'icon' | 'keys'>): ReactNode {
  return (
    <Button {...rest}>
      <span className={classes['drop']}>
        {children}
        <ChevronDown aria-hidden="true" />
      </span>
    </Button>
  );
}
