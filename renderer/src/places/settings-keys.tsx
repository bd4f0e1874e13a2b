import { useRef, useState, type ReactNode, type RefCallback } from 'react';
import { useAllCommands, useRegistry } from '../commands/use-commands.tsx';
import { useView } from '../engine/use-glance.tsx';
import { byGroup } from '../frame/by-group.ts';
import { findCommands } from '../frame/find-commands.ts';
import { Button } from '../parts/button.tsx';
import { Kbd } from '../parts/kbd.tsx';
import { TextField } from '../parts/text-field.tsx';
import { settingsText as text } from '../text/places.ts';
import { KeyCapture } from './key-capture.tsx';
import { keyedCommands, withKeys, type KeyedCommand } from './key-conflicts.ts';
import classes from './places.module.css';

/** Every command with its keys, and how to give it others. */
export function KeySettings(): ReactNode {
  const registry = useRegistry();
  // Commands that come and go are known from then on.
  useAllCommands();
  const { view, saveView } = useView();
  const [searched, setSearched] = useState('');
  const [changing, setChanging] = useState<string | null>(null);
  const changed = useRef<string | null>(null);
  const commands = keyedCommands(registry.known(), view.keys);
  const close = (command: KeyedCommand): void => {
    setChanging(null);
    changed.current = command.id;
  };
  const save = (command: KeyedCommand, keys: string | null): void => {
    close(command);
    void saveView({ keys: withKeys(view.keys, command, keys) });
  };
  return (
    <section className={classes['section']} aria-labelledby="keys">
      <h2 id="keys" className={classes['heading']}>
        {text.keys}
      </h2>
      <p className={classes['note']}>{text.keysWords}</p>
      <TextField
        label={text.find}
        isLabelHidden
        placeholder={text.find}
        value={searched}
        onChange={setSearched}
      />
      {byGroup(findCommands(commands, searched)).map(({ group, commands: inGroup }) => (
        <section key={group} aria-label={group}>
          <h3 className={classes['small']}>{group}</h3>
          <ul className={classes['list']}>
            {inGroup.map((command) => (
              <li key={command.id} className={`${classes['line'] ?? ''} ${classes['keys-line'] ?? ''}`}>
                <span>{command.label}</span>
                {changing === command.id ? (
                  <KeyCapture
                    command={command}
                    commands={commands}
                    onUse={(keys) => save(command, keys)}
                    onCancel={() => close(command)}
                  />
                ) : (
                  <Line
                    command={command}
                    // Back from the capture, the keyboard goes on where it was.
                    changeButton={(button) => {
                      if (button === null || changed.current !== command.id) return;
                      changed.current = null;
                      button.focus();
                    }}
                    onChange={() => setChanging(command.id)}
                    onReset={() => save(command, command.defaultKeys)}
                  />
                )}
              </li>
            ))}
          </ul>
        </section>
      ))}
      {Object.keys(view.keys).length > 0 && (
        <div className={classes['acts']}>
          <Button onClick={() => void saveView({ keys: {} })}>{text.resetAll}</Button>
        </div>
      )}
    </section>
  );
}

interface LineProps {
  readonly command: KeyedCommand;
  readonly changeButton: RefCallback<HTMLButtonElement>;
  readonly onChange: () => void;
  readonly onReset: () => void;
}

function Line({ command, changeButton, onChange, onReset }: LineProps): ReactNode {
  const { label, keys, defaultKeys } = command;
  return (
    <div className={classes['quiet-acts']}>
      {keys === null ? <span className={classes['soft']}>{text.noKeys}</span> : <Kbd keys={keys} />}
      {keys !== defaultKeys && (
        <Button size="small" variant="quiet" aria-label={text.resetOf(label)} onClick={onReset}>
          {text.reset}
        </Button>
      )}
      <Button
        ref={changeButton}
        size="small"
        variant="quiet"
        aria-label={text.changeOf(label)}
        onClick={onChange}
      >
        {text.change}
      </Button>
    </div>
  );
}
