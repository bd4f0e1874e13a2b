import { Autocomplete } from '@base-ui/react/autocomplete';
import {
  useId,
  useRef,
  useState,
  type KeyboardEvent,
  type MouseEvent,
  type ReactNode,
  type Ref,
} from 'react';
import classes from './combo-box.module.css';
import field from './field.module.css';
import { FloatingList } from './floating-list.tsx';
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

/**
 * A field with a list of what could be meant. Arrows mark a line, Enter chooses it, with Shift and Alt told apart. The
 * list is always the library's inline one: its floating one would hide the rest of the page from screen readers.
 */
export function ComboBox<Option extends ComboOption>(props: ComboBoxProps<Option>): ReactNode {
  const {
    label,
    text,
    onText,
    options,
    isLabelHidden = true,
    isInline = false,
    marksFirst = 'typing',
  } = props;
  const marked = useRef<Option | undefined>(undefined);
  const box = useRef<HTMLDivElement>(null);
  const { isShown, setOpen } = useOpen(props);
  const id = useId();
  return (
    <Autocomplete.Root
      open
      inline
      items={options}
      filter={null}
      mode="none"
      autoHighlight={marksFirst === 'always' ? 'always' : marksFirst === 'typing'}
      value={text}
      itemToStringValue={(option: Option) => option.label}
      onValueChange={(value, details) => {
        if (details.reason !== 'input-change' && details.reason !== 'input-clear') return;
        onText(value);
        setOpen(true);
      }}
      onItemHighlighted={(option) => {
        marked.current = option;
      }}
    >
      <div
        ref={box}
        className={field['field']}
        onBlur={(event) => {
          if (!event.currentTarget.contains(event.relatedTarget)) setOpen(false);
        }}
      >
        {!isLabelHidden && (
          <label htmlFor={id} className={field['label']}>
            {label}
          </label>
        )}
        <Field {...props} id={id} marked={() => marked.current} isShown={isShown} setOpen={setOpen} />
        {isInline && <ComboList {...props} />}
        {!isInline && isShown && (
          <FloatingList anchor={box}>
            <ComboList {...props} onChosen={() => setOpen(false)} />
          </FloatingList>
        )}
      </div>
    </Autocomplete.Root>
  );
}

function useOpen({
  isOpen,
  onOpenChange,
  isInline = false,
}: Pick<ComboBoxProps<ComboOption>, 'isOpen' | 'onOpenChange' | 'isInline'>) {
  const [isOpenItself, setIsOpenItself] = useState(false);
  const isShown = isInline || (isOpen ?? isOpenItself);
  return {
    isShown,
    setOpen: (isOpenNow: boolean): void => {
      if (isInline || isOpenNow === isShown) return;
      setIsOpenItself(isOpenNow);
      onOpenChange?.(isOpenNow);
    },
  };
}

interface FieldProps<Option extends ComboOption> extends ComboBoxProps<Option> {
  readonly id: string;
  readonly marked: () => Option | undefined;
  readonly isShown: boolean;
  readonly setOpen: (isOpen: boolean) => void;
}

function Field<Option extends ComboOption>(props: FieldProps<Option>): ReactNode {
  const { label, placeholder, isWaiting = false, inputRef, id, isShown, setOpen } = props;
  return (
    <Autocomplete.Input
      ref={inputRef}
      id={id}
      className={field['control']}
      aria-label={label}
      aria-busy={isWaiting}
      aria-expanded={isShown}
      placeholder={placeholder}
      autoComplete="off"
      spellCheck={false}
      onClick={() => setOpen(true)}
      onKeyDown={(event: KeyboardEvent<HTMLInputElement> & { preventBaseUIHandler?: () => void }) => {
        props.onKeyDown?.(event);
        if (!event.defaultPrevented) hear(event, props);
        if (event.defaultPrevented) event.preventBaseUIHandler?.();
      }}
    />
  );
}

/** What the library does not do by itself; it does not hear a key whose default is prevented here. */
function hear<Option extends ComboOption>(
  event: KeyboardEvent<HTMLInputElement>,
  { text, options, onChoose, onCreate, marked, isShown, setOpen, isInline = false }: FieldProps<Option>,
): void {
  if (event.nativeEvent.isComposing) return;
  if (event.key === 'Enter') {
    event.preventDefault();
    // The list may have changed since the line was marked: what is chosen has to be on it.
    const key = isShown ? marked()?.key : undefined;
    const option = options.find((candidate) => candidate.key === key);
    if (option !== undefined) onChoose(option, event);
    else onCreate?.(text, event);
  } else if (event.key === 'Escape' && isShown && !isInline) {
    event.preventDefault();
    // The surface around it stays.
    event.stopPropagation();
    setOpen(false);
  } else if ((event.key === 'ArrowDown' || event.key === 'ArrowUp') && !isShown) {
    event.preventDefault();
    setOpen(true);
  }
}

function ComboList<Option extends ComboOption>(
  props: ComboBoxProps<Option> & { readonly onChosen?: () => void },
): ReactNode {
  const { label, options, onChoose, onChosen, footer } = props;
  return (
    <>
      <Autocomplete.List className={classes['list']} aria-label={label}>
        {options.map((option) => (
          <Autocomplete.Item
            key={option.key}
            value={option}
            className={menu['item']}
            onClick={(event: MouseEvent<HTMLElement>) => {
              onChosen?.();
              onChoose(option, event);
            }}
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
