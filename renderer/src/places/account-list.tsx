import { useRef, useState, type ReactNode } from 'react';
import { useEngine } from '../engine/use-engine.tsx';
import { useGlance, useView } from '../engine/use-glance.tsx';
import { usePlace } from '../frame/use-place.tsx';
import { AccountForm } from '../first-run/account-form.tsx';
import { AccountOutcome } from '../first-run/account-outcome.tsx';
import { Button } from '../parts/button.tsx';
import { useMessages } from '../parts/messages.tsx';
import { counted } from '../text/format.ts';
import { accountTroubles, destinationName } from '../text/frame.ts';
import { accountPlaceText as text } from '../text/places.ts';
import classes from './places.module.css';
import { usePatPlaces } from './use-pat-places.ts';
import { ForgetToken } from './forget-token.tsx';
import { useOneAct } from './use-one-act.ts';
import type { DestinationChoice } from '#shared/glance.ts';
import type { PatPlace } from '#shared/host-api.ts';

/** Every account that is known: where it is, whether it has a token, and whether it answers. */
export function AccountList(): ReactNode {
  const { destinations } = useGlance();
  const { saveView } = useView();
  const { aim } = usePlace();
  const { say } = useMessages();
  // Each form by itself: opening another one loses nothing that was typed.
  const [asked, setAsked] = useState<ReadonlySet<number | 'new'>>(
    () =>
      new Set(
        destinations.filter(({ id, isPractice }) => id === aim?.tokenOf && !isPractice).map(({ id }) => id),
      ),
  );
  const open = (one: number | 'new'): void => setAsked((before) => new Set([...before, one]));
  const close = (one: number | 'new'): void =>
    setAsked((before) => new Set([...before].filter((other) => other !== one)));
  const { places, refresh } = usePatPlaces(
    destinations.filter(({ isPractice }) => !isPractice).map(({ baseUrl }) => baseUrl),
  );
  const [hasAsked, setHasAsked] = useState(false);
  return (
    <section className={classes['section']} aria-labelledby="accounts">
      <h2 id="accounts" className={classes['heading']}>
        {text.accounts}
      </h2>
      <ul className={classes['list']}>
        {destinations.map((destination) => (
          <Account
            key={destination.id}
            destination={destination}
            patPlace={places.get(destination.baseUrl)}
            sharesToken={destinations.filter(({ baseUrl }) => baseUrl === destination.baseUrl).length > 1}
            asksForToken={asked.has(destination.id)}
            onAsk={() => open(destination.id)}
            onClose={() => close(destination.id)}
            onForgotten={refresh}
            onUsed={() => {
              close(destination.id);
              refresh();
              say({ text: text.tokenKept });
            }}
          />
        ))}
      </ul>
      {asked.has('new') ? (
        <div className={classes['form']}>
          <AccountForm
            onCancel={() => close('new')}
            onUsed={(destinationId) => {
              close('new');
              refresh();
              void saveView({ destinationId });
            }}
          />
        </div>
      ) : (
        <div className={classes['acts']}>
          <Button
            // Back from the form, the keyboard goes on where it was.
            autoFocus={hasAsked}
            onClick={() => {
              open('new');
              setHasAsked(true);
            }}
          >
            {text.add}
          </Button>
        </div>
      )}
    </section>
  );
}

interface AccountProps {
  readonly destination: DestinationChoice;
  /** Undefined: not known yet, or the practice account, whose token is nobody's business. */
  readonly patPlace: PatPlace | undefined;
  /** Another account has the same address, and its token is kept for that. */
  readonly sharesToken: boolean;
  readonly asksForToken: boolean;
  readonly onAsk: () => void;
  readonly onClose: () => void;
  readonly onForgotten: () => void;
  readonly onUsed: () => void;
}

function Account(props: AccountProps): ReactNode {
  const { destination, patPlace, asksForToken, onAsk, onClose, onUsed } = props;
  const { baseUrl, userId, appId, isPractice, photoCount } = destination;
  const { destinationId } = useGlance();
  const { saveView } = useView();
  const engine = useEngine();
  const name = destinationName(destination);
  const isShown = destination.id === destinationId;
  const check = useOneAct(
    () => engine.checkDestination({ destinationId: destination.id }),
    ({ ok }) => (ok ? text.checked(name) : text.checkFailed(name)),
  );
  const tokenButton = useRef<HTMLButtonElement>(null);
  const closed = (then: () => void) => (): void => {
    then();
    tokenButton.current?.focus();
  };
  const hasToken = patPlace?.store !== null;
  // Red is for what needs the owner: without photos nothing waits.
  const needsOwner = patPlace?.trouble ? true : !hasToken && photoCount > 0;
  return (
    <li className={classes['card']}>
      <div className={classes['choice']}>
        <div>
          {name}
          <p className={classes['small']}>
            {isPractice ? text.practiceWords : baseUrl} · {counted(photoCount, 'photo', 'photos')}
          </p>
          {accountTroubles(destination).map((trouble) => (
            <p key={trouble} className={classes['needs-owner']}>
              {trouble}
            </p>
          ))}
          {patPlace !== undefined && (
            <p className={needsOwner ? classes['needs-owner'] : classes['small']}>
              {patPlace.trouble ?? text.tokenPlaces[patPlace.store ?? 'none']}
              {props.sharesToken && hasToken && ` ${text.sharesToken}`}
            </p>
          )}
        </div>
        <div className={classes['acts']}>
          {isShown ? (
            <span className={classes['soft']}>{text.shown}</span>
          ) : (
            <Button
              size="small"
              variant="quiet"
              aria-label={text.showOf(name)}
              onClick={() => void saveView({ destinationId: destination.id })}
            >
              {text.show}
            </Button>
          )}
          {!isPractice && patPlace?.store !== 'environment' && (
            <Button
              ref={tokenButton}
              size="small"
              aria-label={hasToken ? text.changeTokenOf(name) : text.enterTokenOf(name)}
              onClick={onAsk}
            >
              {hasToken ? text.changeToken : text.enterToken}
            </Button>
          )}
          {patPlace !== undefined && (
            <ForgetToken
              destination={destination}
              patPlace={patPlace}
              onForgotten={closed(() => {
                check.forget();
                props.onForgotten();
              })}
            />
          )}
          <Button size="small" aria-label={text.checkOf(name)} disabled={check.isRunning} onClick={check.run}>
            {check.isRunning ? text.checking : text.check}
          </Button>
        </div>
      </div>
      {check.problem !== null && (
        <AccountOutcome check={{ ok: false, problem: 'other', sentence: check.problem, detail: null }} />
      )}
      {check.done !== null && <AccountOutcome check={check.done} />}
      {asksForToken && (
        <div className={classes['form']}>
          <AccountForm
            names={{ baseUrl, userId, appId }}
            onCancel={closed(onClose)}
            onUsed={closed(() => {
              // It was about the token before.
              check.forget();
              onUsed();
            })}
          />
        </div>
      )}
    </li>
  );
}
