/** The line of the Electron host: the verbs of its preload. */
import type { Connection, ConnectionStatus } from './connection.ts';
import { createListeners } from './listeners.ts';
import type { Bridge } from '#shared/bridge.ts';
import { PortClosedError, saysPortClosed } from '#shared/calls.ts';
import type { ChangedEvent } from '#shared/changes.ts';
import { ENGINE_CALLS, type EngineApi } from '#shared/engine-api.ts';

const STATES = { here: 'open', gone: 'lost', ended: 'ended' } as const;

/** Takes the preload's bridge as a connection. */
export function connectOverBridge(bridge: Bridge): Connection {
  const changed = createListeners<ChangedEvent>();
  const statuses = createListeners<void>();
  let status: ConnectionStatus = { state: 'connecting', epoch: 0 };
  bridge.onEvent((event) => changed.tell(event as ChangedEvent));
  bridge.onConnection((connection) => {
    const state = STATES[connection.state];
    status = {
      state,
      epoch: state === 'open' ? status.epoch + 1 : status.epoch,
      ...(connection.state === 'ended' ? { sentence: connection.sentence } : {}),
    };
    statuses.tell();
  });
  return {
    engine: namingClosedPorts(bridge.engine),
    host: bridge.host,
    status: () => status,
    onStatus: (listener) => statuses.add(listener),
    onChanged: (listener) => changed.add(listener),
    onCommand: (listener) => bridge.onCommand(listener),
    onShow: (listener) => bridge.onShow(listener),
    droppedPaths: (files) => bridge.dropFolders(files),
  };
}

/** Errors cross the bridge with their words, not with their name; of this one the page says other things than of others. */
function namingClosedPorts(engine: EngineApi): EngineApi {
  return Object.fromEntries(
    ENGINE_CALLS.map((call) => {
      const ask = engine[call] as (argument: unknown) => Promise<unknown>;
      return [call, (argument: unknown) => ask(argument).catch(nameClosedPort)];
    }),
  ) as unknown as EngineApi;
}

function nameClosedPort(error: unknown): never {
  throw saysPortClosed(error) ? new PortClosedError() : error;
}
