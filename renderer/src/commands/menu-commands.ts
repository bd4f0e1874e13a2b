import { typesText } from './dispatch.ts';
import type { CommandRegistry } from './registry.ts';
import type { MenuCommand } from '#shared/bridge.ts';

/** The page's commands, by what the application menu of the desktop asks for. */
const MENU_COMMAND_IDS: Readonly<Record<MenuCommand, string>> = {
  undo: 'edit.undo',
  redo: 'edit.redo',
  'add-folder': 'folder.add',
  'import-keywords': 'keywords.import',
  'scan-folders': 'folders.scan',
  'toggle-pause': 'sending.pause',
  'go-sheet': 'go.sheet',
  'go-queue': 'go.queue',
  'go-failures': 'go.failures',
  'go-account': 'go.account',
  'go-settings': 'go.settings',
  'interface-larger': 'interface.larger',
  'interface-smaller': 'interface.smaller',
  'interface-normal': 'interface.normal',
  'show-palette': 'palette.show',
  'show-keys': 'keys.show',
};

/**
 * Does what the menu, the tray and the notifications of the desktop ask for. Undo and redo in a field are about what was
 * typed there. A place that cannot be gone to yet, as the window is being opened or a dialog lies over it, is gone to as
 * soon as it can; only the last one that was asked for.
 */
export function createMenuCommands(
  registry: CommandRegistry,
  page: Pick<Document, 'activeElement' | 'execCommand'>,
): (command: MenuCommand) => void {
  let wish: string | null = null;
  const run = (id: string): boolean => {
    const found = registry.byId(id);
    // First: it may change the registry.
    if (found !== undefined) wish = null;
    found?.run();
    return found !== undefined;
  };
  registry.onChange(() => {
    if (wish !== null) run(wish);
  });
  return (command) => {
    if ((command === 'undo' || command === 'redo') && typesText(page.activeElement)) {
      // Without a successor: the only way to the field's own line of edits.
      page.execCommand(command);
      return;
    }
    const id = MENU_COMMAND_IDS[command];
    if (!run(id) && id.startsWith('go.')) wish = id;
  };
}
