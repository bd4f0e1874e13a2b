import { Select as BaseSelect } from '@base-ui/react/select';
import { Check, ChevronDown } from 'lucide-react';
import { useId, useState, type ReactNode } from 'react';
import { classNames } from './class-names.ts';
import field from './field.module.css';
import menu from './menu.module.css';
import classes from './select.module.css';
import { ShutCommands } from './shut-commands.tsx';
import { VisuallyHidden } from './visually-hidden.tsx';

export interface SelectProps<Value extends string | number> {
  readonly label: string;
  readonly value: Value;
  readonly options: readonly {
    readonly value: Value;
    readonly label: string;
    readonly detail?: string | undefined;
  }[];
  readonly onChange: (value: Value) => void;
  readonly isLabelHidden?: boolean;
  readonly isDisabled?: boolean;
}

/** One of a few values. */
export function Select<Value extends string | number>(props: SelectProps<Value>): ReactNode {
  const { label, value, options, onChange, isLabelHidden = false, isDisabled = false } = props;
  const labelId = useId();
  const [isOpen, setIsOpen] = useState(false);
  const name = (
    <span id={labelId} className={field['label']}>
      {label}
    </span>
  );
  return (
    <div className={field['field']}>
      {isLabelHidden ? <VisuallyHidden>{name}</VisuallyHidden> : name}
      <BaseSelect.Root
        items={options}
        value={value}
        disabled={isDisabled}
        open={isOpen}
        onOpenChange={(isOpenNow) => setIsOpen(isOpenNow)}
        onValueChange={(next: Value | null) => {
          if (next !== null) onChange(next);
        }}
      >
        <BaseSelect.Trigger
          className={classNames(field['control'], classes['trigger'])}
          aria-labelledby={labelId}
        >
          <BaseSelect.Value className={classes['value']} />
          <BaseSelect.Icon className={classes['arrow']}>
            <ChevronDown />
          </BaseSelect.Icon>
        </BaseSelect.Trigger>
        <BaseSelect.Portal>
          <BaseSelect.Positioner sideOffset={4} collisionPadding={8} alignItemWithTrigger={false}>
            <BaseSelect.Popup className={menu['menu']}>
              <ShutCommands isOpen={isOpen} />
              <BaseSelect.List aria-labelledby={labelId}>
                {options.map((option) => (
                  <BaseSelect.Item key={option.value} value={option.value} className={menu['item']}>
                    <span className={menu['mark']}>
                      <BaseSelect.ItemIndicator>
                        <Check />
                      </BaseSelect.ItemIndicator>
                    </span>
                    <span className={menu['words']}>
                      <BaseSelect.ItemText>{option.label}</BaseSelect.ItemText>
                      {option.detail !== undefined && <span className={menu['detail']}>{option.detail}</span>}
                    </span>
                  </BaseSelect.Item>
                ))}
              </BaseSelect.List>
            </BaseSelect.Popup>
          </BaseSelect.Positioner>
        </BaseSelect.Portal>
      </BaseSelect.Root>
    </div>
  );
}
