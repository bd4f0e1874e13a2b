/**
 * Theme and size of the interface, on the page's root. The ledger keeps the choice; the browser's storage only remembers it
 * until that answers.
 */
import { tellRem } from '../style/rem.ts';
import { INTERFACE_SIZES, type ViewSettings } from '#shared/glance.ts';

export type Looks = Pick<ViewSettings, 'theme' | 'interfaceSize'>;

/** What of the page's root is changed. */
interface Root {
  readonly dataset: DOMStringMap;
  readonly style: Pick<CSSStyleDeclaration, 'setProperty'>;
}

const THEME_STORED_AS = 'tagalong.theme';
const SIZE_STORED_AS = 'tagalong.interface-size';

/** Shows looks, and remembers them for the next start's first picture. */
export function showLooks(looks: Looks, root: Root, storage: Pick<Storage, 'setItem'>): void {
  setLooks(looks, root);
  storage.setItem(THEME_STORED_AS, looks.theme);
  storage.setItem(SIZE_STORED_AS, String(looks.interfaceSize));
}

/** Shows the looks of the last time. */
export function showRememberedLooks(root: Root, storage: Pick<Storage, 'getItem'>): void {
  const theme = storage.getItem(THEME_STORED_AS);
  const size = Number(storage.getItem(SIZE_STORED_AS));
  setLooks(
    {
      theme: theme === 'light' || theme === 'dark' ? theme : 'system',
      interfaceSize: INTERFACE_SIZES.find((one) => one === size) ?? 100,
    },
    root,
  );
}

function setLooks({ theme, interfaceSize }: Looks, root: Root): void {
  if (theme === 'system') delete root.dataset['theme'];
  else root.dataset['theme'] = theme;
  root.style.setProperty('--interface-size', `${String(interfaceSize)}%`);
  tellRem();
}
