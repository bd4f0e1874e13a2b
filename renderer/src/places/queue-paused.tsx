import { useId, type ReactNode } from 'react';
import { useFolderPauses } from '../steering/use-folder-pauses.ts';
import { Button } from '../parts/button.tsx';
import { folderName } from '../text/folders.ts';
import { folderPaused, sendingText as text } from '../text/sending.ts';
import classes from './places.module.css';
import type { PausedFolder } from '#shared/queue.ts';

/** Folders whose photos rest, each with the act that ends it. */
export function PausedFolders({ folders }: { readonly folders: readonly PausedFolder[] }): ReactNode {
  const id = useId();
  const { resume } = useFolderPauses();
  if (folders.length === 0) return null;
  return (
    <section className={classes['section']} aria-labelledby={id}>
      <h2 id={id} className={classes['heading']}>
        {text.pausedFolders}
      </h2>
      <ul className={classes['list']}>
        {folders.map((folder) => (
          <li key={folder.id} className={classes['line']}>
            <div>
              {folder.path}
              <p className={classes['small']}>{folderPaused(folder.until, Date.now())}</p>
            </div>
            <Button
              size="small"
              aria-label={text.resumeFolderOf(folderName(folder.path))}
              onClick={() => resume(folder)}
            >
              {text.resumeFolder}
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}
