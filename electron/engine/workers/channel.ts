/** The worker process's end of its line to the engine, whichever host started it. */

export interface Channel {
  post(message: unknown): void;
  onMessage(listener: (message: unknown) => void): void;
  /** Called when the other end is gone. */
  onGone(listener: () => void): void;
}

interface MessageSource {
  on(
    event: 'message',
    listener: (event: { readonly data: unknown; readonly ports: readonly Port[] }) => void,
  ): void;
}

/** Electron's MessagePortMain, as far as it is used. */
interface Port extends MessageSource {
  on(event: 'close', listener: () => void): void;
  on(
    event: 'message',
    listener: (event: { readonly data: unknown; readonly ports: readonly Port[] }) => void,
  ): void;
  postMessage(message: unknown): void;
  start(): void;
}

function overPort(port: Port): Channel {
  return {
    post: (message) => {
      port.postMessage(message);
    },
    onMessage: (listener) => {
      port.on('message', (event) => {
        listener(event.data);
      });
      port.start();
    },
    onGone: (listener) => {
      port.on('close', listener);
    },
  };
}

function overFork(): Channel {
  return {
    post: (message) => {
      process.send?.(message);
    },
    onMessage: (listener) => {
      process.on('message', listener);
    },
    onGone: (listener) => {
      process.on('disconnect', listener);
    },
  };
}

/**
 * Under Electron a utility process gets its port with the first message of its parent; under Node a forked process has
 * its line from the start.
 */
export async function openChannel(): Promise<Channel> {
  const parent = 'parentPort' in process ? (process.parentPort as MessageSource | null) : null;
  if (parent === null) {
    return overFork();
  }
  return await new Promise((resolve) => {
    parent.on('message', ({ ports: [port] }) => {
      if (port !== undefined) {
        resolve(overPort(port));
      }
    });
  });
}
