/** A page of the desktop window without a window: the preload's own bridge over the stand-in's lines to main. */
import type { IpcMainInvokeEvent } from 'electron';
import { createBridge, type PagePort } from '../../electron/page-bridge.ts';
import type { Bridge } from '#shared/bridge.ts';
import type { ContentsStandIn, createElectronStandIn, SentToPage } from './electron-stand-in.ts';

/** Opens the page in a window's contents. */
export function openPage(
  { parts, noted }: ReturnType<typeof createElectronStandIn>,
  contents: ContentsStandIn,
): Bridge {
  const listeners = new Map<string, (event: { ports: readonly PagePort[] }, message: unknown) => void>();
  const hear = ({ channel, message, ports }: SentToPage): void =>
    listeners.get(channel)?.({ ports: ports.map(pagePort) }, message);
  contents.arrived = hear;
  const event = { sender: contents, senderFrame: contents.mainFrame } as unknown as IpcMainInvokeEvent;
  return createBridge({
    on: (channel, listener) => void listeners.set(channel, listener),
    send: (channel) => void parts.ipcMain.emit(channel, event),
    async invoke(channel, argument) {
      const handler = noted.handlers.get(channel);
      if (handler === undefined) throw new Error(`Nothing answers ${channel}.`);
      return structuredClone(await handler(event, structuredClone(argument)));
    },
    pathOf: (file) => ('path' in file ? String(file.path) : ''),
  });
}

/** A port as it looks in a page. */
function pagePort(port: SentToPage['ports'][number]): PagePort {
  return {
    postMessage: (message) => port.postMessage(message),
    set onmessage(listener: PagePort['onmessage']) {
      port.on('message', ({ data }) => listener?.({ data }));
      port.start();
    },
    close: () => port.close(),
  };
}
