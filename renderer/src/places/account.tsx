import { useState, type ReactNode } from 'react';
import { useGlance, useView } from '../engine/use-glance.tsx';
import { AccountForm } from '../first-run/account-form.tsx';
import { PlaceLayout } from '../frame/place-layout.tsx';
import { Button } from '../parts/button.tsx';
import { counted } from '../text/format.ts';
import { destinationName } from '../text/frame.ts';
import { accountPlaceText as text } from '../text/places.ts';
import { FolderList } from './folder-list.tsx';
import classes from './places.module.css';
import type { DestinationChoice } from '#shared/glance.ts';

/** Accounts that photos go to, and the folders that are watched. */
export function AccountPlace(): ReactNode {
  return (
    <PlaceLayout place="account">
      <Accounts />
      <FolderList />
    </PlaceLayout>
  );
}

function Accounts(): ReactNode {
  const { destinations, destinationId } = useGlance();
  const { saveView } = useView();
  const [asksFor, setAsksFor] = useState<DestinationChoice | 'new' | null>(null);
  const close = (): void => setAsksFor(null);
  return (
    <section className={classes['section']} aria-labelledby="accounts">
      <h2 id="accounts" className={classes['heading']}>
        {text.accounts}
      </h2>
      <ul className={classes['list']}>
        {destinations.map((destination) => (
          <li key={destination.id} className={classes['line']}>
            <div>
              {destinationName(destination)}
              <p className={classes['small']}>
                {destination.isPractice ? text.practiceWords : destination.baseUrl} ·{' '}
                {counted(destination.photoCount, 'photo', 'photos')}
              </p>
            </div>
            <div className={classes['acts']}>
              {!destination.isPractice && (
                <Button size="small" variant="quiet" onClick={() => setAsksFor(destination)}>
                  {text.changeToken}
                </Button>
              )}
              {destination.id === destinationId ? (
                <span className={classes['soft']}>{text.shown}</span>
              ) : (
                <Button size="small" onClick={() => void saveView({ destinationId: destination.id })}>
                  {text.show}
                </Button>
              )}
            </div>
          </li>
        ))}
      </ul>
      {asksFor === null ? (
        <div className={classes['acts']}>
          <Button onClick={() => setAsksFor('new')}>{text.add}</Button>
        </div>
      ) : (
        <div className={classes['form']}>
          <AccountForm
            key={asksFor === 'new' ? 'new' : asksFor.id}
            {...(asksFor === 'new' ? {} : { names: namesOf(asksFor) })}
            onCancel={close}
            onUsed={(id) => {
              close();
              void saveView({ destinationId: id });
            }}
          />
        </div>
      )}
    </section>
  );
}

function namesOf({ baseUrl, userId, appId }: DestinationChoice) {
  return { baseUrl, userId, appId };
}
