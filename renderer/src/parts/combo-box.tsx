import { Autocomplete } from '@base-ui/react/autocomplete';
import { useId, useRef, type KeyboardEvent, type MouseEvent, type ReactNode, type Ref } from 'react';
import { classNames } from './class-names.ts';
import classes from './combo-box.module.css';
import field from './field.module.css';
import menu from './menu.module.css';

/** One line of the list. Its key is its identity; labels may repeat. */
export interface ComboOption {
  readonly key: string;
  readonly label: string;
  /** At the end of the line: a count, keys, a state. */
  readonly detail?: ReactNode;
  readonly icon?: ReactNode;
}

/** Enter or a click; its modifiers say which act is meant. */
export type ChoiceEvent = KeyboardEvent<HTMLInputElement> | MouseEvent<HTMLElement>;

export interface ComboBoxProps<Option extends ComboOption> {
  readonly label: string;
  readonly text: string;
  /** Hears only what is typed: choosing does not fill in the text. */
  readonly onText: (text: string) => void;
  /** Filtered already, in the order of the list; they may come late. */
  readonly options: readonly Option[];
  readonly onChoose: (option: Option, event: ChoiceEvent) => void;
  /** Enter while no line is marked; absent: Enter does nothing then. */
  readonly onCreate?: (text: string, event: ChoiceEvent) => void;
  readonly placeholder?: string;
  readonly isLabelHidden?: boolean;
  /** Absent: the list opens with typing, a click and arrows, and closes with Escape. */
  readonly isOpen?: boolean;
  readonly onOpenChange?: (isOpen: boolean) => void;
  /** Marks the first line without an arrow key, so that Enter chooses it. Default `typing`: once something is typed. */
  readonly marksFirst?: 'never' | 'typing' | 'always';
  /** The list lies in the page, below the field, not over it. Default false. */
  readonly isInline?: boolean;
  /** Below the lines: what Enter would make, near-duplicates, how many more there are. */
  readonly footer?: ReactNode;
  readonly isWaiting?: boolean;
  readonly inputRef?: Ref<HTMLInputElement>;
  /** Keys before the list hears them; `event.preventDefault()` keeps them from it. */
  readonly onKeyDown?: (event: KeyboardEvent<HTMLInputElement>) => void;
}

/** A field with a list of what could be meant. Arrows mark a line, Enter chooses it, with Shift and Alt told apart. */
export function ComboBox<Option extends ComboOption>(props: ComboBoxProps<Option>): ReactNode {
  const { label, text, onText, options, onOpenChange, isLabelHidden = true, isInline = false } = props;
  const { isOpen, marksFirst = 'typing' } = props;
  const marked = useRef<Option | undefined>(undefined);
  const controlled = isInline ? { open: true } : isOpen === undefined ? {} : { open: isOpen };
  const id = useId();
  return (
    <Autocomplete.Root
      {...controlled}
      items={options}
      filter={null}
      mode="none"
      inline={isInline}
      openOnInputClick
      autoHighlight={marksFirst === 'always' ? 'always' : marksFirst === 'typing'}
      value={text}
      itemToStringValue={(option: Option) => option.label}
      onValueChange={(value, details) => {
        if (details.reason === 'input-change' || details.reason === 'input-clear') onText(value);
      }}
      onOpenChange={(isOpenNow) => onOpenChange?.(isOpenNow)}
      onItemHighlighted={(option) => {
        marked.current = option;
      }}
    >
      <div className={field['field']}>
        {!isLabelHidden && (
          <label htmlFor={id} className={field['label']}>
            {label}
          </label>
        )}
        <Field {...props} id={id} marked={() => marked.current} />
        {isInline && <ComboList {...props} />}
      </div>
      {!isInline && (
        <Autocomplete.Portal>
          <Autocomplete.Positioner sideOffset={4} collisionPadding={8} align="start">
            <Autocomplete.Popup className={classNames(menu['menu'], classes['popup'])} aria-label={label}>
              <ComboList {...props} />
            </Autocomplete.Popup>
          </Autocomplete.Positioner>
        </Autocomplete.Portal>
      )}
    </Autocomplete.Root>
  );
}

function Field<Option extends ComboOption>(
  props: ComboBoxProps<Option> & { readonly id: string; readonly marked: () => Option | undefined },
): ReactNode {
  const {
    label,
    text,
    options,
    onChoose,
    onCreate,
    onKeyDown,
    placeholder,
    isWaiting = false,
    inputRef,
    id,
    marked,
  } = props;
  return (
    <Autocomplete.Input
      ref={inputRef}
      id={id}
      className={field['control']}
      aria-label={label}
      aria-busy={isWaiting}
      placeholder={placeholder}
      autoComplete="off"
      spellCheck={false}
      onKeyDown={(event: KeyboardEvent<HTMLInputElement> & { preventBaseUIHandler?: () => void }) => {
        onKeyDown?.(event);
        if (event.defaultPrevented) {
          event.preventBaseUIHandler?.();
          return;
        }
        if (event.key !== 'Enter' || event.nativeEvent.isComposing) return;
        event.preventDefault();
        event.preventBaseUIHandler?.();
        // The list may have changed since the line was marked: what is chosen has to be on it.
        const key = marked()?.key;
        const option = options.find((candidate) => candidate.key === key);
        if (option !== undefined) onChoose(option, event);
        else onCreate?.(text, event);
      }}
    />
  );
}

function ComboList<Option extends ComboOption>(props: ComboBoxProps<Option>): ReactNode {
  const { label, options, onChoose, footer } = props;
  return (
    <>
      <Autocomplete.List className={classes['list']} aria-label={label}>
        {options.map((option) => (
          <Autocomplete.Item
            key={option.key}
            value={option}
            className={menu['item']}
            onClick={(event: MouseEvent<HTMLElement>) => onChoose(option, event)}
          >
            {option.icon !== undefined && <span className={menu['mark']}>{option.icon}</span>}
            <span className={classes['label']}>{option.label}</span>
            {option.detail !== undefined && <span className={classes['detail']}>{option.detail}</span>}
          </Autocomplete.Item>
        ))}
      </Autocomplete.List>
      {footer !== undefined && footer !== null && footer !== false && (
        <div className={classes['footer']}>{footer}</div>
      )}
    </>
  );
}
