/** What keys do on the sheet. */
import { useCommands } from '../commands/use-commands.tsx';
import type { Command } from '../commands/registry.ts';
import { sheetText } from '../text/sheet.ts';
import { placeBeside, placeRowsAway, sectionOf, type Layout } from './layout.ts';
import { useSelectionActs } from './use-selection.tsx';

const DIRECTIONS = ['left', 'right', 'up', 'down'] as const;
const KEYS = { left: 'Left', right: 'Right', up: 'Up', down: 'Down' } as const;

/** Brings the keys of the sheet. @param viewHeight in CSS px; what a page is */
export function useGridCommands(layout: Layout, viewHeight: number): void {
  const selection = useSelectionActs();
  const { commands: words, group } = sheetText;
  const page = Math.max(1, Math.floor(viewHeight / layout.rowHeight) - 1);
  const cursorPlace = (): number | null => selection.now().cursor?.place ?? null;
  const isOpen = (): boolean => layout.total > 0 && selection.focus() === 'sheet';

  function move(id: string, label: string, keys: string, to: (place: number) => number): readonly Command[] {
    const go = (does: 'select' | 'extend' | 'move') => () => {
      const place = cursorPlace();
      // Without a cursor every arrow leads to the first photo.
      selection.moveTo(place === null && id !== 'last' ? 0 : to(place ?? 0), does);
    };
    const shared = { group, onlyOn: 'sheet', isEnabled: isOpen, repeats: true, isQuiet: true } as const;
    return [
      { ...shared, id: `sheet.${id}`, label, keys, run: go('select') },
      {
        ...shared,
        id: `sheet.extend-${id}`,
        label: words.extend(label),
        keys: `Shift+${keys}`,
        variation: { keys: 'Shift', label: words.extendAny },
        run: go('extend'),
      },
      {
        ...shared,
        id: `sheet.cursor-${id}`,
        label: words.withoutSelecting(label),
        keys: `Mod+${keys}`,
        worksInText: false,
        variation: { keys: 'Mod', label: words.withoutSelectingAny },
        run: go('move'),
      },
    ];
  }

  function act(id: string, keys: string | null, run: () => void, more: Partial<Command> = {}): Command {
    return {
      id: `sheet.${id}`,
      label: words[id as keyof typeof words] as string,
      group,
      keys,
      run,
      onlyOn: 'sheet',
      isEnabled: isOpen,
      ...more,
    };
  }

  useCommands([
    ...DIRECTIONS.flatMap((direction) =>
      move(direction, words[direction], KEYS[direction], (place) => placeBeside(layout, place, direction)),
    ),
    ...move('first', words.first, 'Home', () => 0),
    ...move('last', words.last, 'End', () => layout.total - 1),
    ...move('page-up', words['page-up'], 'PageUp', (place) => placeRowsAway(layout, place, -page)),
    ...move('page-down', words['page-down'], 'PageDown', (place) => placeRowsAway(layout, place, page)),
    act('select-all', 'Mod+A', () => selection.selectAll(), { worksInText: false }),
    act('select-none', 'Mod+D', () => selection.selectNone(), { alsoKeys: ['Escape'], worksInText: false }),
    act('invert', 'Mod+Shift+I', () => selection.invert()),
    act('toggle', 'Mod+Space', () => selection.toggleCursor()),
    act('select-section', null, () => {
      const laid = sectionOf(layout, Math.round(cursorPlace() ?? 0));
      if (laid === undefined) return;
      const { start, count } = laid.section;
      selection.selectRuns([{ from: start, to: start + count - 1 }]);
    }),
  ]);
}
