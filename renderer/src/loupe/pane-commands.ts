import type { Command } from '../commands/registry.ts';
import { loupeText } from '../text/loupe.ts';
import type { PaneActs } from './pane.tsx';

const PANS = [
  { to: 'left', keys: 'Shift+Left', x: -1, y: 0 },
  { to: 'right', keys: 'Shift+Right', x: 1, y: 0 },
  { to: 'up', keys: 'Shift+Up', x: 0, y: -1 },
  { to: 'down', keys: 'Shift+Down', x: 0, y: 1 },
] as const;

/** Keys that look closer. @param place where they are at work, for their ids */
export function paneCommands(place: string, acts: () => PaneActs | null): readonly Command[] {
  const shared = { group: loupeText.group };
  return [
    {
      ...shared,
      id: `${place}.toggle-zoom`,
      label: loupeText.toggleZoom,
      keys: 'Z',
      run: () => acts()?.toggle(),
    },
    {
      ...shared,
      id: `${place}.closer`,
      label: loupeText.zoomIn,
      keys: '+',
      alsoKeys: ['='],
      repeats: true,
      run: () => acts()?.zoom(1),
    },
    {
      ...shared,
      id: `${place}.farther`,
      label: loupeText.zoomOut,
      keys: '-',
      repeats: true,
      run: () => acts()?.zoom(-1),
    },
    ...PANS.map(({ to, keys, x, y }) => ({
      ...shared,
      id: `${place}.pan-${to}`,
      label: loupeText.pan[to],
      keys,
      repeats: true,
      isQuiet: true,
      run: () => acts()?.pan(x, y),
    })),
  ];
}
