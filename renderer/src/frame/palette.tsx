import { Dialog } from '@base-ui/react/dialog';
import { useRef, useState, type ReactNode } from 'react';
import type { Command } from '../commands/registry.ts';
import { ComboBox } from '../parts/combo-box.tsx';
import { Kbd } from '../parts/kbd.tsx';
import { ShutCommands } from '../parts/shut-commands.tsx';
import { frameText } from '../text/frame.ts';
import { findCommands } from './find-commands.ts';
import classes from './palette.module.css';

export interface PaletteProps {
  readonly isOpen: boolean;
  readonly onClose: () => void;
  /** Those that were in reach when it was opened. */
  readonly commands: readonly Command[];
}

/** Everything that can be done now, by its words. */
export function Palette({ isOpen, onClose, commands }: PaletteProps): ReactNode {
  const chosen = useRef<Command | null>(null);
  return (
    <Dialog.Root
      open={isOpen}
      onOpenChange={(isOpenNow) => {
        if (!isOpenNow) onClose();
      }}
      onOpenChangeComplete={(isOpenNow) => {
        // Only now is the focus back where it was, and the command's own wish for it the last word.
        if (!isOpenNow) chosen.current?.run();
        chosen.current = null;
      }}
    >
      <Dialog.Portal>
        <Dialog.Backdrop className={classes['curtain']} />
        <Dialog.Popup className={classes['palette']} aria-label={frameText.palette.title}>
          <ShutCommands isOpen={isOpen} />
          <Search
            commands={commands}
            onChoose={(command) => {
              chosen.current = command;
              onClose();
            }}
          />
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function Search(props: {
  readonly commands: readonly Command[];
  readonly onChoose: (command: Command) => void;
}) {
  const [text, setText] = useState('');
  const found = findCommands(props.commands, text);
  const options = found.map((command) => ({
    key: command.id,
    label: command.label,
    command,
    detail: (
      <>
        {command.group}
        {command.keys !== null && <Kbd keys={command.keys} />}
      </>
    ),
  }));
  return (
    <ComboBox
      label={frameText.palette.title}
      placeholder={frameText.palette.placeholder}
      text={text}
      onText={setText}
      options={options}
      onChoose={({ command }) => props.onChoose(command)}
      marksFirst="always"
      isInline
      footer={found.length === 0 ? frameText.palette.none : undefined}
    />
  );
}
