import { useEffect, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import { chordOf } from '../commands/chord.ts';
import { Button } from '../parts/button.tsx';
import { Kbd } from '../parts/kbd.tsx';
import { hasCommandKey } from '../parts/key-names.ts';
import { settingsText as text } from '../text/places.ts';
import { keyConflicts, type KeyedCommand } from './key-conflicts.ts';
import classes from './places.module.css';

/** Strokes within this time belong together, in ms. */
const SEQUENCE_MS = 1000;

export interface KeyCaptureProps {
  readonly command: KeyedCommand;
  /** All that could have the same keys. */
  readonly commands: readonly KeyedCommand[];
  readonly onUse: (keys: string | null) => void;
  readonly onCancel: () => void;
}

/** Hears the new keys of a command and tells whose they are now. */
export function KeyCapture({ command, commands, onUse, onCancel }: KeyCaptureProps): ReactNode {
  const [pressed, setPressed] = useState<{ readonly keys: string; readonly at: number } | null>(null);
  const field = useRef<HTMLDivElement>(null);
  useEffect(() => field.current?.focus(), []);
  const onKeyDown = (event: KeyboardEvent): void => {
    // Tab leaves the field, as everywhere.
    if (event.key === 'Tab') return;
    event.preventDefault();
    event.stopPropagation();
    if (event.key === 'Escape') {
      onCancel();
      return;
    }
    const chord = chordOf(event.nativeEvent, hasCommandKey());
    if (chord === null || event.repeat) return;
    const follows =
      pressed !== null && event.timeStamp - pressed.at < SEQUENCE_MS && !pressed.keys.includes(' ');
    setPressed({ keys: follows ? `${pressed.keys} ${chord}` : chord, at: event.timeStamp });
  };
  const conflicts = pressed === null ? [] : keyConflicts(commands, command.id, pressed.keys);
  return (
    <div className={classes['capture']}>
      <div
        ref={field}
        role="textbox"
        tabIndex={0}
        aria-readonly="true"
        aria-label={`${text.changeOf(command.label)}. ${text.press}`}
        aria-describedby="capture-hint"
        className={classes['press']}
        onKeyDown={onKeyDown}
      >
        {pressed === null ? text.press : <Kbd keys={pressed.keys} />}
      </div>
      <Button
        size="small"
        variant="primary"
        disabled={pressed === null}
        onClick={() => {
          if (pressed !== null) onUse(pressed.keys);
        }}
      >
        {text.use}
      </Button>
      <Button size="small" onClick={() => onUse(null)}>
        {text.remove}
      </Button>
      <Button size="small" onClick={onCancel}>
        {text.cancel}
      </Button>
      <p id="capture-hint" role="status" className={classes['small']}>
        {conflicts.length > 0 ? text.taken(conflicts.map(({ label }) => label)) : text.pressHint}
      </p>
    </div>
  );
}
