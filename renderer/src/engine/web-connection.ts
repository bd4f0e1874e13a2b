/** The line of the local host: a WebSocket, opened with the key of the address. */
import type { Connection, ConnectionState, ConnectionStatus } from './connection.ts';
import { createListeners } from './listeners.ts';
import { callsOver, PortClosedError, type Port, type Remote } from '#shared/calls.ts';
import type { ChangedEvent } from '#shared/changes.ts';
import { ENGINE_CALLS, type EngineCalls } from '#shared/engine-api.ts';
import { HOST_CALLS, type HostCalls } from '#shared/host-api.ts';

/** Pauses between attempts to open a line again, in ms; the last one repeats. */
const AGAIN_MS = [100, 250, 500, 1000, 2000];
/** Code of a close that says that the key is wrong (application range of RFC 6455). */
export const WRONG_KEY_CODE = 4401;

type AllCalls = EngineCalls & HostCalls;
const ALL_CALLS = [...ENGINE_CALLS, ...HOST_CALLS];

/** Opens a line to the local host that served this page. */
export function connectOverWeb(location: Location): Connection {
  const changed = createListeners<ChangedEvent>();
  const statuses = createListeners<void>();
  let status: ConnectionStatus = { state: 'connecting', epoch: 0 };
  let calls: Remote<AllCalls> | null = null;
  let failedCount = 0;

  function set(state: ConnectionState, epoch = status.epoch): void {
    status = { state, epoch };
    statuses.tell();
  }

  function open(): void {
    const key = new URLSearchParams(location.hash.slice(1)).get('key') ?? '';
    const socket = new WebSocket(
      `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/engine`,
    );
    socket.addEventListener('open', () => socket.send(JSON.stringify({ key })));
    // The first message says that the key fits; calls come after it.
    socket.addEventListener(
      'message',
      () => {
        calls = callsOver<AllCalls>(portOf(socket), ALL_CALLS, (event) =>
          changed.tell(event as ChangedEvent),
        );
        failedCount = 0;
        set('open', status.epoch + 1);
      },
      { once: true },
    );
    socket.addEventListener('close', ({ code }) => {
      calls = null;
      if (code === WRONG_KEY_CODE) {
        set('refused');
        return;
      }
      if (status.state !== 'connecting') set('lost');
      setTimeout(open, AGAIN_MS[Math.min(failedCount, AGAIN_MS.length - 1)]);
      failedCount += 1;
    });
  }

  const forwarding = Object.fromEntries(
    ALL_CALLS.map((name) => [
      name,
      (argument: never) => (calls === null ? Promise.reject(new PortClosedError()) : calls[name](argument)),
    ]),
  ) as unknown as Remote<AllCalls>;
  open();
  return {
    engine: forwarding,
    host: forwarding,
    status: () => status,
    onStatus: (listener) => statuses.add(listener),
    onChanged: (listener) => changed.add(listener),
    onCommand: () => () => undefined,
    onShow: () => () => undefined,
    droppedPaths: () => null,
  };
}

function portOf(socket: WebSocket): Port {
  return {
    post: (message) => socket.send(JSON.stringify(message)),
    onMessage: (listener) => {
      socket.addEventListener('message', ({ data }) => listener(JSON.parse(String(data))));
    },
    onClose: (listener) => socket.addEventListener('close', listener),
  };
}
