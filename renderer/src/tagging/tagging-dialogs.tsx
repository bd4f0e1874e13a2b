/** The dialogs of tagging and the commands that open them: they are there wherever one is. */
import { useState, type ReactNode } from 'react';
import type { Command } from '../commands/registry.ts';
import { useCommands, useRegistry } from '../commands/use-commands.tsx';
import { useMessages } from '../parts/messages.tsx';
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

type Opened = 'key-sets' | 'concepts' | 'keyword-file' | 'keyword-mapping';

export function TaggingDialogs(): ReactNode {
  const registry = useRegistry();
  const { say } = useMessages();
  const [opened, setOpened] = useState<Opened | null>(null);
  const [commands, setCommands] = useState<readonly Command[]>([]);
  const open = (id: string, label: string, dialog: Opened): Command => ({
    id,
    label,
    group: dialogsText.group,
    keys: null,
    run: () => {
      // Once it is open it shuts the commands whose keys it has to know.
      setCommands(registry.all().filter((command) => !command.id.startsWith('tag.')));
      setOpened(dialog);
    },
  });
  useCommands([
    open('keyset.edit', keySetText.command, 'key-sets'),
    open('concepts.show', conceptsText.command, 'concepts'),
    open('keywords.import', keywordFileText.command, 'keyword-file'),
    open('keywords.mapping', mappingText.command, 'keyword-mapping'),
  ]);
  const close = (): void => setOpened(null);
  const done = (sentence: string): void => {
    const undo = registry.byId('edit.undo');
    close();
    say({
      text: sentence,
      action:
        undo === undefined
          ? undefined
          : { label: dialogsText.undo, keys: undo.keys ?? undefined, run: undo.run },
    });
  };
  return (
    <>
      {opened === 'key-sets' && <KeySetsDialog commands={commands} onClose={close} />}
      {opened === 'concepts' && <ConceptsDialog onClose={close} />}
      {opened === 'keyword-file' && <KeywordFileDialog onClose={close} onDone={done} />}
      {opened === 'keyword-mapping' && <KeywordMappingDialog onClose={close} onDone={done} />}
    </>
  );
}
