/** What no page may do, whatever it says: leave, open, embed, ask for devices, download. */
import { shell, type Session, type WebContents } from 'electron';
import { PAGE_ORIGIN } from './channels.ts';
import type { Log } from './engine/log.ts';
import { isAllowedLink } from './links.ts';

/** The page copies input ids and paths. */
const ALLOWED_PERMISSION = 'clipboard-sanitized-write';

/** Whether an address is the page's own. */
export function isOurPage(address: string): boolean {
  const url = URL.parse(address);
  // `origin` is "null" for schemes that are not the web's.
  return url !== null && `${url.protocol}//${url.host}` === PAGE_ORIGIN;
}

/** Guards one web contents, before it loads anything. */
export function guardContents(contents: WebContents, log: Log): void {
  contents.setWindowOpenHandler(({ url }) => {
    if (isAllowedLink(url)) {
      shell
        .openExternal(url)
        .catch((error: unknown) => log.warn('link-not-opened', { error: String(error) }));
    } else log.warn('window-refused');
    return { action: 'deny' };
  });
  contents.on('will-attach-webview', (event) => {
    event.preventDefault();
    log.warn('webview-refused');
  });
  const stay = (event: { readonly url: string; preventDefault(): void }): void => {
    if (isOurPage(event.url)) return;
    event.preventDefault();
    log.warn('navigation-refused');
  };
  contents.on('will-navigate', stay);
  contents.on('will-frame-navigate', stay);
  contents.on('will-redirect', stay);
}

/** Guards everything that shares a session. */
export function guardSession(session: Session): void {
  session.setPermissionRequestHandler((contents, permission, answer) => {
    answer(permission === ALLOWED_PERMISSION && isOurPage(contents.getURL()));
  });
  session.setPermissionCheckHandler(
    (contents, permission) =>
      permission === ALLOWED_PERMISSION && contents !== null && isOurPage(contents.getURL()),
  );
  session.setDevicePermissionHandler(() => false);
  session.on('will-download', (event) => event.preventDefault());
}
