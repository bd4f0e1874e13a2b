import { Menu as BaseMenu } from '@base-ui/react/menu';
import { Check } from 'lucide-react';
import { useState, type ReactElement, type ReactNode, type RefObject } from 'react';
import { Kbd } from './kbd.tsx';
import { ariaKeys } from './key-names.ts';
import classes from './menu.module.css';
import { ShutCommands } from './shut-commands.tsx';

/** One line of a menu. */
export type MenuItem =
  | {
      readonly kind: 'item';
      readonly label: string;
      readonly detail?: string | undefined;
      readonly keys?: string | undefined;
      readonly icon?: ReactNode;
      readonly onSelect: () => void;
      /** One of several, of which one is chosen: those of a section belong together. Absent: it is an act. */
      readonly isChecked?: boolean | undefined;
      readonly isDisabled?: boolean | undefined;
    }
  | { readonly kind: 'separator' }
  /** Names the items up to the next heading or separator. */
  | { readonly kind: 'heading'; readonly label: string };

export interface MenuProps {
  /** The button that opens it. */
  readonly trigger: ReactElement;
  readonly items: readonly MenuItem[];
  /** Default `start`. */
  readonly align?: 'start' | 'end';
  /** Default `bottom`. */
  readonly side?: 'top' | 'bottom';
  /** What an item gave the focus to; null: the trigger has it again. */
  readonly focusAfter?: RefObject<HTMLElement | null>;
}

/** A list of acts or choices behind a button. */
export function Menu({ trigger, items, align = 'start', side = 'bottom', focusAfter }: MenuProps): ReactNode {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <BaseMenu.Root
      open={isOpen}
      onOpenChange={(isOpenNow) => {
        if (isOpenNow && focusAfter !== undefined) focusAfter.current = null;
        setIsOpen(isOpenNow);
      }}
    >
      <BaseMenu.Trigger render={trigger as ReactElement<Record<string, unknown>>} />
      <BaseMenu.Portal>
        <BaseMenu.Positioner sideOffset={8} align={align} side={side} collisionPadding={8}>
          <BaseMenu.Popup
            className={classes['menu']}
            finalFocus={(closedBy) => focusAfter?.current ?? backToTrigger(closedBy)}
          >
            <ShutCommands isOpen={isOpen} />
            {sectionsOf(items).map((section, index) => (
              <MenuSection key={section.heading ?? String(index)} section={section} isFirst={index === 0} />
            ))}
          </BaseMenu.Popup>
        </BaseMenu.Positioner>
      </BaseMenu.Portal>
    </BaseMenu.Root>
  );
}

/** Whoever chose with the pointer goes on with the photos: on the button, the arrows would open the menu again. */
function backToTrigger(closedBy: string): boolean {
  return closedBy !== 'mouse';
}

type Item = Extract<MenuItem, { kind: 'item' }>;

interface Section {
  readonly heading: string | null;
  readonly items: readonly Item[];
}

/** Items by the heading or separator above them; empty sections are left out. */
function sectionsOf(items: readonly MenuItem[]): readonly Section[] {
  const sections: { heading: string | null; items: Item[] }[] = [{ heading: null, items: [] }];
  for (const item of items) {
    if (item.kind === 'item') sections.at(-1)?.items.push(item);
    else sections.push({ heading: item.kind === 'heading' ? item.label : null, items: [] });
  }
  return sections.filter((section) => section.items.length > 0);
}

function MenuSection({
  section,
  isFirst,
}: {
  readonly section: Section;
  readonly isFirst: boolean;
}): ReactNode {
  const hasMarks = section.items.some((item) => item.isChecked !== undefined || item.icon !== undefined);
  return (
    <>
      {!isFirst && <BaseMenu.Separator className={classes['separator']} />}
      <BaseMenu.RadioGroup
        value={section.items.find(({ isChecked }) => isChecked === true)?.label ?? null}
        aria-label={section.heading ?? undefined}
      >
        {section.heading !== null && (
          <div className={classes['heading']} aria-hidden="true">
            {section.heading}
          </div>
        )}
        {section.items.map((item) => (
          <MenuLine key={item.label} item={item} hasMark={hasMarks} />
        ))}
      </BaseMenu.RadioGroup>
    </>
  );
}

function MenuLine({ item, hasMark }: { readonly item: Item; readonly hasMark: boolean }): ReactNode {
  const shared = {
    className: classes['item'],
    label: item.label,
    disabled: item.isDisabled ?? false,
    'aria-keyshortcuts': ariaKeys(item.keys),
  };
  const content = (
    <>
      {hasMark && <span className={classes['mark']}>{item.isChecked === true ? <Check /> : item.icon}</span>}
      <span className={classes['words']}>
        {item.label}
        {item.detail !== undefined && <span className={classes['detail']}>{item.detail}</span>}
      </span>
      {item.keys !== undefined && item.keys !== '' && <Kbd keys={item.keys} />}
    </>
  );
  if (item.isChecked === undefined)
    return (
      <BaseMenu.Item {...shared} onClick={item.onSelect}>
        {content}
      </BaseMenu.Item>
    );
  return (
    <BaseMenu.RadioItem {...shared} value={item.label} onClick={item.onSelect} closeOnClick>
      {content}
    </BaseMenu.RadioItem>
  );
}
