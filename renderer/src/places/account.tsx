import { useState, type ReactNode } from 'react';
import { useGlance, useView } from '../engine/use-glance.tsx';
import { AccountForm } from '../first-run/account-form.tsx';
import { PlaceLayout } from '../frame/place-layout.tsx';
import { usePlace } from '../frame/use-place.tsx';
import { Button } from '../parts/button.tsx';
import { useMessages } from '../parts/messages.tsx';
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

type Asked = DestinationChoice | 'new' | null;

function Accounts(): ReactNode {
  const { destinations } = useGlance();
  const { saveView } = useView();
  const { aim } = usePlace();
  const { say } = useMessages();
  const [asksFor, setAsksFor] = useState<Asked>(
    () => destinations.find(({ id, isPractice }) => id === aim?.tokenOf && !isPractice) ?? null,
  );
  const close = (): void => setAsksFor(null);
  return (
    <section className={classes['section']} aria-labelledby="accounts">
      <h2 id="accounts" className={classes['heading']}>
        {text.accounts}
      </h2>
      <ul className={classes['list']}>
        {destinations.map((destination) => (
          <AccountLine
            key={destination.id}
            destination={destination}
            onChangeToken={() => setAsksFor(destination)}
          />
        ))}
      </ul>
      {asksFor === null ? (
        <div className={classes['acts']}>
          <Button onClick={() => setAsksFor('new')}>{text.add}</Button>
        </div>
      ) : (
        <div className={classes['form']}>
          {asksFor !== 'new' && (
            <h3 className={classes['form-title']}>{text.tokenFor(destinationName(asksFor))}</h3>
          )}
          <AccountForm
            key={asksFor === 'new' ? 'new' : asksFor.id}
            {...(asksFor === 'new' ? {} : { names: namesOf(asksFor) })}
            onCancel={close}
            onUsed={(id) => {
              close();
              if (asksFor !== 'new') say({ text: text.tokenKept });
              void saveView({ destinationId: id });
            }}
          />
        </div>
      )}
    </section>
  );
}

interface AccountLineProps {
  readonly destination: DestinationChoice;
  readonly onChangeToken: () => void;
}

function AccountLine({ destination, onChangeToken }: AccountLineProps): ReactNode {
  const { destinationId, holds } = useGlance();
  const { saveView } = useView();
  const isShown = destination.id === destinationId;
  const name = destinationName(destination);
  // Holds are told of the account that is shown.
  const refusal = isShown ? holds.find(({ remedy }) => remedy === 'fix-token') : undefined;
  return (
    <li className={classes['line']}>
      <div>
        {name}
        <p className={classes['small']}>
          {destination.isPractice ? text.practiceWords : destination.baseUrl} ·{' '}
          {counted(destination.photoCount, 'photo', 'photos')}
        </p>
        {refusal !== undefined && <p className={classes['alert']}>{refusal.sentence}</p>}
      </div>
      <div className={classes['acts']}>
        {!destination.isPractice && (
          <Button
            size="small"
            variant={refusal === undefined ? 'quiet' : 'plain'}
            aria-label={text.changeTokenOf(name)}
            onClick={onChangeToken}
          >
            {text.changeToken}
          </Button>
        )}
        {isShown ? (
          <span className={classes['soft']}>{text.shown}</span>
        ) : (
          <Button size="small" onClick={() => void saveView({ destinationId: destination.id })}>
            {text.show}
          </Button>
        )}
      </div>
    </li>
  );
}

function namesOf({ baseUrl, userId, appId }: DestinationChoice) {
  return { baseUrl, userId, appId };
}
