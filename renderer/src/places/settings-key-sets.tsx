import type { ReactNode } from 'react';
import { useLive } from '../engine/use-engine.tsx';
import { Button } from '../parts/button.tsx';
import { useOpenDialog } from '../tagging/tagging-dialogs.tsx';
import { settingsText as text } from '../text/places.ts';
import { keySetText } from '../text/tagging-dialogs.ts';
import classes from './places.module.css';

/** The key sets with the number of their keys, and the dialog that changes them. */
export function KeySetSettings(): ReactNode {
  const saved = useLive('keySets', {}, ['settings', 'concepts']).value;
  const open = useOpenDialog();
  return (
    <section className={classes['section']} aria-labelledby="key-sets">
      <h2 id="key-sets" className={classes['heading']}>
        {text.keySets}
      </h2>
      <p className={classes['note']}>{saved?.sets.length === 0 ? keySetText.none : keySetText.what}</p>
      {saved !== undefined && saved.sets.length > 0 && (
        <ul className={classes['list']}>
          {saved.sets.map(({ id, name, bindings }) => (
            <li key={id} className={classes['line']}>
              <span>{name}</span>
              {id === saved.activeId && <span className={classes['soft']}>{text.keySetInUse}</span>}
              <span className={classes['number']}>{text.keySetCount(bindings.length)}</span>
            </li>
          ))}
        </ul>
      )}
      <div className={classes['acts']}>
        <Button onClick={() => open('key-sets')}>{text.editKeySets}</Button>
      </div>
    </section>
  );
}
