/**
 * Sends tag changes of indexed photos as PATCH merge and PATCH remove, up to 128 inputs each. What has to be sent is
 * derived (desired minus last known), so ten toggles of one tag cost nothing on the wire.
 */
import type { Client } from '../clarifai/client.ts';
import type { RequestProblem } from '../clarifai/errors.ts';
import { BATCH_INPUT_LIMIT } from '#shared/limits.ts';
import type { Clock, Timer } from '../clock.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { Log } from '../log.ts';
import type { EnsureConcepts } from './concept-sync.ts';
import type { NameSync } from './name-sync.ts';
import { differenceOf, type TagDifference } from './tag-difference.ts';
import { createTagSettling } from './tag-settle.ts';
import { patchTags, type DueTags, type PatchedTags } from './tag-patches.ts';

/** Whether anything may be sent, and who is told how it went. */
export interface SendingGate {
  isOpen(): boolean;
  failed(problem: RequestProblem): void;
  succeeded(): void;
}

/** What tag sync needs. */
export interface TagSyncParts {
  readonly ledger: Ledger;
  readonly destinationId: number;
  readonly client: Client;
  readonly ensureConcepts: EnsureConcepts;
  readonly names: NameSync;
  readonly gate: SendingGate;
  readonly clock: Clock;
  readonly log: Log;
}

export interface TagSync {
  /** There may be something to send; an act may also have taken back what was to be sent. */
  wake(editId?: number): void;
  /** Whether tags or names of concepts differ from what the service has, those aside that it refused. Cheap. */
  hasPending(): boolean;
  /** Photos whose tags still differ from what the service has, without those that it refused. */
  pendingCount(): number;
  /** Photos whose tags the service refused, with its words; tried again at the next start. */
  refused(): ReadonlyMap<number, string>;
  stop(): Promise<void>;
}

/** Edits come in bursts; the pause lets one act of the owner travel as one request. In ms. */
const GATHER_MS = 100;
/** Pause after a request that went wrong, in ms. */
const RETRY_MS = 2000;

/** Why a photo's tags were refused, and which: later changes are tried. */
interface Refused {
  readonly words: string;
  readonly tagsVersion: number;
}

function differenceAt({ ledger, destinationId }: TagSyncParts, photoId: number): TagDifference {
  return differenceOf(ledger.tags.of(photoId), ledger.tags.remoteOf(photoId, destinationId));
}

/** The reply may be lost; by then the ledger knows that it does not know. */
function intendAll({ ledger, destinationId }: TagSyncParts, due: readonly DueTags[]): void {
  ledger.transaction(() => {
    for (const { photoId, difference } of due) {
      const merged = difference.merge.map(({ conceptId }) => conceptId);
      ledger.tags.intend(photoId, destinationId, [...merged, ...difference.remove]);
    }
  });
}

/** Starts tag sync for one destination. */
export function createTagSync(parts: TagSyncParts): TagSync {
  const { ledger, destinationId, client, ensureConcepts, names, gate, clock, log } = parts;
  const refused = new Map<number, Refused>();
  const settling = createTagSettling(parts);
  const stopping = new AbortController();
  let timer: Timer | null = null;
  let running: Promise<void> | null = null;

  function plan(ms: number): void {
    if (stopping.signal.aborted || running !== null) return;
    timer?.cancel();
    timer = clock.setTimer(() => {
      timer = null;
      running = run().finally(() => {
        running = null;
        if (isDue()) plan(RETRY_MS);
      });
    }, ms);
  }

  function isWaiting({ photoId, tagsVersion }: { photoId: number; tagsVersion: number }): boolean {
    return refused.get(photoId)?.tagsVersion !== tagsVersion;
  }

  function pending(limit: number): DueTags[] {
    return ledger.workLists
      .tagsDue(destinationId, limit + refused.size)
      .filter(isWaiting)
      .map((photo) => ({ ...photo, difference: differenceAt(parts, photo.photoId) }));
  }

  async function run(): Promise<void> {
    try {
      while (!stopping.signal.aborted && gate.isOpen()) {
        const due = pending(BATCH_INPUT_LIMIT).slice(0, BATCH_INPUT_LIMIT);
        if (due.length === 0) {
          if (names.isDue()) await sendNames();
          return;
        }
        if (!(await send(due))) return;
      }
    } catch (error) {
      if (stopping.signal.aborted) return;
      // The wish stands in the ledger; whatever went wrong here, it is tried again.
      log.error('tag-sync-failed', { error: String(error) });
    }
  }

  async function sendNames(): Promise<void> {
    const problem = await names.send(stopping.signal);
    if (problem === null) gate.succeeded();
    else if (!stopping.signal.aborted) complain(problem);
  }

  function isDue(): boolean {
    return pending(1).length > 0 || names.isDue();
  }

  /** False when it has to wait. A refusal of the whole request is narrowed down to the guilty photo. */
  async function send(due: readonly DueTags[]): Promise<boolean> {
    const patched = await patchTags(due, {
      client,
      ensureConcepts,
      signal: stopping.signal,
      intend: (sent) => intendAll(parts, sent),
    });
    if (patched.kind === 'sent') {
      gate.succeeded();
      record(patched);
      return true;
    }
    const { problem } = patched;
    if (problem.kind !== 'refused-whole' && problem.kind !== 'too-large') return complain(problem);
    const [first, ...others] = due;
    if (first === undefined || others.length === 0) {
      if (first !== undefined) refuse(first, problem.details ?? problem.kind);
      return true;
    }
    const middle = Math.ceil(due.length / 2);
    return (await send(due.slice(0, middle))) && send(due.slice(middle));
  }

  function refuse({ photoId, tagsVersion }: DueTags, words: string): void {
    refused.set(photoId, { words, tagsVersion });
  }

  function record({ sent, refusals, lacking }: Extract<PatchedTags, { kind: 'sent' }>): void {
    ledger.transaction(() => {
      for (const due of sent) {
        const { photoId, inputId, tagsVersion, difference } = due;
        const refusal = refusals.get(inputId);
        if (refusal === undefined) ledger.tags.setRemote(photoId, destinationId, difference.after);
        const words = refusal ?? lacking.get(inputId);
        if (words === undefined) {
          ledger.tags.sent(photoId, destinationId, tagsVersion);
          refused.delete(photoId);
        } else {
          refuse(due, words);
        }
      }
    });
    const photoCount = new Set([...refusals.keys(), ...lacking.keys()]).size;
    if (photoCount > 0) log.warn('tags-refused', { photoCount, lackingConcept: lacking.size });
  }

  function complain(problem: RequestProblem): false {
    log.warn('tag-sync-waits', { problem: problem.kind, code: problem.code });
    gate.failed(problem);
    plan(RETRY_MS);
    return false;
  }

  plan(0);
  return {
    wake: (editId) => {
      if (editId !== undefined) settling.add(editId);
      if (timer === null) plan(GATHER_MS);
    },
    hasPending: isDue,
    pendingCount: () => {
      const due = ledger.workLists.tagsDue(destinationId, 1_000_000);
      return due.filter(isWaiting).length;
    },
    refused: () => new Map([...refused].map(([photoId, { words }]) => [photoId, words])),
    async stop() {
      settling.stop();
      stopping.abort(new DOMException('Stopped.', 'AbortError'));
      timer?.cancel();
      await running;
    },
  };
}
