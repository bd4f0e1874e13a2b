/** Tagging as commands: for keys, the palette and the list of keys. */
import type { Command } from '../commands/registry.ts';
import { useCommands } from '../commands/use-commands.tsx';
import { taggingText } from '../text/tagging.ts';
import { useTypeField } from './type-place.tsx';
import { useTagging, type Tagging } from './use-tagging.tsx';
import type { KeyBinding } from '#shared/tagging.ts';

/**
 * Brings the commands of tagging while it is there: once in the sheet, and once more inside of what shuts the sheet's
 * commands off and still shows photos to tag, as the loupe does.
 */
export function TagCommands(): null {
  const tagging = useTagging();
  const { type } = useTypeField();
  const { keySets } = tagging;
  useCommands([
    ...actCommands(tagging, type),
    ...(tagging.activeSet?.bindings.flatMap((binding) => keyCommands(tagging, binding)) ?? []),
    ...(keySets?.sets.map((set) => ({
      id: `keyset.use.${set.id}`,
      label: taggingText.useKeySet(set.name),
      group: taggingText.tagging,
      keys: null,
      isEnabled: () => set.id !== keySets.activeId,
      run: () => tagging.chooseSet(set),
    })) ?? []),
  ]);
  return null;
}

function actCommands(tagging: Tagging, onType: () => void): readonly Command[] {
  const hasPhoto = (): boolean => tagging.place !== null;
  const act = (id: string, label: string, keys: string, run: () => void): Command => ({
    id,
    label,
    group: taggingText.tagging,
    keys,
    isEnabled: hasPhoto,
    worksInText: false,
    run,
  });
  return [
    act('tagging.type', taggingText.typeConcept, 'T', onType),
    act('tagging.repeat', taggingText.repeat, '.', tagging.repeat),
    {
      ...act('tagging.copy', taggingText.copyTags, 'Mod+C', tagging.copy),
      // Words that are marked on the page are meant then.
      isEnabled: () => hasPhoto() && (window.getSelection()?.toString() ?? '') === '',
    },
    act('tagging.paste', taggingText.pasteTags, 'Mod+V', tagging.paste),
    act('tagging.replace', taggingText.replaceTags, 'Mod+Shift+V', tagging.replace),
    { ...act('tagging.advance', taggingText.advance, 'Y', tagging.toggleAdvance), isEnabled: () => true },
  ];
}

/** A key marks present, with Shift absent, and takes away with Alt. Never the one by pressing the other twice. */
function keyCommands(tagging: Tagging, { key, conceptId, name }: KeyBinding): readonly Command[] {
  const chord = key.toUpperCase();
  const group = taggingText.keySetGroup(tagging.activeSet?.name ?? '');
  const command = (verb: string, label: string, keys: string, value: 0 | 1 | null): Command => ({
    id: `tag.${verb}.${String(conceptId)}`,
    label,
    group,
    keys,
    hasOwnKeys: true,
    isEnabled: () => tagging.place !== null,
    run: () => tagging.give([{ concept: { conceptId }, name, value }], { advances: true }),
  });
  return [
    command('present', taggingText.presentCommand(name), chord, 1),
    {
      ...command('absent', taggingText.absentCommand(name), `Shift+${chord}`, 0),
      variation: { keys: 'Shift', label: taggingText.absentInstead },
    },
    {
      ...command('remove', taggingText.removeCommand(name), `Alt+${chord}`, null),
      variation: { keys: 'Alt', label: taggingText.removeInstead },
    },
  ];
}
