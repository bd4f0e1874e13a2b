import type { ReactNode } from 'react';
import { Banner } from '../parts/banner.tsx';
import { accountText as text } from '../text/first-run.ts';
import classes from './account-form.module.css';
import type { AccountCheck } from '#shared/glance.ts';

/** How an account answered, with the service's own words behind a click. */
export function AccountOutcome({ check }: { readonly check: AccountCheck }): ReactNode {
  if (check.ok) return <Banner tone="quiet">{text.works(check.inputCount)}</Banner>;
  return (
    <Banner tone="alert">
      {check.sentence}
      {check.detail !== null && (
        <details className={classes['details']}>
          <summary>{text.detailsOfProblem}</summary>
          <code>{check.detail}</code>
        </details>
      )}
    </Banner>
  );
}
