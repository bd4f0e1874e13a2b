import type { Clock, Timer } from '../clock.ts';
import type { Shield } from './shield.ts';

/** One strand of work that runs when it is woken or when its own time comes, never twice at once. */
export interface Lane {
  wake(): void;
  /** Whether a step is running. */
  isBusy(): boolean;
  /** No step begins any more; resolves when the running one has ended. */
  stop(): Promise<void>;
}

export interface LaneOptions {
  /** For the log. */
  readonly name: string;
  readonly clock: Clock;
  readonly shield: Shield;
  /** Does what can be done now. Resolves to the UTC ms at which to run again unasked; null: only when woken. */
  readonly step: () => Promise<number | null>;
  /** Called whenever the lane comes to rest; again a second later when it throws. */
  readonly onRest: () => void;
}

/** After a step that threw (a bug, or a ledger that cannot be written) it is tried again so much later. */
const RETRY_MS = 1000;

/** Makes a lane at rest. */
export function createLane({ name, clock, shield, step, onRest }: LaneOptions): Lane {
  let running: Promise<void> | null = null;
  let isWoken = false;
  let isStopped = false;
  let timer: Timer | null = null;

  async function run(): Promise<void> {
    let nextAt: number | null = null;
    while (isWoken && !isStopped) {
      isWoken = false;
      try {
        nextAt = await step();
      } catch (error) {
        shield.caught('upload.lane-failed', { lane: name }, error);
        nextAt = clock.now() + RETRY_MS;
      }
    }
    running = null;
    if (nextAt !== null && !isStopped) timer = clock.setTimer(wake, Math.max(1, nextAt - clock.now()));
    shield.run('upload.rest-failed', { lane: name }, onRest);
  }

  function wake(): void {
    if (isStopped) return;
    isWoken = true;
    timer?.cancel();
    timer = null;
    running ??= Promise.resolve().then(run);
  }

  return {
    wake,
    isBusy: () => running !== null,
    async stop() {
      isStopped = true;
      timer?.cancel();
      await running;
    },
  };
}
