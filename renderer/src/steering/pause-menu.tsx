import type { ReactNode } from 'react';
import { Button } from '../parts/button.tsx';
import { Menu } from '../parts/menu.tsx';
import { pauseLabels, sendingText as text } from '../text/sending.ts';
import { PAUSE_LENGTHS, type PauseLength } from '#shared/sending.ts';

/** A button that asks how long a pause is to be. */
export function PauseMenu(props: {
  readonly onPause: (length: PauseLength) => void;
  /** For screen readers, where several stand on a page. */
  readonly name?: string;
  readonly size?: 'small';
  /** Of the command that pauses until it is resumed. */
  readonly keys?: string | undefined;
}): ReactNode {
  const { onPause, name, size = 'normal', keys } = props;
  return (
    <Menu
      align="end"
      items={PAUSE_LENGTHS.map((length) => ({
        kind: 'item',
        label: pauseLabels[length],
        keys: length === 'resumed' ? keys : undefined,
        onSelect: () => onPause(length),
      }))}
      trigger={
        <Button aria-label={name} size={size} opensMenu>
          {text.pauseMenu}
        </Button>
      }
    />
  );
}
