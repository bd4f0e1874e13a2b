/** What an uploader is made of, and what it offers. One uploader serves one destination. */
import type { Spool } from '../imaging/spool.ts';
import type { WorkerPool } from '../workers/pool.ts';
import type { Client } from '../clarifai/client.ts';
import type { RequestProblem } from '../clarifai/errors.ts';
import type { Clock } from '../clock.ts';
import type { Destination } from '../ledger/destinations.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { Log } from '../log.ts';
import type { ByteLimit } from './byte-limit.ts';
import type { OverrulableRest } from '#shared/sending.ts';
import type { TrafficView } from './traffic.ts';
import type { PlanMade } from './upload-plan.ts';

/**
 * Makes concepts exist at the service. Resolves to conceptId → remote id, without those that the service refused, or to the problem of
 * the request that could not do it.
 */
export type EnsureConcepts = (
  conceptIds: readonly number[],
  signal: AbortSignal,
) => Promise<ReadonlyMap<number, string> | { readonly problem: RequestProblem }>;

/** Points of a batch's life at which tests kill the process or look closer. */
export type UploadStep = 'claimed' | 'half-sent' | 'stored-unanswered' | 'answered-unsettled';

/** What the owner steers, of all uploaders together. */
export interface Steering {
  readonly limit: ByteLimit;
  /** Batches that one uploader has in flight at most. */
  batchesInFlight(): number;
  /** False while the photos' turns are being changed, or rules are not known yet: no photo is claimed then. */
  isSettled(): boolean;
}

/** Everything that may be set; times in ms. */
export interface UploaderSettings {
  /** Fixes the number of batches in flight at once; default: as the owner has it. */
  readonly batchesInFlight?: number;
  /** Renditions that are made at once. Default 2; the size of the pool is right. */
  readonly rendersInFlight?: number;
  /** A batch leaves when no photo became ready for so long. Default 1,000. */
  readonly idleMs?: number;
  /** How long ids are gathered before the service is asked for them. Default 150. */
  readonly gatherMs?: number;
  /** Fixes the byte budget of a batch; default: it grows with the link. */
  readonly batchBytes?: number;
  /** Before a photo that the service did not show after an interruption is asked for again. Default 1,000. */
  readonly askAgainMs?: number;
  /** How long `stop` waits for batches in flight before it cuts them off. Default 3,000. */
  readonly stopGraceMs?: number;
  /** Told at named points; for tests. */
  readonly onStep?: (step: UploadStep) => void;
}

export interface UploaderOptions {
  readonly ledger: Ledger;
  readonly destination: Pick<Destination, 'id'>;
  readonly client: Client;
  readonly pool: Pick<WorkerPool, 'run'>;
  readonly spool: Spool;
  readonly ensureConcepts: EnsureConcepts;
  readonly steering: Steering;
  readonly clock: Clock;
  readonly log: Log;
  /** Number in [0, 1), for jitter. */
  readonly random: () => number;
  /** Called after anything of this destination changed in the ledger; the caller coalesces. */
  readonly onChange?: () => void;
  readonly settings?: UploaderSettings;
}

/** Counters since the start; for the window and for benchmarks. */
export interface UploaderStats {
  /** Batches that are being sent at this moment. */
  readonly batchesInFlight: number;
  /** Renditions that are being made at this moment. */
  readonly rendersInFlight: number;
  /** Requests of the uploader's own, probes included. */
  readonly requestCount: number;
  readonly postCount: number;
  /** Batches that the service answered input by input. */
  readonly batchesPosted: number;
  /** Bytes of bodies that left, those of interrupted requests included. */
  readonly bytesSent: number;
  /** Byte budget of the next batch. */
  readonly budgetBytes: number;
}

/** For others who send to the same destination: they ask before each request and tell how it went. */
export interface UploadGate {
  /** No hold is in force. */
  isOpen(): boolean;
  /** The hold that the problem calls for is placed. */
  failed(problem: RequestProblem): void;
  succeeded(): void;
}

/** Sends the photos of one destination. The ledger is its queue; it holds in memory only what is in flight. */
export interface Uploader {
  /** There may be new work in the ledger. */
  wake(): void;
  /** True: no more photos will come, so batches leave as soon as nothing more is being prepared. */
  setEnding(ending: boolean): void;
  /**
   * Places the hold `paused` and cuts off what is in flight. The photos of cut batches stay `sending` until, after
   * `resume`, the service has been asked what arrived. `until` (UTC ms): when whoever paused will resume; null: nobody knows.
   */
  pause(until: number | null): void;
  /** Lifts `paused`, and gives every other hold one try now. */
  resume(): void;
  /** A rule wants rest, and cuts off what is in flight; whoever placed it lifts it. `until`: when that will be. */
  rest(kind: OverrulableRest, until: number | null): void;
  liftRest(kind: OverrulableRest): void;
  /** The owner may have fixed what placed a hold (a new token, a bigger plan): one try now. */
  probe(): void;
  /**
   * Gives up every connection that is in use, as after a sleep that they did not survive: what is in flight is cut off
   * as by `pause`, and asked about at once. Holds get one try now; a pause stays.
   */
  reconnect(): void;
  /** Others found the disk full (their words), or found room on it again (null): the hold `disk-full`. */
  diskFull(detail: string | null): void;
  /** Resolves when nothing is in flight and nothing can be done now: all is final, waits for its time, or is held. */
  idle(): Promise<void>;
  /** Why no retry helps: the ledger was found damaged. Null when nothing of the kind came up. */
  fault(): Error | null;
  stats(): UploaderStats;
  readonly gate: UploadGate;
  /** What is on the wire, and the pace of the last minutes. */
  readonly traffic: TrafficView;
  /** What would be sent of what is queued now. Makes a few renditions where sizes are not known. */
  plan<Seen>(look: () => Seen): Promise<PlanMade<Seen>>;
  /** Asks the service which queued photos it has, also while paused. `isWhole` false: a hold or the end came first. */
  askAhead(): Promise<{
    readonly askedCount: number;
    readonly foundCount: number;
    readonly isWhole: boolean;
  }>;
  /** Ends it. Batches that do not end in time stay open; the next start asks the service about them. */
  stop(): Promise<void>;
}
