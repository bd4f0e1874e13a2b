/** A line to the local host like the page's own, for tests: what they ask here is what the ledger says. */
import { once } from 'node:events';
import { WebSocket } from 'ws';
import { callsOver, type Port, type Remote } from '#shared/calls.ts';
import { ENGINE_CALLS, type EngineCalls } from '#shared/engine-api.ts';
import { HOST_CALLS, type HostCalls } from '#shared/host-api.ts';

/** Every call of the engine and of its host. */
export type PageLine = Remote<EngineCalls & HostCalls> & {
  close(): void;
};

/** Opens a line to the host at `address`, with the key that stands in it. */
export async function openPageLine(address: string): Promise<PageLine> {
  const { host, hash } = new URL(address);
  const key = new URLSearchParams(hash.slice(1)).get('key');
  const socket = new WebSocket(`ws://${host}/engine`, { origin: `http://${host}` });
  await once(socket, 'open');
  const welcome = once(socket, 'message');
  socket.send(JSON.stringify({ key }));
  await welcome;
  const port: Port = {
    post: (message) => socket.send(JSON.stringify(message)),
    onMessage: (listener) => {
      socket.on('message', (text: Buffer) => listener(JSON.parse(text.toString())));
    },
    onClose: (listener) => {
      socket.on('close', listener);
    },
  };
  const calls = callsOver<EngineCalls & HostCalls>(port, [...ENGINE_CALLS, ...HOST_CALLS]);
  return { ...calls, close: () => socket.terminate() };
}
