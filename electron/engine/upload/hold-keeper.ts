import { RESTS, type HoldKind } from '#shared/problems.ts';
import { HOLD_OF_PROBLEM } from '../clarifai/errors.ts';
import type { Outcome, Reply, RequestProblem } from '../clarifai/errors.ts';
import type { Timer } from '../clock.ts';
import { createHoldBook } from './hold-book.ts';
import type { HoldBook, HoldBookOptions } from './hold-book.ts';
import type { Shield } from './shield.ts';
import { isOverAfterProbe, kindForAsking, problemWords } from './hold-rules.ts';

/** Longest time between two looks at the clock for the end of a pause, in ms: the clock may be set. */
const PAUSE_LOOK_MS = 60_000;

/** One request, ended by the signal. */
export type Request<T> = (signal: AbortSignal) => Promise<Outcome<T>>;

/** The gate in front of all requests of one destination. */
export interface HoldKeeper {
  /** Whether a hold keeps requests from going out now. */
  isHeld(): boolean;
  /** Whether a hold is in force of which nobody knows when it ends: the owner ends it, or a rule. */
  isOpenEnded(): boolean;
  /** Whether a hold was just lifted by asking and no batch has gone through since: one batch at a time, then. */
  isOnTrial(): boolean;
  /**
   * A request that only asks. Null when it must not go out or was not answered; whatever kept it from being answered
   * is a hold then.
   */
  ask<T>(request: Request<T>): Promise<Reply<T> | null>;
  /** The same because the owner wants to know now: a rest, which is the owner's own wish, does not keep it. */
  askForOwner<T>(request: Request<T>): Promise<Reply<T> | null>;
  /**
   * A POST. Null when it did not go out, or was cut off by `pause` or `stop`. Problems that are about the destination
   * have placed their hold.
   */
  post<T>(request: Request<T>): Promise<Outcome<T> | null>;
  /** A request that somebody else made as part of the sending had this problem. */
  report(problem: RequestProblem): void;
  place(kind: HoldKind, detail: string | null, retryAfterMs?: number): void;
  lift(kind: HoldKind): void;
  /** UTC ms at which renditions may be made again; null when nothing is in the way. */
  diskFullUntil(): number | null;
  /** A batch was answered: the service takes what is sent. */
  proved(): void;
  /** What is out is cut off. `until` (UTC ms): it ends by itself then; null: by `resume` only. */
  pause(until: number | null): void;
  resume(): void;
  /** A rule wants rest, which cuts off what is out; null as `until`: whoever set it ends it. */
  rest(kind: HoldKind, until: number | null): void;
  /** The owner may have fixed it: one try now, whatever the holds say (but for rests). */
  probe(): void;
  /** Cuts off what is out, as `pause` does, but holds nothing: everything is tried anew. */
  reconnect(): void;
  /** Aborted by the next pause or stop. */
  signal(): AbortSignal;
  isBusy(): boolean;
  requestCount(): number;
  /** Nothing goes out any more, and what is out is cut off. */
  stop(): Promise<void>;
}

export interface HoldKeeperOptions extends HoldBookOptions {
  /** The cheapest request there is. */
  readonly probe: Request<unknown>;
  readonly shield: Shield;
}

/** Makes the gate; holds from before the start are tried once, but for rests. */
export function createHoldKeeper(options: HoldKeeperOptions): HoldKeeper {
  const { clock, onChange } = options;
  let isStopped = false;
  const book = createHoldBook({
    ...options,
    onChange: () => {
      prober.schedule();
      endPause();
      onChange();
    },
  });
  const line = createLine();
  const report = (problem: RequestProblem): void =>
    book.place(kindForAsking(problem.kind), problemWords(problem), problem.retryAfterMs);
  const isResting = (): boolean => book.inForce().some(({ kind }) => RESTS.has(kind));
  const isHeld = (): boolean => isStopped || book.inForce().length > 0;
  const isInTrouble = (): boolean => book.inForce().some(({ kind }) => !RESTS.has(kind));
  async function ask<T>(request: Request<T>): Promise<Reply<T> | null> {
    const outcome = await line.send(request);
    if (outcome?.kind !== 'problem') return outcome;
    report(outcome.problem);
    return null;
  }
  const prober = createProber({
    ...options,
    clock,
    book,
    line,
    report,
    mayProbe: () => !isStopped && !isResting(),
  });
  const pause = createPauseEnd({ ...options, book }, () => resume());
  const endPause = (): void => {
    if (!isStopped) pause.schedule();
  };
  function resume(): void {
    book.lift('paused');
    prober.start(true);
  }
  prober.start(true);
  prober.schedule();
  endPause();

  return {
    ...book,
    isHeld,
    isOpenEnded: () => book.inForce().some(({ until }) => until === null),
    report,
    isOnTrial: prober.isOnTrial,
    ask: async (request) => (isHeld() ? null : ask(request)),
    askForOwner: async (request) => (isStopped || isInTrouble() ? null : ask(request)),
    async post(request) {
      if (isHeld()) return null;
      const outcome = await line.send(request);
      if (outcome?.kind === 'problem' && HOLD_OF_PROBLEM[outcome.problem.kind] !== null)
        report(outcome.problem);
      return outcome;
    },
    proved() {
      prober.endTrial();
      book.forgetFailures();
    },
    pause(until) {
      book.rest('paused', until);
      line.cutOff();
    },
    resume,
    rest(kind, until) {
      const isNew = book.inForce().every((hold) => hold.kind !== kind);
      book.rest(kind, until);
      if (isNew) line.cutOff();
    },
    lift(kind) {
      if (book.lift(kind) && RESTS.has(kind)) prober.start(true);
    },
    probe: () => prober.start(true),
    reconnect() {
      // Timers stand still while the computer sleeps.
      endPause();
      line.cutOff();
      prober.start(true);
    },
    signal: line.signal,
    isBusy: prober.isBusy,
    requestCount: line.requestCount,
    async stop() {
      isStopped = true;
      pause.stop();
      prober.schedule();
      line.cutOff();
      await prober.rest();
    },
  };
}

