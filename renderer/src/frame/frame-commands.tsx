/** Commands that are there wherever one is: places, palette, keys, undo, pause. And the two lists that show them. */
import { useState, type ReactNode } from 'react';
import { useCommands, useRegistry } from '../commands/use-commands.tsx';
import type { Command } from '../commands/registry.ts';
import { useActQueue, useEngine } from '../engine/use-engine.tsx';
import { useDestinationId } from '../engine/use-glance.tsx';
import { useAddFolder } from '../first-run/folder-adding.tsx';
import { useMessages } from '../parts/messages.tsx';
import { usePauses } from '../steering/use-pauses.ts';
import { pauseLabels } from '../text/sending.ts';
import { editSentence, frameText, nothingTo, PLACES, type Place } from '../text/frame.ts';
import { KeyList } from './key-list.tsx';
import { byUse } from './listed-keys.ts';
import { Palette } from './palette.tsx';
import { useShow } from './show-photos.tsx';
import { usePlace } from './use-place.tsx';

const PLACE_KEYS: Readonly<Record<Place, string>> = {
  sheet: 'G S',
  queue: 'G Q',
  failures: 'G F',
  account: 'G A',
  settings: 'Mod+,',
};

const TIMED_PAUSES = ['hour', 'tomorrow'] as const;

/** Brings the frame's commands. */
export function FrameCommands(): ReactNode {
  const registry = useRegistry();
  const { go } = usePlace();
  const act = useEditActs();
  const pauses = usePauses();
  const addFolder = useAddFolder();
  const [list, setList] = useState<'palette' | 'keys' | null>(null);
  const [commands, setCommands] = useState<readonly Command[]>([]);
  const open = (which: 'palette' | 'keys'): void => {
    setCommands(registry.all());
    setList(which);
  };
  const close = (): void => setList(null);
  const { groups } = frameText;
  useCommands([
    ...PLACES.map((place) => ({
      id: `go.${place}`,
      label: frameText.goTo(place),
      group: groups.go,
      keys: PLACE_KEYS[place],
      run: () => go(place),
    })),
    program('palette.show', frameText.openPalette, 'Mod+K', () => open('palette')),
    program('keys.show', frameText.showKeys, '?', () => open('keys')),
    program('folder.add', frameText.addFolder, 'Mod+O', addFolder),
    {
      id: 'edit.undo',
      label: frameText.undo,
      group: groups.edits,
      keys: 'Mod+Z',
      worksInText: false,
      run: () => act('undo'),
    },
    {
      id: 'edit.redo',
      label: frameText.redo,
      group: groups.edits,
      keys: 'Mod+Shift+Z',
      alsoKeys: ['Mod+Y'],
      worksInText: false,
      run: () => act('redo'),
    },
    {
      id: 'sending.pause',
      label: pauses.isPaused ? frameText.resume : frameText.pause,
      group: groups.sending,
      keys: 'P',
      run: () => (pauses.isPaused ? pauses.resume() : pauses.pause('resumed')),
    },
    ...TIMED_PAUSES.map((length) => ({
      id: `sending.pause-${length}`,
      label: frameText.pauseFor(pauseLabels[length]),
      group: groups.sending,
      keys: null,
      run: () => pauses.pause(length),
    })),
  ]);
  const shown = byUse(
    commands.filter((command) => command.isQuiet !== true && command.isEnabled?.() !== false),
  );
  return (
    <>
      <Palette isOpen={list === 'palette'} onClose={close} commands={shown} />
      <KeyList
        isOpen={list === 'keys'}
        onClose={close}
        commands={commands}
        onChange={() => {
          close();
          go('settings', { section: 'keys' });
        }}
      />
    </>
  );
}

function program(id: string, label: string, keys: string, run: () => void): Command {
  return { id, label, group: frameText.groups.program, keys, run };
}

/** Undo and redo, with the line that says what was done and where. */
function useEditActs(): (verb: 'undo' | 'redo') => void {
  const engine = useEngine();
  const acts = useActQueue();
  const destinationId = useDestinationId();
  const { say, fail } = useMessages();
  const show = useShow();
  return (verb) => {
    // In its turn: a tag whose key was pressed before is written before.
    void acts
      .add(() => engine[verb]({ destinationId }))
      .then((done) => {
        if (done === null) {
          say({ text: nothingTo[verb] });
          return;
        }
        const { photoIds } = done;
        say({
          text: editSentence(verb, done),
          action: photoIds.length === 0 ? undefined : { label: frameText.show, run: () => show(photoIds) },
        });
      }, fail);
  };
}
