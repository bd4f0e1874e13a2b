/**
 * Tells whoever listens that something changed. Triggers of the engine's own connection note each write, whoever made
 * it, so that nothing can be forgotten; events leave after the commit, gathered.
 */
import type { Clock, Timer } from './clock.ts';
import type { Ledger } from './ledger/ledger.ts';
import type { ChangedEvent, ChangeTopic } from '#shared/changes.ts';

/** While things change, listeners hear of it so often. In ms. */
export const GATHER_MS = 100;

export interface Changes {
  /** The count of changes so far; an answer that is read now shows at least these. */
  asOf(): number;
  /** Notes a change that is no write of the ledger. */
  note(topic: ChangeTopic): void;
  /** Calls `listener` after changes. Returns how to stop it. */
  listen(listener: (event: ChangedEvent) => void): () => void;
  stop(): void;
}

/** Listens to the ledger's writes. */
export function createChanges(ledger: Ledger, clock: Clock): Changes {
  const listeners = new Set<(event: ChangedEvent) => void>();
  let count = 0;
  let noted = new Set<ChangeTopic>();
  let timer: Timer | null = null;
  let isStopped = false;

  function note(topic: ChangeTopic): void {
    count += 1;
    noted.add(topic);
    // Writes are noted inside their transaction; it ends before any timer fires.
    if (timer === null && !isStopped) timer = clock.setTimer(tellFirst, 0);
  }

  function tellFirst(): void {
    tell();
    timer = clock.setTimer(() => {
      timer = null;
      if (noted.size > 0) timer = clock.setTimer(tellFirst, 0);
    }, GATHER_MS);
  }

  function tell(): void {
    const event: ChangedEvent = { kind: 'changed', topics: [...noted], asOf: count };
    noted = new Set();
    for (const listener of listeners) listener(event);
  }

  ledger.writes.listen(note);
  return {
    asOf: () => count,
    note,
    listen(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    stop() {
      isStopped = true;
      timer?.cancel();
      listeners.clear();
    },
  };
}
