/** One worker process under supervision: does one task at a time, and is ended when it hangs or outgrows its memory. */
import type { FailureCause } from '#shared/problems.ts';
import { DiskFullError } from '../imaging/disk-full.ts';
import type { WorkerHandle } from '../host.ts';
import { readRssBytes } from './memory.ts';
import type { FromWorker, ToWorker } from './messages.ts';

/** How often a busy worker is looked after, in ms. */
const CHECK_MS = 250;

export interface SeatLimits {
  /** Longest time without an answer or a part of one, in ms. */
  readonly timeLimitMs: number;
  /** Most resident memory. */
  readonly memoryLimitBytes: number;
}

/** Why a worker was lost, as the cause of the photo's failure should it happen again. */
export type Blame = Extract<FailureCause, 'decoder-crashed' | 'decoder-timeout' | 'decoder-memory'>;

export type Outcome =
  | { readonly kind: 'answer'; readonly answer: unknown }
  | { readonly kind: 'error'; readonly error: Error }
  /** The process is gone. `streamed`: parts of the answer had come already. */
  | {
      readonly kind: 'lost';
      readonly blame: Blame;
      readonly detail: string;
      readonly streamed: boolean;
    };

export interface Seat {
  readonly pid: number;
  readonly busy: boolean;
  /** True when the process is gone, or should go because it kept too much memory. */
  readonly spent: boolean;
  /** Never rejects. Must not be called while busy. */
  perform(
    job: { readonly kind: string },
    limits: SeatLimits,
    onPart: (part: unknown) => void,
  ): Promise<Outcome>;
  /** Tells the worker that the answer to its task is no longer wanted. */
  cancel(): void;
  /** Ends the process; resolves when it is gone. */
  stop(): Promise<void>;
}

interface Current {
  readonly id: number;
  readonly limits: SeatLimits;
  readonly onPart: (part: unknown) => void;
  readonly finish: (outcome: Outcome) => void;
  progressAt: number;
  streamed: boolean;
}

function rebuilt(name: string, words: string): Error {
  const error = name === 'DiskFullError' ? new DiskFullError(words) : new Error(words);
  return error.name === name ? error : Object.assign(error, { name });
}

function megabytes(bytes: number): string {
  return `${Math.round(bytes / 1_000_000)} MB`;
}

/** What is wrong with a busy worker now; null when nothing is. */
function faultOf(current: Current, rssBytes: number): [Blame, string] | null {
  const { timeLimitMs, memoryLimitBytes } = current.limits;
  if (rssBytes > memoryLimitBytes) {
    return ['decoder-memory', `${megabytes(rssBytes)} used, ${megabytes(memoryLimitBytes)} allowed.`];
  }
  return performance.now() - current.progressAt > timeLimitMs
    ? ['decoder-timeout', `No answer in ${timeLimitMs / 1000} s.`]
    : null;
}

/** Supervises a worker that was just started. */
export function createSeat(handle: WorkerHandle): Seat {
  const exited = Promise.withResolvers<void>();
  let current: Current | null = null;
  let lost = false;
  let outgrown = false;
  let nextId = 1;
  let watch: NodeJS.Timeout | undefined;

  const finish = (outcome: Outcome): void => {
    const done = current;
    current = null;
    clearInterval(watch);
    done?.finish(outcome);
  };
  const lose = (blame: Blame, detail: string): void => {
    lost = true;
    handle.kill();
    finish({ kind: 'lost', blame, detail, streamed: current?.streamed ?? false });
  };
  const check = (saidBytes: number): void => {
    const fault =
      current === null ? null : faultOf(current, Math.max(saidBytes, readRssBytes(handle.pid) ?? 0));
    if (fault !== null) {
      lose(...fault);
    }
  };
  handle.onExit((reason) => {
    lose('decoder-crashed', `The worker process ended (${reason}).`);
    exited.resolve();
  });
  handle.onMessage((message) => {
    const said = message as FromWorker;
    if (current === null || said.id !== current.id) {
      return;
    }
    switch (said.kind) {
      case 'alive':
        check(said.rssBytes);
        break;
      case 'part':
        current.progressAt = performance.now();
        current.streamed = true;
        current.onPart(said.part);
        break;
      case 'answer':
        outgrown = said.rssBytes > current.limits.memoryLimitBytes;
        finish({ kind: 'answer', answer: said.answer });
        break;
      case 'error':
        finish({ kind: 'error', error: rebuilt(said.name, said.words) });
        break;
    }
  });
  const post = (message: ToWorker): void => {
    handle.post(message);
  };
  return {
    pid: handle.pid,
    get busy() {
      return current !== null;
    },
    get spent() {
      return lost || outgrown;
    },
    perform: async (job, limits, onPart) =>
      await new Promise((resolve) => {
        current = {
          id: nextId++,
          limits,
          onPart,
          finish: resolve,
          progressAt: performance.now(),
          streamed: false,
        };
        watch = setInterval(check, CHECK_MS, 0);
        post({ id: current.id, job });
      }),
    cancel: () => {
      if (current !== null) {
        post({ id: current.id, cancel: true });
      }
    },
    stop: async () => {
      handle.kill();
      await exited.promise;
    },
  };
}
