/** The page's bridge to engine and host, as the preload gives it out. Runs sandboxed: nothing of Node is here. */
import type { HostAnswer } from './channels.ts';
import { COMMAND, ENGINE_CONNECTION, ENGINE_PORT, hostChannel, SHOW, WANTS_ENGINE } from './channels.ts';
import type { Bridge, EngineConnection } from '#shared/bridge.ts';
import { callsOver, PortClosedError, type Port, type Remote } from '#shared/calls.ts';
import { ENGINE_CALLS, type EngineApi, type EngineCalls } from '#shared/engine-api.ts';
import { HOST_CALLS, type HostCalls } from '#shared/host-api.ts';

/** A port as the web has it. */
export interface PagePort {
  postMessage(message: unknown): void;
  onmessage: ((event: { readonly data: unknown }) => void) | null;
  close(): void;
}

/** What of Electron a preload uses here. */
export interface PreloadPowers {
  /** Hears of a message of main. */
  on(
    channel: string,
    listener: (event: { readonly ports: readonly PagePort[] }, message: unknown) => void,
  ): void;
  send(channel: string): void;
  invoke(channel: string, argument: unknown): Promise<unknown>;
  pathOf(file: object): string;
}

/** Makes the bridge, and asks main for the engine. */
export function createBridge(powers: PreloadPowers): Bridge {
  const line = createEngineLine(powers);
  const onCommand = createWishLine(powers, COMMAND);
  const onShow = createWishLine(powers, SHOW);
  const host = Object.fromEntries(
    HOST_CALLS.map((call) => [call, (argument: unknown) => askHost(powers, hostChannel(call), argument)]),
  ) as unknown as Remote<HostCalls>;
  powers.send(WANTS_ENGINE);
  return {
    kind: 'electron',
    engine: line.engine,
    host,
    onEvent: line.onEvent,
    onConnection: line.onConnection,
    onCommand,
    onShow,
    // A `FileList` arrives with its files, but without its length.
    dropFolders: (files) =>
      Object.values(files)
        .map((file) => powers.pathOf(file))
        .filter((path) => path !== ''),
  };
}

async function askHost(powers: PreloadPowers, channel: string, argument: unknown): Promise<unknown> {
  const answer = (await powers.invoke(channel, argument)) as HostAnswer;
  if (!answer.ok) throw new Error(answer.message);
  return answer.value;
}

/** What comes before the page's own script is there to listen waits for it. */
function createWishLine(
  powers: PreloadPowers,
  channel: string,
): (listener: (wish: never) => void) => () => void {
  const listeners = new Set<(wish: never) => void>();
  let early: unknown[] | null = [];
  powers.on(channel, (_event, wish) => {
    early?.push(wish);
    for (const listener of listeners) listener(wish as never);
  });
  return (listener) => {
    for (const wish of early ?? []) listener(wish as never);
    early = null;
    return listen(listeners, listener);
  };
}

function createEngineLine(powers: PreloadPowers): Pick<Bridge, 'engine' | 'onEvent' | 'onConnection'> {
  const events = new Set<(event: unknown) => void>();
  const connections = new Set<(connection: EngineConnection) => void>();
  const first = Promise.withResolvers<void>();
  let connection: EngineConnection | null = null;
  let calls: Remote<EngineCalls> | null = null;
  let line: ReturnType<typeof pagePort> | null = null;

  function set(next: EngineConnection): void {
    connection = next;
    first.resolve();
    for (const listener of connections) listener(next);
  }

  powers.on(ENGINE_PORT, ({ ports: [port] }) => {
    if (port === undefined) return;
    line?.close();
    line = pagePort(port);
    calls = callsOver<EngineCalls>(line, ENGINE_CALLS, (event) => {
      for (const listener of events) listener(event);
    });
    set({ state: 'here' });
  });
  powers.on(ENGINE_CONNECTION, (_event, next) => {
    // First the news, then the calls that fail of it.
    calls = null;
    set(next as EngineConnection);
    line?.close();
    line = null;
  });

  const ask = async (call: keyof EngineCalls, argument: never): Promise<unknown> => {
    await first.promise;
    if (calls === null) throw new PortClosedError();
    return calls[call](argument);
  };
  return {
    engine: Object.fromEntries(
      ENGINE_CALLS.map((call) => [call, (argument: never) => ask(call, argument)]),
    ) as unknown as EngineApi,
    onEvent: (listener) => listen(events, listener),
    onConnection(listener) {
      if (connection !== null) listener(connection);
      return listen(connections, listener);
    },
  };
}

function pagePort(port: PagePort): Port & { close(): void } {
  const closers: (() => void)[] = [];
  return {
    post: (message) => port.postMessage(message),
    onMessage(listener) {
      port.onmessage = ({ data }) => listener(data);
    },
    onClose: (listener) => void closers.push(listener),
    close() {
      port.close();
      for (const closer of closers) closer();
    },
  };
}

function listen<T>(listeners: Set<T>, listener: T): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}
