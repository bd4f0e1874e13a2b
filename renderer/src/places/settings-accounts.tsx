import type { ReactNode } from 'react';
import { useGlance } from '../engine/use-glance.tsx';
import { usePlace } from '../frame/use-place.tsx';
import { Button } from '../parts/button.tsx';
import { settingsText as text } from '../text/places.ts';
import classes from './places.module.css';

/** The way to accounts and folders, for whoever looks for them here. */
export function AccountSettings(): ReactNode {
  const { destinations, folders } = useGlance();
  const { go } = usePlace();
  return (
    <section className={classes['section']} aria-labelledby="account-settings">
      <h2 id="account-settings" className={classes['heading']}>
        {text.accounts}
      </h2>
      <div className={classes['list']}>
        <div className={classes['choice']}>
          <div>
            {text.accountsLine(destinations.length, folders.length)}
            <p className={classes['small']}>{text.accountsWords}</p>
          </div>
          <Button onClick={() => go('account')}>{text.accountsOpen}</Button>
        </div>
      </div>
    </section>
  );
}
