/** Commands to pages: one that is only just being opened gets them once it is there. */
import type { WebContents } from 'electron';
import { COMMAND } from './channels.ts';
import type { MenuCommand } from '#shared/bridge.ts';

export interface PageCommands {
  send(page: WebContents, command: MenuCommand): void;
  /** The page's preload has begun, and hears what is sent from now on. */
  began(page: WebContents): void;
}

/** Starts with no page. */
export function createPageCommands(): PageCommands {
  const begun = new WeakSet<WebContents>();
  const waiting = new WeakMap<WebContents, MenuCommand[]>();
  return {
    send(page, command) {
      if (begun.has(page)) page.send(COMMAND, command);
      else waiting.set(page, [...(waiting.get(page) ?? []), command]);
    },
    began(page) {
      begun.add(page);
      for (const command of waiting.get(page) ?? []) page.send(COMMAND, command);
      waiting.delete(page);
    },
  };
}