/** Ends a pause that has a time. */
function createPauseEnd(
  { book, clock, shield }: Pick<ProberOptions, 'book' | 'clock' | 'shield'>,
  resume: () => void,
) {
  let timer: Timer | null = null;
  const stop = (): void => {
    timer?.cancel();
    timer = null;
  };
  function schedule(): void {
    stop();
    const until = book.inForce().find(({ kind }) => kind === 'paused')?.until ?? null;
    if (until === null) return;
    const ms = until - clock.now();
    if (ms > 0) timer = clock.setTimer(schedule, Math.min(ms, PAUSE_LOOK_MS));
    else shield.run('upload.pause-not-ended', {}, resume);
  }
  return { schedule, stop };
}

/** Sends requests, counts them, and can cut off all that are out. */
function createLine() {
  let controller = new AbortController();
  let count = 0;
  return {
    async send<T>(request: Request<T>): Promise<Outcome<T> | null> {
      const { signal } = controller;
      count += 1;
      try {
        return await request(signal);
      } catch (error) {
        if (signal.aborted) return null;
        throw error;
      }
    },
    cutOff(): void {
      controller.abort();
      controller = new AbortController();
    },
    signal: () => controller.signal,
    requestCount: () => count,
  };
}

interface ProberOptions extends HoldKeeperOptions {
  readonly book: HoldBook;
  readonly line: ReturnType<typeof createLine>;
  readonly report: (problem: RequestProblem) => void;
  readonly mayProbe: () => boolean;
}

/** Tries, with the cheapest request, whether holds are over: when their time comes, or when the owner wants it. */
function createProber({ book, line, report, mayProbe, probe, clock, shield, onChange }: ProberOptions) {
  let timer: Timer | null = null;
  let probing: Promise<void> | null = null;
  let isOnTrial = false;
  let isWantedAgain = false;

  async function run(wantedByOwner: boolean): Promise<void> {
    const outcome = await line.send(probe);
    if (outcome === null) return;
    const problemKind = outcome.kind === 'problem' ? kindForAsking(outcome.problem.kind) : null;
    if (outcome.kind === 'problem') report(outcome.problem);
    else isOnTrial = true;
    for (const { kind, until } of book.inForce()) {
      // An answer of any kind shows that it can be reached and that what time heals has healed.
      const isOver = problemKind === null ? isOverAfterProbe(kind, wantedByOwner) : until !== null;
      if (isOver && kind !== problemKind) book.lift(kind);
    }
  }

  function start(wantedByOwner: boolean): void {
    // What the owner fixed may have come too late for the probe that is out.
    isWantedAgain = wantedByOwner && probing !== null;
    if (probing !== null || !mayProbe() || book.inForce().length === 0) return;
    probing = run(wantedByOwner)
      .catch((error: unknown) => {
        shield.caught('upload.probe-failed', {}, error);
        shield.run('upload.hold-not-placed', {}, () => book.place('service-down', String(error)));
      })
      .finally(() => {
        probing = null;
        if (isWantedAgain) shield.run('upload.probe-not-started', {}, () => start(true));
        onChange();
      });
  }

  function ring(): void {
    shield.run('upload.probe-not-started', {}, () => start(false));
  }

  return {
    start,
    schedule(): void {
      timer?.cancel();
      timer = null;
      if (!mayProbe()) return;
      const due = book
        .inForce()
        .map(({ until }) => until)
        .filter((until) => until !== null);
      if (due.length === 0) return;
      timer = clock.setTimer(ring, Math.max(1, Math.min(...due) - clock.now()));
    },
    isOnTrial: () => isOnTrial,
    endTrial(): void {
      isOnTrial = false;
    },
    isBusy: () => probing !== null,
    rest: async (): Promise<void> => {
      await probing;
    },
  };
}
