/** An account with its token: checked against the service, then used. The token is forgotten as soon as it is kept. */
import { useEffect, useRef, useState, type FormEvent, type ReactNode } from 'react';
import { useEngine, useHost } from '../engine/use-engine.tsx';
import { useHostFacts } from '../frame/use-host-facts.tsx';
import { Banner } from '../parts/banner.tsx';
import { Button } from '../parts/button.tsx';
import { Spinner } from '../parts/spinner.tsx';
import { TextField } from '../parts/text-field.tsx';
import { accountText as text } from '../text/first-run.ts';
import { problemSentence } from '../text/problem.ts';
import classes from './account-form.module.css';
import { AccountOutcome } from './account-outcome.tsx';
import type { DestinationNames } from '#shared/destination.ts';
import type { AccountCheck } from '#shared/glance.ts';

const SERVICE = 'https://api.clarifai.com';

type Typed = DestinationNames & { readonly pat: string };

/** What the check of what was typed said. */
type Checked =
  | { readonly state: 'none' }
  | { readonly state: 'asking' }
  | { readonly state: 'told'; readonly check: AccountCheck };

export interface AccountFormProps {
  /** Names that stay as they are: only the token is asked for. */
  readonly names?: DestinationNames;
  /** The account is known and its token kept. */
  readonly onUsed: (destinationId: number) => void;
  readonly onCancel: () => void;
}

/** Asks for an account. */
export function AccountForm({ names, onUsed, onCancel }: AccountFormProps): ReactNode {
  const { patStore } = useHostFacts();
  const { typed, change, checked, check, use, problem } = useAccount(names, onUsed);
  const works = checked.state === 'told' && checked.check.ok;
  const isWhole = [typed.baseUrl, typed.userId, typed.appId, typed.pat].every((value) => value.trim() !== '');
  const onSubmit = (event: FormEvent): void => {
    event.preventDefault();
    if (!isWhole) return;
    if (works) use();
    else check();
  };
  const acts = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (checked.state === 'told' || problem !== null) acts.current?.scrollIntoView({ block: 'nearest' });
  }, [checked, problem]);
  return (
    <form className={classes['form']} onSubmit={onSubmit}>
      {names === undefined && (
        <div className={classes['ids']}>
          <TextField
            autoFocus
            label={text.userId}
            value={typed.userId}
            onChange={(userId) => change({ userId })}
          />
          <TextField label={text.appId} value={typed.appId} onChange={(appId) => change({ appId })} />
        </div>
      )}
      <TextField
        label={text.token}
        type="password"
        autoFocus={names !== undefined}
        autoComplete="off"
        hint={text.stores[patStore]}
        value={typed.pat}
        onChange={(pat) => change({ pat })}
      />
      {names === undefined && (
        <details className={classes['details']}>
          <summary>{text.details}</summary>
          <TextField
            label={text.baseUrl}
            type="url"
            value={typed.baseUrl}
            onChange={(baseUrl) => change({ baseUrl })}
          />
        </details>
      )}
      <div role="status">
        <Outcome checked={checked} />
      </div>
      {problem !== null && (
        <Banner tone="alert" isOutcome>
          {problem}
        </Banner>
      )}
      <div ref={acts} className={classes['acts']}>
        <Button type="button" onClick={onCancel}>
          {text.cancel}
        </Button>
        <Button type="submit" variant="primary" disabled={!isWhole || checked.state === 'asking'}>
          {works ? (names === undefined ? text.use : text.saveToken) : text.check}
        </Button>
      </div>
    </form>
  );
}

function Outcome({ checked }: { readonly checked: Checked }): ReactNode {
  if (checked.state === 'none') return null;
  if (checked.state === 'asking') return <Spinner label={text.checking} />;
  return <AccountOutcome check={checked.check} />;
}

function useAccount(names: DestinationNames | undefined, onUsed: (destinationId: number) => void) {
  const engine = useEngine();
  const host = useHost();
  const empty: Typed = { baseUrl: SERVICE, userId: '', appId: '', ...names, pat: '' };
  const [typed, setTyped] = useState(empty);
  const [checked, setChecked] = useState<Checked>({ state: 'none' });
  const [problem, setProblem] = useState<string | null>(null);
  const fail = (error: unknown): void => {
    setChecked({ state: 'none' });
    setProblem(problemSentence(error));
  };
  const trimmed: Typed = {
    baseUrl: typed.baseUrl.trim(),
    userId: typed.userId.trim(),
    appId: typed.appId.trim(),
    pat: typed.pat.trim(),
  };
  return {
    typed,
    checked,
    problem,
    /** What was found is about what was typed then. */
    change: (part: Partial<Typed>): void => {
      setTyped((before) => ({ ...before, ...part }));
      setChecked({ state: 'none' });
      setProblem(null);
    },
    check: (): void => {
      setChecked({ state: 'asking' });
      setProblem(null);
      void engine.checkAccount(trimmed).then(
        // What was typed on since then is not what was checked.
        (check) => setChecked((now) => (now.state === 'asking' ? { state: 'told', check } : now)),
        fail,
      );
    },
    use: (): void => {
      const { pat, ...account } = trimmed;
      void host
        .savePat({ baseUrl: account.baseUrl, pat })
        .then(() => engine.addDestination(account))
        .then(({ destinationId }) => {
          setTyped(empty);
          onUsed(destinationId);
        }, fail);
    },
  };
}
