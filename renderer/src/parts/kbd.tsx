import type { ReactNode } from 'react';
import { strokesOf } from './key-names.ts';
import classes from './kbd.module.css';

/** Keys as they are written on this machine's keyboard, for example of `Mod+K` or of the sequence `G S`. */
export function Kbd({ keys }: { readonly keys: string }): ReactNode {
  return (
    <span className={classes['keys']}>
      {strokesOf(keys).map((cap, index) => (
        // A sequence may press the same key twice.
        <kbd key={`${String(index)} ${cap}`} className={classes['cap']}>
          {cap}
        </kbd>
      ))}
    </span>
  );
}
