import { PanelRight } from 'lucide-react';
import type { ReactNode } from 'react';
import { useCommands } from '../commands/use-commands.tsx';
import { useView } from '../engine/use-glance.tsx';
import { IconButton } from '../parts/icon-button.tsx';
import { sheetText } from '../text/sheet.ts';

/** Shows and hides the inspector. @param isEnabled whether the key means it now; the loupe has its own */
export function InspectorToggle({ isEnabled }: { readonly isEnabled: boolean }): ReactNode {
  const { view, saveView } = useView();
  const toggle = (): void => void saveView({ inspectorIsOpen: !view.inspectorIsOpen });
  const label = sheetText.commands.inspector;
  useCommands([
    {
      id: 'sheet.inspector',
      label,
      group: sheetText.group,
      keys: 'I',
      onlyOn: 'sheet',
      isEnabled: () => isEnabled,
      run: toggle,
    },
  ]);
  return (
    <IconButton
      label={label}
      keys="I"
      icon={<PanelRight />}
      isPressed={view.inspectorIsOpen}
      onClick={toggle}
    />
  );
}
