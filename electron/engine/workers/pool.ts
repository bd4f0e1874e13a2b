/**
 * The engine's worker processes. One task at a time per worker, so that a crash has one guilty photo; first come, first
 * served within a priority. A worker that dies, hangs or outgrows its memory is replaced, and its task is tried once
 * more, alone on a fresh worker, before it is answered with the reason.
 */
import { realClock, type Clock } from '../clock.ts';
import type { WorkerHandle } from '../host.ts';
import type { Log } from '../log.ts';
import type { AnswerTo, WorkerJob } from './jobs.ts';
import { createRoom } from './room.ts';
import { createSeat, type Outcome, type Seat } from './seat.ts';
import { createTaskQueue } from './task-queue.ts';

export interface WorkerPoolOptions {
  readonly startWorker: () => WorkerHandle;
  /** Most worker processes at once. */
  readonly size: number;
  /** Longest time without an answer or a part of one, in ms, by kind of job. Default 60 s, `identify` 10 minutes. */
  readonly timeLimitMs?: Readonly<Record<string, number>>;
  /** Resident memory above which a worker is replaced. Default 1.5 GB. */
  readonly memoryLimitBytes?: number;
  readonly log: Pick<Log, 'warn'>;
  /** Default: the system's. */
  readonly clock?: Pick<Clock, 'elapsed' | 'setTimer'>;
}

export interface RunOptions {
  /** Cancels a waiting task at once; a running one ends unanswered. `run` rejects with the signal's reason. */
  readonly signal?: AbortSignal;
  /** Higher goes first. Default 0. */
  readonly priority?: number;
  /** Receives the parts of an answer that streams, in order. A task that had parts is not tried again. */
  readonly onPart?: (part: unknown) => void;
}

export interface WorkerPool {
  /**
   * Has a worker do the job. A photo that cost two workers their life is answered with a problem. Rejects with
   * `DiskFullError`, with the signal's reason, or with an error that is no photo's fault.
   */
  run<J extends WorkerJob>(job: J, options?: RunOptions): Promise<AnswerTo<J>>;
  /**
   * Leaves one worker without work for so many ms, if there are several; what somebody waits for (a priority above 0)
   * may have it.
   */
  leaveRoom(ms: number): void;
  sizes(): { readonly busy: number; readonly waiting: number };
  /** Ends all workers; what waits or runs rejects with an AbortError, and so does every later `run`. */
  stop(): Promise<void>;
}

const DEFAULT_TIME_LIMIT_MS = 60_000;
/** A file of gigabytes on a slow network share takes minutes to hash; no decode does. */
const TIME_LIMITS_MS: Readonly<Record<string, number>> = {
  identify: 600_000,
  'check-ledger': 600_000,
};
const DEFAULT_MEMORY_LIMIT_BYTES = 1_500_000_000;
/** A process that hangs inside the kernel (a dead network share) cannot even be killed: stop does not wait for it. */
const STOP_PATIENCE_MS = 5000;

interface Task {
  readonly job: WorkerJob;
  readonly options: RunOptions;
  readonly resolve: (answer: unknown) => void;
  readonly reject: (reason: unknown) => void;
  /** Its second try: on a fresh worker. */
  alone: boolean;
  seat: Seat | null;
  /** Aborted: whatever comes of it is dropped. */
  dropped: boolean;
}

function stoppedError(): Error {
  return new DOMException('The workers have been stopped.', 'AbortError');
}

interface Staff {
  readonly seats: ReadonlySet<Seat>;
  /** A worker for a task: an idle one or, while there is room, a new one; null when all are busy. */
  hire(fresh: boolean): Seat | null;
  /** Replaces the worker when its process is gone or should go. */
  review(seat: Seat): void;
  stop(): Promise<void>;
}

