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

/** Does what the menu of the desktop asks for. Undo and redo in a field are about what was typed there. */
export function runMenuCommand(command: MenuCommand, registry: CommandRegistry, page: Document): void {
  if ((command === 'undo' || command === 'redo') && typesText(page.activeElement)) {
    // Without a successor: the only way to the field's own line of edits.
    page.execCommand(command);
    return;
  }
  registry.byId(MENU_COMMAND_IDS[command])?.run();
}
