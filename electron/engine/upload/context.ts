import type { Client } from '../clarifai/client.ts';
import type { Clock } from '../clock.ts';
import type { Spool } from '../imaging/spool.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { Log } from '../log.ts';
import type { WorkerPool } from '../workers/pool.ts';
import type { Alarm } from './alarm.ts';
import type { HoldKeeper } from './hold-keeper.ts';
import type { Shield } from './shield.ts';
import type { Traffic } from './traffic.ts';
import type { EnsureConcepts, Steering, UploaderSettings } from './uploader-options.ts';

/** What all parts of one uploader share. */
export interface UploadContext {
  readonly ledger: Ledger;
  readonly destinationId: number;
  readonly client: Client;
  readonly pool: Pick<WorkerPool, 'run'>;
  readonly spool: Spool;
  readonly ensureConcepts: EnsureConcepts;
  readonly steering: Steering;
  readonly clock: Clock;
  readonly log: Log;
  readonly random: () => number;
  readonly settings: Settled;
  readonly holds: HoldKeeper;
  readonly flight: Flight;
  /** Wakes everything at a UTC ms: a photo may go again then. */
  readonly alarm: Alarm;
  readonly shield: Shield;
  /** What is on the wire, for whoever looks. */
  readonly traffic: Traffic;
  /** The ledger has changed: whoever waits for something looks again. Never throws. */
  readonly changed: () => void;
}

/** Settings with their defaults filled in. */
export type Settled = Required<Omit<UploaderSettings, Chosen>> & Pick<UploaderSettings, Chosen>;
type Chosen = 'batchBytes' | 'batchesInFlight';

/** What is in flight; nothing else of the uploader lives in memory only. */
export interface Flight {
  /** Open batches that somebody here is working on; all other open ones wait to be asked about. */
  readonly batches: Set<number>;
  /** Photos that must not be put into another batch now. */
  readonly reserved: Set<number>;
  /** Photos whose rendition is being made. */
  readonly renders: Set<number>;
  /** How often a photo was in a batch whose connection was lost. */
  readonly cuts: Map<number, number>;
  /** Batches whose connection was lost, until that is settled. */
  readonly lostBatches: Set<number>;
  /** How often in a row a photo's file could not be found or read as expected. */
  readonly misses: Map<number, number>;
  /** Connections lost in a row. */
  cutsInARow: number;
  /** Clock's `elapsed` when a photo last became ready. */
  lastReadyAt: number;
  /** No more photos will come. */
  isEnding: boolean;
  postCount: number;
  batchesPosted: number;
  bytesSent: number;
}

/** Nothing in flight. */
export function createFlight(elapsed: number): Flight {
  return {
    batches: new Set(),
    reserved: new Set(),
    renders: new Set(),
    cuts: new Map(),
    lostBatches: new Set(),
    misses: new Map(),
    cutsInARow: 0,
    lastReadyAt: elapsed,
    isEnding: false,
    postCount: 0,
    batchesPosted: 0,
    bytesSent: 0,
  };
}

/** Fills in the defaults. */
export function settle(settings: UploaderSettings = {}): Settled {
  return {
    rendersInFlight: 2,
    idleMs: 1000,
    gatherMs: 150,
    askAgainMs: 1000,
    stopGraceMs: 3000,
    onStep: () => undefined,
    ...settings,
  };
}

/** Waits on the clock; false when the signal ended it. */
export function pauseFor(
  ctx: Pick<UploadContext, 'clock'>,
  ms: number,
  signal: AbortSignal,
): Promise<boolean> {
  if (signal.aborted) return Promise.resolve(false);
  return new Promise((resolve) => {
    const end = (): void => {
      timer.cancel();
      resolve(false);
    };
    const timer = ctx.clock.setTimer(() => {
      signal.removeEventListener('abort', end);
      resolve(true);
    }, ms);
    signal.addEventListener('abort', end, { once: true });
  });
}
