import { Radio } from '@base-ui/react/radio';
import { RadioGroup } from '@base-ui/react/radio-group';
import type { ReactNode } from 'react';
import classes from './segments.module.css';

export interface SegmentsProps<Value extends string> {
  /** What is chosen between; for screen readers. */
  readonly label: string;
  readonly value: Value;
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
      {options.map(({ value: own, label: words, icon }) => (
        <Radio.Root key={own} value={own} className={classes['segment']}>
          {icon}
          {words}
        </Radio.Root>
      ))}
    </RadioGroup>
  );
}
