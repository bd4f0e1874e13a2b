/** What is on the way to one destination: batches in flight, what waits and why, the pace, and what would be sent. */
import type { AsOf } from './changes.ts';
import type { Hold } from './problems.ts';
import type { LimitNow, SendingOrder } from './sending.ts';
import type { SheetRow } from './sheet.ts';

/**
 * Where a batch is. `waiting`: written down, no byte has left. `sending`: its body leaves. `answer`: all of it has left.
 * `again`: the service failed on it, and it goes once more. `asking`: it was interrupted, and the service is asked which
 * of its photos it has.
 */
export const BATCH_PHASES = ['waiting', 'sending', 'answer', 'again', 'asking'] as const;
export type BatchPhase = (typeof BATCH_PHASES)[number];

/** Photos of a batch that are shown, at most. */
export const BATCH_PICTURE_LIMIT = 8;

/** A batch whose photos have no outcome yet. */
export interface QueueBatch {
  readonly id: number;
  readonly photoCount: number;
  /** The first few, as the sheet shows them. */
  readonly photos: readonly SheetRow[];
  /** Bytes of its body. */
  readonly bodyBytes: number;
  /** Bytes that left; never falls, also when it is sent again. */
  readonly sentBytes: number;
  readonly phase: BatchPhase;
  /** When the phase began, UTC ms. */
  readonly sinceAt: number;
}

/**
 * Why photos wait. `look`: paths found and not looked at. `decode`: thumbnails are made. `ask`: the service is asked
 * whether it has them. `prepare`: copies are made. `fill`: a batch waits a moment for more. `turn`: other batches go
 * first. `later`: they failed for now and have a time. `away`: their folder cannot be reached. `resting`: it is paused.
 * `index`: the service has them and has not indexed them yet. `held`: a hold is in force; how many wait for it.
 */
export const WAIT_REASONS = [
  'held',
  'away',
  'resting',
  'later',
  'look',
  'decode',
  'ask',
  'prepare',
  'fill',
  'turn',
  'index',
] as const;
export type WaitReason = (typeof WAIT_REASONS)[number];

/** Photos (for `look`: paths) that wait for the same reason. */
export interface QueueWait {
  readonly reason: WaitReason;
  readonly count: number;
  /** When it ends by itself (UTC ms); null: not known. */
  readonly until: number | null;
  /** The folders that it is about, as they are shown: the home folder is `~`. */
  readonly folders: readonly string[];
}

/** Bytes and photos of one step of the history. */
export interface PacePoint {
  readonly bytes: number;
  readonly photoCount: number;
}

/** Since the sending began after a rest. */
export interface QueueRun {
  /** UTC ms. */
  readonly sinceAt: number;
  /** When everything had gone; null: it goes on. */
  readonly endedAt: number | null;
  /** Photos that the service took. */
  readonly sentCount: number;
  /** Photos that it had already. */
  readonly thereCount: number;
  /** Photos that failed, and still are. */
  readonly failedCount: number;
  /** Bytes of bodies, those of interrupted requests included. */
  readonly sentBytes: number;
}

/** A folder whose photos are not sent. */
export interface PausedFolder {
  readonly id: number;
  /** Absolute. */
  readonly path: string;
  /** When it ends by itself, UTC ms; null: it does not. */
  readonly until: number | null;
}

/** How the sending to a destination stands. */
export interface Queue extends AsOf {
  readonly destinationId: number;
  readonly batches: readonly QueueBatch[];
  readonly waits: readonly QueueWait[];
  readonly holds: readonly Hold[];
  /** Watched folders of this destination that the owner paused. */
  readonly pausedFolders: readonly PausedFolder[];
  readonly order: SendingOrder;
  readonly limit: LimitNow;
  /** Over the last seconds; 0 when nothing moved. */
  readonly bytesPerSecond: number;
  /** Over the last minute. */
  readonly photosPerSecond: number;
  /** Until all that may go has gone, at the pace of the last minutes, else of the last run; null: it cannot be told. In s. */
  readonly secondsLeft: number | null;
  /** The last minutes, oldest first, a step each; the step that runs is left out. */
  readonly history: { readonly stepMs: number; readonly points: readonly PacePoint[] };
  /** The present run, or the last; null: none since the engine started. */
  readonly run: QueueRun | null;
}

/** A number, and whether it is known or only likely. */
export interface Amount {
  readonly value: number;
  readonly isExact: boolean;
}

/** Photos or files that are not sent, and why. */
export interface NotSent {
  /** `file`: a file that could not become a photo. */
  readonly kind: 'failed' | 'skipped' | 'file';
  readonly reason: string;
  readonly count: number;
}

/** What a run has before it. Its numbers of photos are those that the run then has, as far as files stay as they are. */
export interface Plan extends AsOf {
  readonly destinationId: number;
  /** Photos that will be sent, those that have to wait for their time included; without those in flight. */
  readonly photoCount: number;
  /** Of them, those that the service was not asked for yet: some may be there already. */
  readonly unaskedCount: number;
  /** Bytes of their pictures, as they will be sent. */
  readonly pictureBytes: Amount;
  /** Bytes of the requests: pictures travel as text, a third larger. */
  readonly bodyBytes: Amount;
  readonly batches: Amount;
  /** At the pace of the last minutes, else of the last run, and within the limit; null: nothing was ever sent. */
  readonly secondsLeft: number | null;
  /** Photos in flight. */
  readonly sendingCount: number;
  /** Photos that the service has. */
  readonly thereCount: number;
  /** Photos that cannot go before their folder can be reached. */
  readonly awayCount: number;
  /** Photos that rest with their folders. */
  readonly restingCount: number;
  /** Photos and paths that are still looked at: they may add to the plan. */
  readonly undecidedCount: number;
  readonly notSent: readonly NotSent[];
}

/** What asking ahead found. `problem`: why it ended early; null: all were asked for. */
export interface AskedAhead {
  readonly askedCount: number;
  readonly foundCount: number;
  readonly problem: string | null;
}

/** Calls about the queue of one destination. */
export interface QueueCalls {
  queue(which: { readonly destinationId: number }): Queue;
  /** Reads every photo that waits, and makes a few copies to learn sizes: not to be asked all the time. */
  plan(which: { readonly destinationId: number }): Promise<Plan>;
  /** Asks the service which photos it has already, also while the sending is paused. Sends no photo. */
  askAhead(which: { readonly destinationId: number }): Promise<AskedAhead>;
}
