import type { MessagePortMain } from 'electron';
import type { Port } from '#shared/calls.ts';

/** A port of main or of a utility process as a line for calls. What came before somebody listens waits. */
export function portOver(port: MessagePortMain): Port {
  return {
    post: (message) => port.postMessage(message),
    onMessage(listener) {
      port.on('message', ({ data }) => listener(data));
      port.start();
    },
    onClose: (listener) => {
      port.on('close', listener);
    },
  };
}
