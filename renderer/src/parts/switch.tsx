import { Switch as BaseSwitch } from '@base-ui/react/switch';
import type { ReactNode } from 'react';
import classes from './switch.module.css';

export interface SwitchProps {
  readonly label: ReactNode;
  readonly isOn: boolean;
  readonly onChange: (isOn: boolean) => void;
  readonly isDisabled?: boolean;
}

/** Something that is on or off, at once. */
export function Switch({ label, isOn, onChange, isDisabled = false }: SwitchProps): ReactNode {
  return (
    <label className={classes['line']}>
      <span className={classes['words']}>{label}</span>
      <BaseSwitch.Root
        className={classes['switch']}
        checked={isOn}
        disabled={isDisabled}
        onCheckedChange={(isOnNow) => onChange(isOnNow)}
      >
        <BaseSwitch.Thumb className={classes['thumb']} />
      </BaseSwitch.Root>
    </label>
  );
}
