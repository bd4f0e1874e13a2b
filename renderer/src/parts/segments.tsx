import { Radio } from '@base-ui/react/radio';
import { RadioGroup } from '@base-ui/react/radio-group';
import type { ReactNode } from 'react';
import classes from './segments.module.css';
import { Tooltip } from './tooltip.tsx';

export interface SegmentsProps<Value extends string> {
  /** What is chosen between; for screen readers. */
  readonly label: string;
  readonly value: Value;
  /** With an icon, the label is its name and its tooltip. */
  readonly options: readonly { readonly value: Value; readonly label: string; readonly icon?: ReactNode }[];
  readonly onChange: (value: Value) => void;
}

/** One of two to five, all of them seen at once. */
export function Segments<Value extends string>({
  label,
  value,
  options,
  onChange,
}: SegmentsProps<Value>): ReactNode {
  return (
    <RadioGroup
      aria-label={label}
      className={classes['group']}
      value={value}
      onValueChange={(next: Value) => onChange(next)}
    >
      {options.map((option) => {
        const radio = (
          <Radio.Root
            key={option.value}
            value={option.value}
            className={classes['segment']}
            aria-label={option.icon === undefined ? undefined : option.label}
          >
            {option.icon ?? option.label}
          </Radio.Root>
        );
        if (option.icon === undefined) return radio;
        return (
          <Tooltip key={option.value} label={option.label}>
            {radio}
          </Tooltip>
        );
      })}
    </RadioGroup>
  );
}
