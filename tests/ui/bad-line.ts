/** A page over a line on which answers and events come late, in another order, and break off. */
import { setTimeout } from 'node:timers/promises';
import type { Browser } from 'playwright-core';
import { openWindow } from './page-model.ts';

/** Answers and events wait up to so long. */
export const LATE_MS = 120;

/** A page whose line is bad. `cut` breaks it off; the page opens another by itself. */
export async function openBadly(browser: Browser, address: string, next: () => number, locale = 'en-GB') {
  const viewport = { width: 1280, height: 1000 };
  const window = await openWindow(browser, 'about:blank', { viewport, locale });
  let cut: (() => Promise<void>) | null = null;
  let messageCount = 0;
  await window.page.routeWebSocket(/\/engine$/u, (socket) => {
    const server = socket.connectToServer();
    let isOpen = true;
    let isFirst = true;
    socket.onMessage((message) => {
      messageCount += 1;
      server.send(message);
    });
    server.onMessage((message) => {
      messageCount += 1;
      // The word that the key fits comes before everything else.
      const lateMs = isFirst ? 0 : next() * LATE_MS;
      isFirst = false;
      void setTimeout(lateMs).then(() => {
        messageCount += 1;
        if (isOpen) socket.send(message);
      });
    });
    socket.onClose(() => (isOpen = false));
    server.onClose(() => (isOpen = false));
    cut = async () => {
      isOpen = false;
      await server.close();
      await socket.close({ code: 1006 + 5, reason: 'cut' });
    };
  });
  await window.page.goto(address);
  return {
    ...window,
    cut: () => cut?.(),
    /** Messages that came or went on until now, each late one once more when it is let through. */
    messageCount: () => messageCount,
  };
}

export type BadWindow = Awaited<ReturnType<typeof openBadly>>;
