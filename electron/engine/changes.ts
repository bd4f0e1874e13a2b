/**
 * Tells whoever listens that something changed. Triggers of the engine's own connection note each write, whoever made
 * it, so that nothing can be forgotten; events leave after the commit, gathered.
 */
import type { Clock, Timer } from './clock.ts';
import type { Ledger } from './ledger/ledger.ts';
import type { ChangedEvent, ChangeTopic } from '#shared/changes.ts';

/** While things change, listeners hear of it so often. In ms. */
export const GATHER_MS = 100;
/**
 * While photos go their way, which nobody waits for with a finger on a key, listeners hear of those so often: whoever
 * shows them asks for a whole sheet. In ms.
 */
export const PHOTOS_GATHER_MS = 1000;

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
  const noted = new Set<ChangeTopic>();
  /** When topics that rest so long were told last. */
  const toldAt = new Map<number, number>();
  let count = 0;
  let next: { readonly timer: Timer; readonly at: number } | null = null;
  let isStopped = false;

  const dueAt = (topic: ChangeTopic): number => {
    const restMs = restMsOf(topic);
    return (toldAt.get(restMs) ?? -Infinity) + restMs;
  };

  function note(topic: ChangeTopic): void {
    count += 1;
    if (noted.has(topic)) return;
    noted.add(topic);
    tellAt(dueAt(topic));
  }

  /** Writes are noted inside their transaction; it ends before any timer fires. */
  function tellAt(at: number): void {
    if (isStopped || (next !== null && next.at <= at)) return;
    next?.timer.cancel();
    next = { timer: clock.setTimer(tell, Math.max(0, at - clock.elapsed())), at };
  }

  function tell(): void {
    next = null;
    const now = clock.elapsed();
    const topics = [...noted].filter((topic) => dueAt(topic) <= now);
    for (const topic of topics) {
      noted.delete(topic);
      toldAt.set(restMsOf(topic), now);
    }
    if (noted.size > 0) tellAt(Math.min(...[...noted].map(dueAt)));
    if (topics.length === 0) return;
    const event: ChangedEvent = { kind: 'changed', topics, asOf: count };
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
      next?.timer.cancel();
      listeners.clear();
    },
  };
}

function restMsOf(topic: ChangeTopic): number {
  return topic === 'photos' ? PHOTOS_GATHER_MS : GATHER_MS;
}
