/** Making key sets: one for each kind of job, with keys bound by pressing them. */
import { Check, Plus } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import type { Command } from '../commands/registry.ts';
import { useRegistry } from '../commands/use-commands.tsx';
import { useEngine, useLive } from '../engine/use-engine.tsx';
import { useView } from '../engine/use-glance.tsx';
import { Button } from '../parts/button.tsx';
import { Dialog } from '../parts/dialog.tsx';
import { TextField } from '../parts/text-field.tsx';
import { keySetText } from '../text/tagging-dialogs.ts';
import { ActLine } from './act-line.tsx';
import { BindingList } from './binding-list.tsx';
import classes from './dialogs.module.css';
import {
  freeName,
  withChanged,
  withoutSet,
  withSet,
  type SaveSets,
  type SavedSets,
} from './key-set-edits.ts';
import { useDialogActs } from './use-dialog-acts.ts';
import { useStarter } from './use-starter.ts';
import type { KeySet } from '#shared/tagging.ts';

/** Commands with the keys that they have now, to tell of conflicts. */
function useKeyedCommands(): readonly Command[] {
  const registry = useRegistry();
  const { keys: own } = useView().view;
  return registry.known().map((command) => {
    const chosen = own[command.id];
    return chosen === undefined ? command : { ...command, keys: chosen, alsoKeys: [] };
  });
}

export function KeySetsDialog({ onClose }: { readonly onClose: () => void }): ReactNode {
  const commands = useKeyedCommands();
  const engine = useEngine();
  const acts = useDialogActs();
  const starter = useStarter(true);
  const saved = useLive('keySets', {}, ['settings', 'concepts']).value;
  const [chosenId, setChosenId] = useState<string | null>(null);
  if (saved === undefined) return null;
  const chosen = saved.sets.find(({ id }) => id === (chosenId ?? saved.activeId)) ?? saved.sets[0];
  const save: SaveSets = ({ sets, activeId }, label) => {
    void acts.act(
      () => engine.saveKeySets({ sets, activeId, label }),
      () => label,
    );
  };
  const add = (set: Omit<KeySet, 'id'>): void => {
    const id = crypto.randomUUID();
    save(withSet(saved, { ...set, id }), keySetText.acts.made(set.name));
    setChosenId(id);
  };
  const make = (bindings: KeySet['bindings']): void => {
    const name = bindings.length === 0 ? keySetText.firstName : keySetText.usedName;
    add({
      name: freeName(saved.sets, (count) => (count === 1 ? name : `${name} ${String(count)}`)),
      bindings,
    });
  };
  return (
    <Dialog title={keySetText.title} description={keySetText.what} size="large" isOpen onClose={onClose}>
      <ActLine acts={acts} />
      <div className={classes['columns']}>
        <div className={classes['side']}>
          <ul className={classes['sets']} aria-label={keySetText.sets}>
            {saved.sets.map((set) => (
              <li key={set.id}>
                <button
                  type="button"
                  className={classes['set']}
                  aria-pressed={set.id === chosen?.id}
                  onClick={() => setChosenId(set.id)}
                >
                  <span className={classes['words']}>{set.name}</span>
                  {set.id === saved.activeId && <Check size={16} role="img" aria-label={keySetText.inUse} />}
                </button>
              </li>
            ))}
          </ul>
          <div>
            <Button size="small" icon={<Plus />} onClick={() => make([])}>
              {keySetText.make}
            </Button>
          </div>
          {starter !== null && (
            <div>
              <Button size="small" icon={<Plus />} onClick={() => make(starter)}>
                {keySetText.makeFromUsed}
              </Button>
            </div>
          )}
        </div>
        {chosen === undefined ? (
          <p className={classes['soft']}>{keySetText.none}</p>
        ) : (
          <div className={classes['main']}>
            <SetHead key={chosen.id} saved={saved} set={chosen} save={save} onDuplicate={add} />
            <BindingList
              key={`${chosen.id} keys`}
              saved={saved}
              set={chosen}
              save={save}
              create={(name) =>
                acts.act(
                  () => engine.createConcept({ name }),
                  () => keySetText.acts.created(name),
                )
              }
              commands={commands}
            />
          </div>
        )}
      </div>
    </Dialog>
  );
}

function SetHead({
  saved,
  set,
  save,
  onDuplicate,
}: {
  readonly saved: SavedSets;
  readonly set: KeySet;
  readonly save: SaveSets;
  readonly onDuplicate: (set: Omit<KeySet, 'id'>) => void;
}): ReactNode {
  const [name, setName] = useState(set.name);
  const { acts } = keySetText;
  const rename = (): void => {
    const wanted = name.trim();
    if (wanted === '') setName(set.name);
    else if (wanted !== set.name) {
      save(
        withChanged(saved, set.id, (before) => ({ ...before, name: wanted })),
        acts.renamed(set.name, wanted),
      );
    }
  };
  return (
    <div className={classes['line']}>
      <div className={classes['grow']}>
        <TextField
          label={keySetText.name}
          isLabelHidden
          value={name}
          onChange={setName}
          onBlur={rename}
          onKeyDown={(event) => {
            if (event.key === 'Enter') rename();
          }}
        />
      </div>
      <Button
        size="small"
        disabled={set.id === saved.activeId}
        onClick={() => save({ ...saved, activeId: set.id }, acts.used(set.name))}
      >
        {set.id === saved.activeId ? keySetText.inUse : keySetText.use}
      </Button>
      <Button
        size="small"
        onClick={() =>
          onDuplicate({
            name: freeName(saved.sets, (count) => keySetText.copyName(set.name, count)),
            bindings: set.bindings,
          })
        }
      >
        {keySetText.duplicate}
      </Button>
      <Button
        size="small"
        variant="danger"
        onClick={() => save(withoutSet(saved, set.id), acts.removed(set.name))}
      >
        {keySetText.remove}
      </Button>
    </div>
  );
}
