import { X } from 'lucide-react';
import { useRef, useState, type ReactNode } from 'react';
import { Button } from '../parts/button.tsx';
import { IconButton } from '../parts/icon-button.tsx';
import { TextField } from '../parts/text-field.tsx';
import { folderDialogText as text } from '../text/folders.ts';
import classes from './folders.module.css';

/** Words that can be added and taken away: concepts, patterns. */
export function WordList(props: {
  readonly label: string;
  readonly hint?: string;
  readonly problem?: string | null;
  readonly words: readonly string[];
  readonly onChange: (words: readonly string[]) => void;
}): ReactNode {
  const { label, hint, problem, words, onChange } = props;
  const [typed, setTyped] = useState('');
  const field = useRef<HTMLInputElement>(null);
  const add = (): void => {
    const word = typed.trim();
    setTyped('');
    if (word !== '' && !words.includes(word)) onChange([...words, word]);
  };
  return (
    <>
      {words.length > 0 && (
        <ul className={classes['words']}>
          {words.map((word) => (
            <li key={word} className={classes['word']}>
              {word}
              <IconButton
                label={text.takeAway(word)}
                icon={<X />}
                onClick={({ currentTarget }) => {
                  (controlBeside(currentTarget) ?? field.current)?.focus();
                  onChange(words.filter((one) => one !== word));
                }}
              />
            </li>
          ))}
        </ul>
      )}
      <div className={classes['adding']}>
        <TextField
          ref={field}
          label={label}
          value={typed}
          onChange={setTyped}
          hint={hint}
          problem={problem}
          // What was typed and is left standing is meant, too.
          onBlur={add}
          onKeyDown={(event) => {
            if (event.key !== 'Enter') return;
            event.preventDefault();
            add();
          }}
        />
        <Button disabled={typed.trim() === ''} onClick={add}>
          {text.add}
        </Button>
      </div>
    </>
  );
}

/** Has the keyboard next when a word is taken away. */
function controlBeside(button: HTMLElement): HTMLElement | null | undefined {
  const item = button.closest('li');
  return (item?.nextElementSibling ?? item?.previousElementSibling)?.querySelector('button');
}
