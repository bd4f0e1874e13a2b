import type { MenuCommand } from '#shared/bridge.ts';

/** The page's commands, by what the application menu of the desktop asks for. */
export const MENU_COMMAND_IDS: Readonly<Record<MenuCommand, string>> = {
  undo: 'edit.undo',
  redo: 'edit.redo',
  'add-folder': 'folder.add',
  'import-keywords': 'keywords.import',
  'go-sheet': 'go.sheet',
  'go-queue': 'go.queue',
  'go-failures': 'go.failures',
  'go-folders': 'go.account',
  'go-settings': 'go.settings',
  'show-palette': 'palette.show',
  'show-keys': 'keys.show',
};
