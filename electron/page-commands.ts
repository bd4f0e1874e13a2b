/** What main asks of pages: one that is only just being opened gets it once it is there. */
import type { WebContents } from 'electron';
import { COMMAND, SHOW } from './channels.ts';
import type { MenuCommand } from '#shared/bridge.ts';
import type { OpenedPhotos } from '#shared/sheet.ts';

export interface PageCommands {
  send(page: WebContents, command: MenuCommand): void;
  show(page: WebContents, photos: OpenedPhotos): void;
  /** The page's preload has begun, and hears what is sent from now on. */
  began(page: WebContents): void;
}

/** Starts with no page. */
export function createPageCommands(): PageCommands {
  const begun = new WeakSet<WebContents>();
  const waiting = new WeakMap<WebContents, (() => void)[]>();
  const whenBegun = (page: WebContents, act: () => void): void => {
    if (begun.has(page)) act();
    else waiting.set(page, [...(waiting.get(page) ?? []), act]);
  };
  return {
    send: (page, command) => whenBegun(page, () => page.send(COMMAND, command)),
    show: (page, photos) => whenBegun(page, () => page.send(SHOW, photos)),
    began(page) {
      begun.add(page);
      for (const act of waiting.get(page) ?? []) act();
      waiting.delete(page);
    },
  };
}
