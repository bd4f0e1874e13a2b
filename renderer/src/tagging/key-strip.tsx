/** The keys of the set at work, as a thin bar below the sheet. */
import { ChevronDown, ChevronUp, StepForward } from 'lucide-react';
import type { MouseEvent, ReactNode } from 'react';
import { useAllCommands } from '../commands/use-commands.tsx';
import { useView } from '../engine/use-glance.tsx';
import { Button } from '../parts/button.tsx';
import { IconButton } from '../parts/icon-button.tsx';
import { Kbd } from '../parts/kbd.tsx';
import { Menu, type MenuItem } from '../parts/menu.tsx';
import { Tooltip } from '../parts/tooltip.tsx';
import { taggingText } from '../text/tagging.ts';
import { keySetText } from '../text/tagging-dialogs.ts';
import classes from './key-strip.module.css';
import { useOpenDialog } from './tagging-dialogs.tsx';
import { useStarter } from './use-starter.ts';
import { useTagging } from './use-tagging.tsx';
import type { KeyBinding } from '#shared/tagging.ts';

/** Shows which key gives which concept; a click does the same. */
export function KeyStrip(): ReactNode {
  const { activeSet, keySets, advances, toggleAdvance } = useTagging();
  const advanceKeys = useAllCommands().find(({ id }) => id === 'tagging.advance')?.keys ?? undefined;
  const hasSets = keySets !== undefined && keySets.sets.length > 0;
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
      {hasSets && <SetMenu />}
      {activeSet === null ? (
        <Invitation hasSets={hasSets} />
      ) : (
        <ul className={classes['keys']}>
          {activeSet.bindings.map((binding) => (
            <li key={binding.key}>
              <KeyButton binding={binding} />
            </li>
          ))}
        </ul>
      )}
      {activeSet !== null && (
        <IconButton
          label={taggingText.advance}
          keys={advanceKeys}
          icon={<StepForward />}
          isPressed={advances}
          onClick={toggleAdvance}
        />
      )}
      {toggle}
    </section>
  );
}

/** Before any key works: what keys are for, and the two ways to have some. */
function Invitation({ hasSets }: { readonly hasSets: boolean }): ReactNode {
  const { keySets, makeSet } = useTagging();
  const openDialog = useOpenDialog();
  const starter = useStarter(keySets !== undefined && !hasSets);
  if (keySets === undefined || hasSets) return <span className={classes['invitation']} />;
  return (
    <div className={classes['invitation']}>
      <span className={classes['words']}>{taggingText.keysInvite}</span>
      <Button size="small" onClick={() => openDialog('key-sets')}>
        {taggingText.makeKeySet}
      </Button>
      {starter !== null && (
        <Button size="small" onClick={() => makeSet(keySetText.usedName, starter)}>
          {taggingText.makeStarter}
        </Button>
      )}
    </div>
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
      label: taggingText.editKeySets,
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
