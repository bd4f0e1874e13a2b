import type { ReactNode } from 'react';
import { Button } from '../parts/button.tsx';
import { Menu } from '../parts/menu.tsx';

/** One of several, behind a button that shows which. */
export function ChoiceMenu<Value extends string | number>(props: {
  /** What is chosen; for screen readers. */
  readonly label: string;
  readonly value: Value;
  readonly options: readonly { readonly value: Value; readonly label: string }[];
  /** Another one was chosen. */
  readonly onChange: (value: Value) => void;
}): ReactNode {
  const { label, value, options, onChange } = props;
  const shown = options.find((option) => option.value === value)?.label ?? String(value);
  return (
    <Menu
      align="end"
      items={options.map((option) => ({
        kind: 'item',
        label: option.label,
        isChecked: option.value === value,
        onSelect: () => {
          if (option.value !== value) onChange(option.value);
        },
      }))}
      trigger={
        <Button size="small" opensMenu aria-label={`${label}: ${shown}`}>
          {shown}
        </Button>
      }
    />
  );
}
