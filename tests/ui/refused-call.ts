/** A page whose engine does not do one thing. */
import type { Page } from 'playwright-core';

/** Lets the engine answer a call with a refusal, and all others as it does, in documents that are opened from now on. */
export async function refuse(page: Page, call: string, message: string): Promise<void> {
  await page.routeWebSocket(/\/engine$/u, (socket) => {
    const server = socket.connectToServer();
    socket.onMessage((text) => {
      const said = JSON.parse(String(text)) as { readonly id?: number; readonly call?: string };
      if (said.call === call) socket.send(JSON.stringify({ id: said.id, ok: false, name: 'Error', message }));
      else server.send(text);
    });
    server.onMessage((text) => socket.send(text));
  });
}
