import { useRef, type ReactNode } from 'react';
import { Button } from '../parts/button.tsx';
import { Dialog } from '../parts/dialog.tsx';
import { folderName, removalText as text, waitingIn } from '../text/folders.ts';
import type { WatchedFolder } from '#shared/folders.ts';

/** Says what removing a folder does, before it is done. */
export function FolderRemoval(props: {
  readonly folder: WatchedFolder;
  readonly onClose: () => void;
  readonly onRemove: () => void;
}): ReactNode {
  const { folder, onClose, onRemove } = props;
  const keep = useRef<HTMLButtonElement>(null);
  return (
    <Dialog
      title={text.title(folderName(folder.path))}
      description={text.description(waitingIn(folder))}
      isOpen
      size="small"
      firstFocus={keep}
      onClose={onClose}
      footer={
        <>
          <Button ref={keep} onClick={onClose}>
            {text.cancel}
          </Button>
          <Button variant="primary" onClick={onRemove}>
            {text.remove}
          </Button>
        </>
      }
    />
  );
}
