/** The dialogs of tagging and the commands that open them: they are there wherever one is. */
import { createContext, useState, type ReactNode } from 'react';
import type { Command } from '../commands/registry.ts';
import { useCommands } from '../commands/use-commands.tsx';
import { useMessages } from '../parts/messages.tsx';
import { useGiven } from '../parts/use-given.ts';
import {
  conceptsText,
  dialogsText,
  keySetText,
  keywordFileText,
  mappingText,
} from '../text/tagging-dialogs.ts';
import { ConceptsDialog } from './concepts-dialog.tsx';
import { KeySetsDialog } from './key-sets-dialog.tsx';
import { KeywordFileDialog } from './keyword-file-dialog.tsx';
import { KeywordMappingDialog } from './keyword-mapping-dialog.tsx';
import { useUndoAction } from './use-undo-action.ts';

type DialogName = 'key-sets' | 'concepts' | 'keyword-file' | 'keyword-mapping';

const OpenContext = createContext<((dialog: DialogName) => void) | null>(null);

/** Opens a dialog of tagging. */
export function useOpenDialog(): (dialog: DialogName) => void {
  return useGiven(OpenContext, 'TaggingDialogs');
}

/** Holds the dialogs for everything below. */
export function TaggingDialogs({ children }: { readonly children: ReactNode }): ReactNode {
  const { say } = useMessages();
  const undoAction = useUndoAction();
  const [opened, setOpened] = useState<DialogName | null>(null);
  const command = (id: string, label: string, dialog: DialogName): Command => ({
    id,
    label,
    group: dialogsText.group,
    keys: null,
    run: () => setOpened(dialog),
  });
  useCommands([
    command('keyset.edit', keySetText.command, 'key-sets'),
    command('concepts.show', conceptsText.command, 'concepts'),
    command('keywords.import', keywordFileText.command, 'keyword-file'),
    command('keywords.mapping', mappingText.command, 'keyword-mapping'),
  ]);
  const close = (): void => setOpened(null);
  const done = (sentence: string): void => {
    close();
    say({ text: sentence, action: undoAction() });
  };
  return (
    <OpenContext value={setOpened}>
      {children}
      {opened === 'key-sets' && <KeySetsDialog onClose={close} />}
      {opened === 'concepts' && <ConceptsDialog onClose={close} />}
      {opened === 'keyword-file' && <KeywordFileDialog onClose={close} onDone={done} />}
      {opened === 'keyword-mapping' && <KeywordMappingDialog onClose={close} onDone={done} />}
    </OpenContext>
  );
}
