/** The preload: the only thing that both main and the page can reach. Built as CommonJS, so that the sandbox stays on. */
import { contextBridge, ipcRenderer, webUtils } from 'electron';
import { createBridge } from './page-bridge.ts';

contextBridge.exposeInMainWorld(
  'tagalong',
  createBridge({
    on: (channel, listener) => {
      ipcRenderer.on(channel, (event, message: unknown) => {
        listener({ ports: event.ports }, message);
      });
    },
    send: (channel) => ipcRenderer.send(channel),
    invoke: (channel, argument) => ipcRenderer.invoke(channel, argument),
    pathOf: (file) => webUtils.getPathForFile(file as File),
  }),
);
