/** Before there is any photo: one screen, one main act. */
import { useState, type ReactNode } from 'react';
import { useGlance, useView } from '../engine/use-glance.tsx';
import { PlaceLayout } from '../frame/place-layout.tsx';
import { Button } from '../parts/button.tsx';
import { firstRunText as text } from '../text/first-run.ts';
import { destinationName } from '../text/frame.ts';
import { AccountForm } from './account-form.tsx';
import classes from './first-run.module.css';
import { useAddDemo, useAddFolder } from './folder-adding.tsx';
import type { Glance } from '#shared/glance.ts';

/** Whether nothing was added yet: no folder here, and no photo anywhere. */
export function isFirstRun({ folders, destinations }: Pick<Glance, 'folders' | 'destinations'>): boolean {
  return folders.length === 0 && destinations.every(({ photoCount }) => photoCount === 0);
}

/** The screen. */
export function FirstRun(): ReactNode {
  const addFolder = useAddFolder();
  const { addDemo, isAddingDemo } = useAddDemo();
  return (
    <PlaceLayout place="sheet" toolbar={null}>
      <div className={classes['screen']}>
        <section className={classes['photos']}>
          <h1 className={classes['title']}>{text.title}</h1>
          <p className={classes['promise']}>{text.promise}</p>
          <div className={classes['acts']}>
            <Button variant="primary" autoFocus onClick={addFolder}>
              {text.addFolder}
            </Button>
            <Button disabled={isAddingDemo} onClick={addDemo}>
              {text.demo}
            </Button>
          </div>
          <p className={classes['drop']}>{text.drop}</p>
        </section>
        <Account />
      </div>
    </PlaceLayout>
  );
}

function Account(): ReactNode {
  const { destinations, destinationId } = useGlance();
  const { saveView } = useView();
  const [isAsking, setIsAsking] = useState(false);
  const current = destinations.find(({ id }) => id === destinationId);
  const practice = destinations.find(({ isPractice }) => isPractice);
  const isPractice = current === undefined || current.isPractice;
  return (
    <section className={classes['account']} aria-label={text.account}>
      <h2>{text.account}</h2>
      {!isAsking && (
        <p className={classes['words']}>{isPractice ? text.practice : text.own(destinationName(current))}</p>
      )}
      {isAsking ? (
        <AccountForm
          onCancel={() => setIsAsking(false)}
          onUsed={(id) => {
            setIsAsking(false);
            void saveView({ destinationId: id });
          }}
        />
      ) : (
        <div className={classes['acts']}>
          <Button onClick={() => setIsAsking(true)}>{text.useOwn}</Button>
          {!isPractice && practice !== undefined && (
            <Button variant="quiet" onClick={() => void saveView({ destinationId: practice.id })}>
              {text.usePractice}
            </Button>
          )}
        </div>
      )}
    </section>
  );
}
