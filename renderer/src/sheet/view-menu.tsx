import { LayoutGrid } from 'lucide-react';
import type { ReactNode } from 'react';
import { useCommands } from '../commands/use-commands.tsx';
import { useView } from '../engine/use-glance.tsx';
import { IconButton } from '../parts/icon-button.tsx';
import { Menu, type MenuItem } from '../parts/menu.tsx';
import { filterText } from '../text/filter.ts';
import { sheetText } from '../text/sheet.ts';
import { useSelectionActs } from './use-selection.tsx';
import type { ViewSettings } from '#shared/glance.ts';

const SIZES = ['small', 'medium', 'large'] as const;

/** Sizes, sections and order of the sheet. */
export function ViewMenu(): ReactNode {
  const { view, saveView } = useView();
  const words = filterText.view;
  const choose = (part: Partial<ViewSettings>) => () => void saveView(part);
  const sizeAt = SIZES.indexOf(view.sheetSize);
  const resize = (by: 1 | -1) => (): void => {
    const next = SIZES[sizeAt + by];
    if (next !== undefined) choose({ sheetSize: next })();
  };
  const selection = useSelectionActs();
  const shared = { group: sheetText.group };
  // Its size is seen only while nothing lies over the sheet; its order is also that of the loupe.
  const sized = { ...shared, onlyOn: 'sheet', isEnabled: () => selection.focus() === 'sheet' } as const;
  useCommands([
    { ...sized, id: 'sheet.larger', label: words.larger, keys: '+', alsoKeys: ['='], run: resize(1) },
    { ...sized, id: 'sheet.smaller', label: words.smaller, keys: '-', run: resize(-1) },
    { ...shared, id: 'sheet.by-day', label: words.groups.day, keys: null, run: choose({ groupBy: 'day' }) },
    {
      ...shared,
      id: 'sheet.by-folder',
      label: words.groups.folder,
      keys: null,
      run: choose({ groupBy: 'folder' }),
    },
    { ...shared, id: 'sheet.newest', label: words.newest, keys: null, run: choose({ descending: true }) },
    { ...shared, id: 'sheet.oldest', label: words.oldest, keys: null, run: choose({ descending: false }) },
  ]);
  const item = (label: string, isChecked: boolean, part: Partial<ViewSettings>): MenuItem => ({
    kind: 'item',
    label,
    isChecked,
    onSelect: choose(part),
  });
  return (
    <Menu
      align="end"
      trigger={<IconButton label={words.menu} icon={<LayoutGrid />} />}
      items={[
        { kind: 'heading', label: words.size },
        ...SIZES.map((size) => item(words.sizes[size], view.sheetSize === size, { sheetSize: size })),
        { kind: 'heading', label: words.sections },
        item(words.groups.day, view.groupBy === 'day', { groupBy: 'day' }),
        item(words.groups.folder, view.groupBy === 'folder', { groupBy: 'folder' }),
        { kind: 'heading', label: words.order },
        item(words.oldest, !view.descending, { descending: false }),
        item(words.newest, view.descending, { descending: true }),
      ]}
    />
  );
}
