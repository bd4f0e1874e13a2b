/** The keys of the set at work, as a thin bar below the sheet. */
import { ChevronDown, ChevronUp, StepForward } from 'lucide-react';
import type { MouseEvent, ReactNode } from 'react';
import { useView } from '../engine/use-glance.tsx';
import { Button } from '../parts/button.tsx';
import { IconButton } from '../parts/icon-button.tsx';
import { Kbd } from '../parts/kbd.tsx';
import { Menu, type MenuItem } from '../parts/menu.tsx';
import { Tooltip } from '../parts/tooltip.tsx';
import { taggingText } from '../text/tagging.ts';
import classes from './key-strip.module.css';
import { useOpenDialog } from './tagging-dialogs.tsx';
import { useTagging } from './use-tagging.tsx';
import type { KeyBinding } from '#shared/tagging.ts';

/** Shows which key gives which concept; a click does the same. */
export function KeyStrip(): ReactNode {
  const { activeSet, advances, toggleAdvance } = useTagging();
  const { view, saveView } = useView();
  const isShown = view.keyStripIsOpen;
  const toggle = (
    <IconButton
      label={isShown ? taggingText.hideStrip : taggingText.showStrip}
      icon={isShown ? <ChevronDown /> : <ChevronUp />}
      onClick={() => void saveView({ keyStripIsOpen: !isShown })}
    />
  );
  if (!isShown) return <div className={classes['hidden']}>{toggle}</div>;
  return (
    <section className={classes['strip']} aria-label={taggingText.keyStrip} data-lifts-messages>
      <SetMenu />
      <ul className={classes['keys']}>
        {activeSet?.bindings.map((binding) => (
          <li key={binding.key}>
            <KeyButton binding={binding} />
          </li>
        ))}
      </ul>
      <IconButton
        label={taggingText.advance}
        keys="Y"
        icon={<StepForward />}
        isPressed={advances}
        onClick={toggleAdvance}
      />
      {toggle}
    </section>
  );
}

function KeyButton({ binding: { key, conceptId, name } }: { readonly binding: KeyBinding }): ReactNode {
  const { give } = useTagging();
  const press = (event: MouseEvent): void => {
    const value = event.altKey ? null : event.shiftKey ? 0 : 1;
    give([{ concept: { conceptId }, name, value }], { advances: true });
  };
  return (
    <Tooltip label={taggingText.keyHint(name)}>
      <button type="button" className={classes['key']} aria-keyshortcuts={key} onClick={press}>
        <Kbd keys={key.toUpperCase()} />
        <span className={classes['name']}>{name}</span>
      </button>
    </Tooltip>
  );
}

function SetMenu(): ReactNode {
  const { activeSet, keySets, chooseSet } = useTagging();
  const openDialog = useOpenDialog();
  const sets = keySets?.sets ?? [];
  const items: readonly MenuItem[] = [
    ...sets.map((set) => ({
      kind: 'item' as const,
      label: set.name,
      isChecked: set.id === activeSet?.id,
      onSelect: () => chooseSet(set),
    })),
    { kind: 'separator' },
    {
      kind: 'item',
      label: sets.length === 0 ? taggingText.makeKeySet : taggingText.editKeySets,
      onSelect: () => openDialog('key-sets'),
    },
  ];
  return (
    <Menu
      side="top"
      items={items}
      trigger={
        <Button variant="quiet" size="small">
          {taggingText.keys}: {activeSet?.name ?? taggingText.noKeySet}
        </Button>
      }
    />
  );
}
