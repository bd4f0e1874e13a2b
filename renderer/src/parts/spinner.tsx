import { useEffect, useState, type ReactNode } from 'react';
import { partsText } from '../text/parts.ts';
import classes from './spinner.module.css';

/** What takes less than this shows no spinner, in ms. */
const PATIENCE_MS = 300;

/** Says that something is being waited for, once the wait is worth a word. `label`: what for. */
export function Spinner({ label = partsText.loading }: { readonly label?: string }): ReactNode {
  const [isShown, setIsShown] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setIsShown(true), PATIENCE_MS);
    return () => clearTimeout(timer);
  }, []);
  if (!isShown) return null;
  return (
    <span role="status" className={classes['spinner']}>
      <span className={classes['wheel']} aria-hidden="true" />
      {label}
    </span>
  );
}
