import { Search } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import type { Command } from '../commands/registry.ts';
import { Button } from '../parts/button.tsx';
import { Dialog } from '../parts/dialog.tsx';
import { Kbd } from '../parts/kbd.tsx';
import { TextField } from '../parts/text-field.tsx';
import { frameText } from '../text/frame.ts';
import classes from './key-list.module.css';
import { listedKeys } from './listed-keys.ts';

export interface KeyListProps {
  readonly isOpen: boolean;
  readonly onClose: () => void;
  /** Those that were in reach when it was opened. */
  readonly commands: readonly Command[];
  /** Goes to where keys are changed. */
  readonly onChange: () => void;
}

/** Every key that does something here, or in what opens from here, by group. */
export function KeyList({ isOpen, onClose, commands, onChange }: KeyListProps): ReactNode {
  return (
    <Dialog
      title={frameText.keys.title}
      isOpen={isOpen}
      onClose={onClose}
      size="tall"
      footer={<Button onClick={onChange}>{frameText.keys.change}</Button>}
    >
      <Groups commands={commands} />
    </Dialog>
  );
}

function Groups({ commands }: { readonly commands: readonly Command[] }): ReactNode {
  const [searched, setSearched] = useState('');
  const groups = listedKeys(commands, searched);
  return (
    <>
      <TextField
        label={frameText.keys.find}
        isLabelHidden
        icon={<Search />}
        placeholder={frameText.keys.find}
        value={searched}
        onChange={setSearched}
      />
      {groups.length === 0 && <p className={classes['held']}>{frameText.keys.none}</p>}
      <div className={classes['groups']}>
        {groups.map(({ group, lines }) => (
          <section key={group} className={classes['group']}>
            <h3 className={classes['heading']}>{group}</h3>
            <dl>
              {lines.map(({ id, label, keys, isHeld }) => (
                <div key={id} className={classes['line']}>
                  <dt>{label}</dt>
                  <dd>
                    <Kbd keys={keys} />
                    {isHeld && <span className={classes['held']}>{frameText.keys.held}</span>}
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </>
  );
}
