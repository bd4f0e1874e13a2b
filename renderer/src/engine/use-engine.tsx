/** The line to the engine for React: calls, its state, and questions that are kept answered. */
import { createContext, useEffect, useMemo, useState, useSyncExternalStore, type ReactNode } from 'react';
import { useGiven } from '../parts/use-given.ts';
import { createActQueue, type ActQueue } from './act-queue.ts';
import type { Connection, ConnectionStatus } from './connection.ts';
import { createLiveQuery, type Answer, type LiveQuery } from './live-query.ts';
import type { ChangeTopic } from '#shared/changes.ts';
import type { EngineApi, EngineCall, EngineCalls } from '#shared/engine-api.ts';
import type { Remote } from '#shared/calls.ts';
import type { HostCalls } from '#shared/host-api.ts';

const ConnectionContext = createContext<Connection | null>(null);
const ActQueueContext = createContext<ActQueue | null>(null);

/** Gives a connection to everything below. */
export function ConnectionProvider({
  connection,
  children,
}: {
  connection: Connection;
  children: ReactNode;
}) {
  const [acts] = useState(createActQueue);
  return (
    <ConnectionContext value={connection}>
      <ActQueueContext value={acts}>{children}</ActQueueContext>
    </ConnectionContext>
  );
}

/** The window's queue of acts: whatever changes tags, undo and redo too, goes through it, in the order of the keys. */
export function useActQueue(): ActQueue {
  return useGiven(ActQueueContext, 'ConnectionProvider');
}

/** The page's connection. */
export function useConnection(): Connection {
  return useGiven(ConnectionContext, 'ConnectionProvider');
}

/** The engine's calls. */
export function useEngine(): EngineApi {
  return useConnection().engine;
}

/** The host's calls. */
export function useHost(): Remote<HostCalls> {
  return useConnection().host;
}

/** How the line stands, kept up to date. */
export function useConnectionStatus(): ConnectionStatus {
  const connection = useConnection();
  return useSyncExternalStore(connection.onStatus, connection.status);
}

const NOT_ASKED: Answer<never> = { value: undefined, problem: null };
const noNews = (): (() => void) => () => undefined;

/**
 * The answer of a call, kept up to date while the component is there. A changed argument asks anew, and the old answer
 * is forgotten; null asks nothing.
 *
 * @param topics changes that make the answer old; a constant
 */
export function useLive<Name extends EngineCall>(
  call: Name,
  argument: Parameters<EngineCalls[Name]>[0] | null,
  topics: readonly ChangeTopic[],
): Answer<Awaited<ReturnType<EngineCalls[Name]>>> &
  Pick<LiveQuery<Awaited<ReturnType<EngineCalls[Name]>>>, 'take' | 'refresh'> {
  type Value = Awaited<ReturnType<EngineCalls[Name]>>;
  const connection = useConnection();
  const asked = argument === null ? null : JSON.stringify(argument);
  const topicList = topics.join(' ');
  const [query, setQuery] = useState<LiveQuery<Value> | null>(null);
  useEffect(() => {
    if (asked === null) {
      setQuery(null);
      return undefined;
    }
    const ask = connection.engine[call] as (argument: unknown) => Promise<Value>;
    const started = createLiveQuery(connection, {
      ask: () => ask(JSON.parse(asked)),
      topics: topicList.split(' ') as ChangeTopic[],
    });
    setQuery(started);
    return () => started.stop();
  }, [connection, call, asked, topicList]);
  const answer = useSyncExternalStore(query?.onAnswer ?? noNews, query?.answer ?? (() => NOT_ASKED));
  const ways = useMemo(
    () => ({ take: (value: Value) => query?.take(value), refresh: () => query?.refresh() }),
    [query],
  );
  return useMemo(() => ({ ...answer, ...ways }), [answer, ways]);
}
