import { Checkbox as BaseCheckbox } from '@base-ui/react/checkbox';
import { Check, Minus } from 'lucide-react';
import type { ReactNode } from 'react';
import classes from './checkbox.module.css';

export interface CheckboxProps {
  readonly label: ReactNode;
  readonly state: 'on' | 'off' | 'mixed';
  /** What it is to be: a click on `mixed` asks for true. */
  readonly onChange: (isOn: boolean) => void;
  readonly isDisabled?: boolean;
}

/** A box to tick, with its words. */
export function Checkbox({ label, state, onChange, isDisabled = false }: CheckboxProps): ReactNode {
  return (
    <label className={classes['line']}>
      <BaseCheckbox.Root
        className={classes['box']}
        checked={state === 'on'}
        indeterminate={state === 'mixed'}
        disabled={isDisabled}
        onCheckedChange={(isOn) => onChange(isOn)}
      >
        <BaseCheckbox.Indicator className={classes['mark']}>
          {state === 'mixed' ? <Minus /> : <Check />}
        </BaseCheckbox.Indicator>
      </BaseCheckbox.Root>
      <span className={classes['words']}>{label}</span>
    </label>
  );
}