function createStaff({ startWorker, size }: WorkerPoolOptions): Staff {
  const seats = new Set<Seat>();
  const leaving = new Set<Promise<void>>();
  const dismiss = (seat: Seat): void => {
    seats.delete(seat);
    const left = seat.stop();
    leaving.add(left);
    void left.then(() => leaving.delete(left));
  };
  const review = (seat: Seat): void => {
    if (seat.spent && seats.has(seat)) {
      dismiss(seat);
    }
  };
  return {
    seats,
    review,
    hire: (fresh) => {
      for (const seat of seats) {
        review(seat);
      }
      const idle = [...seats].find((seat) => !seat.busy) ?? null;
      if (idle !== null && !fresh) {
        return idle;
      }
      if (seats.size >= size) {
        if (idle === null) {
          return null;
        }
        dismiss(idle);
      }
      const seat = createSeat(startWorker());
      seats.add(seat);
      return seat;
    },
    stop: async () => {
      for (const seat of seats) {
        dismiss(seat);
      }
      const patience = new AbortController();
      const late = new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, STOP_PATIENCE_MS);
        patience.signal.addEventListener('abort', () => {
          clearTimeout(timer);
        });
      });
      await Promise.race([Promise.all(leaving), late]);
      patience.abort();
    },
  };
}

/** A pool without processes yet: workers are started when there is work. */
export function createWorkerPool(options: WorkerPoolOptions): WorkerPool {
  const staff = createStaff(options);
  const queue = createTaskQueue<Task>();
  const running = new Set<Task>();
  const { clock = realClock, size } = options;
  let stopped = false;

  const limitsOf = ({ kind }: WorkerJob) => ({
    timeLimitMs: options.timeLimitMs?.[kind] ?? TIME_LIMITS_MS[kind] ?? DEFAULT_TIME_LIMIT_MS,
    memoryLimitBytes: options.memoryLimitBytes ?? DEFAULT_MEMORY_LIMIT_BYTES,
  });
  const conclude = (task: Task, outcome: Outcome): void => {
    if (task.dropped || outcome.kind === 'answer') {
      task.resolve(outcome.kind === 'answer' ? outcome.answer : null);
      return;
    }
    if (outcome.kind === 'error') {
      task.reject(outcome.error);
      return;
    }
    const { blame, detail, streamed } = outcome;
    const again = !task.alone && !streamed;
    options.log.warn('worker-lost', { job: task.job.kind, cause: blame, detail, again });
    if (again) {
      task.alone = true;
      queue.addFirst(task);
    } else {
      task.resolve({ kind: 'problem', cause: blame, detail });
    }
  };
  const perform = async (task: Task, seat: Seat): Promise<void> => {
    task.seat = seat;
    running.add(task);
    const outcome = await seat.perform(task.job, limitsOf(task.job), (part) => {
      if (!task.dropped) {
        task.options.onPart?.(part);
      }
    });
    running.delete(task);
    task.seat = null;
    staff.review(seat);
    if (!stopped) {
      conclude(task, outcome);
      dispatch();
    }
  };
  const leavesRoom = ({ options: { priority = 0 } }: Task): boolean =>
    priority <= 0 && room.isLeft() && running.size >= Math.max(1, size - 1);
  const dispatch = (): void => {
    for (let task = queue.first(); task !== undefined; task = queue.first()) {
      if (leavesRoom(task)) {
        return;
      }
      try {
        const seat = staff.hire(task.alone);
        if (seat === null) {
          return;
        }
        queue.remove(task);
        void perform(task, seat);
      } catch (error) {
        queue.remove(task);
        task.reject(error);
      }
    }
  };
  const room = createRoom(clock, dispatch);
  const drop = (task: Task, reason: unknown): void => {
    task.dropped = true;
    queue.remove(task);
    task.seat?.cancel();
    task.reject(reason);
  };
  const run = async (job: WorkerJob, runOptions: RunOptions = {}): Promise<unknown> => {
    const { signal, priority = 0 } = runOptions;
    if (stopped) {
      throw stoppedError();
    }
    signal?.throwIfAborted();
    const { promise, resolve, reject } = Promise.withResolvers<unknown>();
    const task: Task = {
      job,
      options: runOptions,
      resolve,
      reject,
      alone: false,
      seat: null,
      dropped: false,
    };
    const onAbort = (): void => {
      drop(task, signal?.reason);
    };
    signal?.addEventListener('abort', onAbort, { once: true });
    queue.add(task, priority);
    dispatch();
    try {
      return await promise;
    } finally {
      signal?.removeEventListener('abort', onAbort);
    }
  };
  return {
    run: run as WorkerPool['run'],
    leaveRoom: (ms) => {
      room.leave(ms);
    },
    sizes: () => ({ busy: running.size, waiting: queue.size }),
    stop: async () => {
      stopped = true;
      room.stop();
      for (const task of [...queue.takeAll(), ...running]) {
        drop(task, stoppedError());
      }
      await staff.stop();
    },
  };
}
