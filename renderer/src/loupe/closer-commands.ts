/** What keys do in the loupe and in the comparison: the same commands for both, and known before either is opened. */
import type { Command } from '../commands/registry.ts';
import { loupeText } from '../text/loupe.ts';
import type { PaneActs } from './pane.tsx';

/** What is open, as the commands see it. */
export interface CloserActs {
  readonly close: () => void;
  /** Goes to the next photo, or to the one before. */
  readonly step: (by: 1 | -1) => void;
  readonly toggleDetails: () => void;
  /** The picture that keys zoom and move; null: none yet. */
  readonly pane: () => PaneActs | null;
}

/** What a step is called, and whether a held key goes on. */
export interface Steps {
  readonly next: string;
  readonly previous: string;
  readonly repeats: boolean;
}

/** Through the sheet, photo by photo. */
export const SHEET_STEPS: Steps = { next: loupeText.next, previous: loupeText.previous, repeats: true };

/** Among photos beside one another. */
export const PANE_STEPS: Steps = {
  next: loupeText.nextPane,
  previous: loupeText.previousPane,
  repeats: false,
};

const PANS = [
  { to: 'left', keys: 'Shift+Left', x: -1, y: 0 },
  { to: 'right', keys: 'Shift+Right', x: 1, y: 0 },
  { to: 'up', keys: 'Shift+Up', x: 0, y: -1 },
  { to: 'down', keys: 'Shift+Down', x: 0, y: 1 },
] as const;

/** The commands of what is open. @param acts null: nothing is, and they can only be listed and be given other keys */
export function closerCommands(acts: CloserActs | null, steps: Steps): readonly Command[] {
  const shared = { group: loupeText.group, onlyOn: 'loupe', isEnabled: () => acts !== null } as const;
  return [
    {
      ...shared,
      id: 'loupe.close',
      label: loupeText.close,
      keys: 'Escape',
      alsoKeys: ['Space', 'Enter'],
      run: () => acts?.close(),
    },
    {
      ...shared,
      id: 'loupe.next',
      label: steps.next,
      keys: 'Right',
      alsoKeys: ['Down'],
      repeats: steps.repeats,
      isQuiet: true,
      run: () => acts?.step(1),
    },
    {
      ...shared,
      id: 'loupe.previous',
      label: steps.previous,
      keys: 'Left',
      alsoKeys: ['Up'],
      repeats: steps.repeats,
      isQuiet: true,
      run: () => acts?.step(-1),
    },
    {
      ...shared,
      id: 'loupe.details',
      label: loupeText.details,
      keys: 'I',
      run: () => acts?.toggleDetails(),
    },
    {
      ...shared,
      id: 'loupe.toggle-zoom',
      label: loupeText.toggleZoom,
      keys: 'Z',
      run: () => acts?.pane()?.toggle(),
    },
    {
      ...shared,
      id: 'loupe.closer',
      label: loupeText.zoomIn,
      keys: '+',
      alsoKeys: ['='],
      repeats: true,
      run: () => acts?.pane()?.zoom(1),
    },
    {
      ...shared,
      id: 'loupe.farther',
      label: loupeText.zoomOut,
      keys: '-',
      repeats: true,
      run: () => acts?.pane()?.zoom(-1),
    },
    ...PANS.map(({ to, keys, x, y }) => ({
      ...shared,
      id: `loupe.pan-${to}`,
      label: loupeText.pan[to],
      keys,
      repeats: true,
      isQuiet: true,
      run: () => acts?.pane()?.pan(x, y),
    })),
  ];
}
