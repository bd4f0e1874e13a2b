import { useId, type ComponentPropsWithRef, type ReactNode } from 'react';
import { classNames } from './class-names.ts';
import classes from './field.module.css';
import { VisuallyHidden } from './visually-hidden.tsx';

export interface TextFieldProps extends Omit<
  ComponentPropsWithRef<'input'>,
  'className' | 'value' | 'onChange' | 'id'
> {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  /** What is wanted, in a few words, below the field. */
  readonly hint?: ReactNode;
  /** What is wrong with what was typed, and what to do; takes the hint's place. */
  readonly problem?: string | null | undefined;
  /** Where the field explains itself; screen readers still hear the label. */
  readonly isLabelHidden?: boolean;
  readonly icon?: ReactNode;
  /**
   * What is counted; screen readers need it in the label. The field is as wide as a number and stands in a row that
   * wraps: what is wrong is said on a line of the row's own, and moves nothing that was there.
   */
  readonly unit?: string;
}

/** One line of text. */
export function TextField(props: TextFieldProps): ReactNode {
  const { label, value, onChange, hint, problem, isLabelHidden = false, icon, unit, ...rest } = props;
  const id = useId();
  const belowId = `${id}below`;
  const hasProblem = problem !== undefined && problem !== null;
  const below = hasProblem ? problem : hint;
  const name = (
    <label htmlFor={id} className={classes['label']}>
      {label}
    </label>
  );
  return (
    <div className={classNames(classes['field'], unit !== undefined && classes['in-row'])}>
      {isLabelHidden ? <VisuallyHidden>{name}</VisuallyHidden> : name}
      <div
        className={classNames(
          icon !== undefined && classes['with-icon'],
          unit !== undefined && classes['with-unit'],
        )}
      >
        {icon !== undefined && <span className={classes['icon']}>{icon}</span>}
        <input
          autoComplete="off"
          spellCheck={false}
          {...rest}
          id={id}
          className={classes['control']}
          value={value}
          aria-invalid={hasProblem}
          aria-describedby={below === undefined ? undefined : belowId}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
        {unit !== undefined && <span aria-hidden="true">{unit}</span>}
      </div>
      {below !== undefined && (
        <p id={belowId} className={hasProblem ? classes['problem'] : classes['hint']}>
          {below}
        </p>
      )}
    </div>
  );
}
