/**
 * One question that is kept answered: asked at the start, and again whenever something changed that it is about. One
 * question is on its way at a time; of two answers the one that shows the later moment stays.
 */
import type { Connection } from './connection.ts';
import type { AsOf, ChangeTopic } from '#shared/changes.ts';

/** How a question stands. */
export interface Answer<Value> {
  /** The newest answer; undefined before the first. It stays while a newer one is on its way, or the line is lost. */
  readonly value: Value | undefined;
  /** Why the last question failed; null when it did not. */
  readonly problem: Error | null;
}

/** A question that is kept answered. */
export interface LiveQuery<Value> {
  readonly answer: () => Answer<Value>;
  /** Returns how to stop it. */
  readonly onAnswer: (listener: () => void) => () => void;
  /** Takes an answer that came with an act; an older one than there is goes by. */
  readonly take: (value: Value) => void;
  /** Asks again, whatever changed. */
  readonly refresh: () => void;
  readonly stop: () => void;
}

/** What a live query asks, and when. */
export interface LiveQuestion<Value> {
  readonly ask: () => Promise<Value>;
  /** Changes that make the answer old. */
  readonly topics: readonly ChangeTopic[];
}

/** Starts asking. */
export function createLiveQuery<Value>(
  connection: Pick<Connection, 'status' | 'onStatus' | 'onChanged'>,
  { ask, topics }: LiveQuestion<Value>,
): LiveQuery<Value> {
  const listeners = new Set<() => void>();
  let answer: Answer<Value> = { value: undefined, problem: null };
  let newest = { epoch: -1, asOf: -1 };
  let isAsking = false;
  let isOld = false;
  let isStopped = false;

  function set(next: Answer<Value>): void {
    answer = next;
    for (const listener of listeners) listener();
  }

  function refresh(): void {
    if (isStopped) return;
    if (isAsking) {
      isOld = true;
      return;
    }
    if (connection.status().state !== 'open') return;
    isAsking = true;
    isOld = false;
    const { epoch } = connection.status();
    ask()
      .then(
        (value) => take(value, epoch),
        (error: unknown) => fail(error, epoch),
      )
      .finally(() => {
        isAsking = false;
        if (isOld) refresh();
      })
      // Only a listener's own fault gets here; it belongs to the page's last resort.
      .catch((error: unknown) => reportError(error));
  }

  function take(value: Value, epoch: number): void {
    if (isStopped || epoch !== connection.status().epoch) return;
    const asOf = asOfIn(value);
    if (epoch === newest.epoch && asOf < newest.asOf) return;
    newest = { epoch, asOf };
    set({ value, problem: null });
  }

  function fail(error: unknown, epoch: number): void {
    // A line that broke is asked again when it is back.
    if (isStopped || epoch !== connection.status().epoch || connection.status().state !== 'open') return;
    set({ value: answer.value, problem: error instanceof Error ? error : new Error(String(error)) });
  }

  const stops = [
    connection.onChanged((event) => {
      if (event.topics.some((topic) => topics.includes(topic))) refresh();
    }),
    connection.onStatus(() => {
      if (connection.status().epoch !== newest.epoch) refresh();
    }),
  ];
  refresh();
  return {
    answer: () => answer,
    onAnswer(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    take: (value) => take(value, connection.status().epoch),
    refresh,
    stop() {
      isStopped = true;
      for (const stop of stops) stop();
    },
  };
}

function asOfIn(value: unknown): number {
  const { asOf = 0 } = (typeof value === 'object' && value !== null ? value : {}) as Partial<AsOf>;
  return asOf;
}
