import { useId, type ReactNode } from 'react';
import { Button } from '../parts/button.tsx';
import { failuresText as text, groupCount, REMEDY_ACTS, remedyHint } from '../text/failures.ts';
import { FailureRows } from './failures-rows.tsx';
import classes from './failures.module.css';
import { RetryButton } from './retry-button.tsx';
import { useChosenFailures } from './use-chosen-failures.ts';
import type { FailureActs } from './use-failure-acts.ts';
import type { FailureGroup, FailureTarget } from '#shared/failures.ts';

/** One cause: how many, what it means, what can be done, and, opened, which photos. */
export function FailureCard({
  group,
  acts,
  isOpen,
  onToggle,
}: {
  readonly group: FailureGroup;
  readonly acts: FailureActs;
  readonly isOpen: boolean;
  readonly onToggle: () => void;
}): ReactNode {
  const id = useId();
  const chosen = useChosenFailures(group);
  const total = group.photoCount + group.fileCount;
  const chosenCount = isOpen ? chosen.count : 0;
  const hint = remedyHint(group.remedy);
  const act = (which: FailureTarget): void => {
    acts.skip(which);
    chosen.chooseNone();
  };
  return (
    <li className={classes['card']} aria-labelledby={id}>
      <div className={classes['head']}>
        <h2 id={id} className={classes['cause']}>
          <span className={classes['number']} data-wants-owner={group.wantsOwner}>
            {groupCount(group)}
          </span>
          {group.sentence}
        </h2>
        {hint !== null && <p className={classes['soft']}>{hint}</p>}
        {group.nextAt !== null && <p className={classes['next']}>{text.next(group.nextAt)}</p>}
      </div>
      <Acts
        group={group}
        count={chosenCount === 0 ? total : chosenCount}
        which={chosenCount === 0 ? { cause: group.cause } : chosen.ids}
        acts={acts}
        onSkip={act}
        onRetried={chosen.chooseNone}
      >
        {chosenCount > 0 && (
          <>
            <span className={classes['chosen']} role="status">
              {text.chosen(chosenCount)}
            </span>
            <Button size="small" variant="quiet" onClick={chosen.chooseNone}>
              {text.chooseNone}
            </Button>
          </>
        )}
        {isOpen && chosenCount < total && total > 1 && (
          <Button size="small" variant="quiet" onClick={chosen.chooseAll}>
            {text.chooseAll}
          </Button>
        )}
        <Button size="small" variant="quiet" aria-expanded={isOpen} onClick={onToggle}>
          {isOpen ? text.hide(total) : text.show(total)}
        </Button>
      </Acts>
      {isOpen && <FailureRows group={group} chosen={chosen} acts={acts} />}
    </li>
  );
}

function Acts({
  group,
  count,
  which,
  acts,
  onSkip,
  onRetried,
  children,
}: {
  readonly group: FailureGroup;
  readonly count: number;
  readonly which: FailureTarget;
  readonly acts: FailureActs;
  readonly onSkip: (which: FailureTarget) => void;
  readonly onRetried: () => void;
  readonly children: ReactNode;
}): ReactNode {
  const { label, way } = REMEDY_ACTS[group.remedy];
  return (
    <div className={classes['acts']}>
      <RetryButton
        size="small"
        acts={acts}
        wanted={{ which, way, count, button: group.cause }}
        onAsked={onRetried}
      >
        {label}
      </RetryButton>
      <Button size="small" variant="quiet" disabled={acts.running !== null} onClick={() => onSkip(which)}>
        {text.skip}
      </Button>
      <span className={classes['gap']} />
      {children}
    </div>
  );
}
