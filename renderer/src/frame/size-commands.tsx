/** Making the whole interface larger and smaller. */
import type { ReactNode } from 'react';
import { useCommands } from '../commands/use-commands.tsx';
import { useView } from '../engine/use-glance.tsx';
import { frameText } from '../text/frame.ts';
import { useHostFacts } from './use-host-facts.tsx';
import { INTERFACE_SIZES, type InterfaceSize } from '#shared/glance.ts';

/** The next size up or down; at the end the same. */
export function sizeBeside(size: InterfaceSize, by: 1 | -1): InterfaceSize {
  return INTERFACE_SIZES[INTERFACE_SIZES.indexOf(size) + by] ?? size;
}

/** Brings the commands. A browser has such keys of its own, which are left to it. */
export function SizeCommands(): ReactNode {
  const { view, saveView } = useView();
  const { kind } = useHostFacts();
  const { interfaceSizes: words, groups } = frameText;
  const keys = (own: string): string | null => (kind === 'electron' ? own : null);
  const resize = (interfaceSize: InterfaceSize) => (): void => {
    if (interfaceSize !== view.interfaceSize) void saveView({ interfaceSize });
  };
  useCommands([
    {
      id: 'interface.larger',
      label: words.larger,
      group: groups.program,
      keys: keys('Mod++'),
      alsoKeys: kind === 'electron' ? ['Mod+='] : [],
      repeats: true,
      run: resize(sizeBeside(view.interfaceSize, 1)),
    },
    {
      id: 'interface.smaller',
      label: words.smaller,
      group: groups.program,
      keys: keys('Mod+-'),
      repeats: true,
      run: resize(sizeBeside(view.interfaceSize, -1)),
    },
    {
      id: 'interface.normal',
      label: words.normal,
      group: groups.program,
      keys: keys('Mod+0'),
      run: resize(100),
    },
  ]);
  return null;
}
