/** The gate in front of the requests of one destination: holds, rests, and tries whether they are over. */
import { RESTS, type HoldKind } from '#shared/problems.ts';
import { HOLD_OF_PROBLEM } from '../clarifai/errors.ts';
import type { Outcome, Reply, RequestProblem } from '../clarifai/errors.ts';
import { createHoldBook } from './hold-book.ts';
import type { HoldBookOptions } from './hold-book.ts';
import { createHoldProber } from './hold-prober.ts';
import { kindForAsking, problemWords } from './hold-rules.ts';
import { createRequestLine, type Request } from './request-line.ts';
import type { Shield } from './shield.ts';

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
  /** What is out is cut off. `until` (UTC ms): when whoever paused will resume; null: nobody knows. */
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
  const { onChange } = options;
  let isStopped = false;
  const book = createHoldBook({
    ...options,
    onChange: () => {
      prober.schedule();
      onChange();
    },
  });
  const line = createRequestLine();
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
  const prober = createHoldProber({
    ...options,
    book,
    line,
    report,
    mayProbe: () => !isStopped && !isResting(),
  });
  prober.start(true);
  prober.schedule();

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
    resume() {
      book.lift('paused');
      prober.start(true);
    },
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
      line.cutOff();
      prober.start(true);
    },
    signal: line.signal,
    isBusy: prober.isBusy,
    requestCount: line.requestCount,
    async stop() {
      isStopped = true;
      prober.schedule();
      line.cutOff();
      await prober.rest();
    },
  };
}
