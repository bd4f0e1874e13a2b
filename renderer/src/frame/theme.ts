/** The theme on the page's root. The ledger keeps the choice; the browser's storage only remembers it until that answers. */
import type { ViewSettings } from '#shared/glance.ts';

type Theme = ViewSettings['theme'];

const STORED_AS = 'tagalong.theme';

/** Shows a theme, and remembers it for the next start's first picture. */
export function showTheme(theme: Theme, root: HTMLElement, storage: Pick<Storage, 'setItem'>): void {
  setTheme(theme, root);
  storage.setItem(STORED_AS, theme);
}

/** Shows the theme of the last time. */
export function showRememberedTheme(root: HTMLElement, storage: Pick<Storage, 'getItem'>): void {
  const stored = storage.getItem(STORED_AS);
  setTheme(stored === 'light' || stored === 'dark' ? stored : 'system', root);
}

function setTheme(theme: Theme, root: HTMLElement): void {
  if (theme === 'system') delete root.dataset['theme'];
  else root.dataset['theme'] = theme;
}
