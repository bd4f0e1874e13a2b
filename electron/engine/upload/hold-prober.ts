/** Tries whether holds are over: with the cheapest request, when their time comes or when the owner wants it. */
import type { RequestProblem } from '../clarifai/errors.ts';
import type { Clock, Timer } from '../clock.ts';
import type { HoldBook } from './hold-book.ts';
import { isOverAfterProbe, kindForAsking } from './hold-rules.ts';
import type { Request, RequestLine } from './request-line.ts';
import type { Shield } from './shield.ts';

export interface HoldProberOptions {
  readonly book: HoldBook;
  readonly line: RequestLine;
  /** The cheapest request there is. */
  readonly probe: Request<unknown>;
  readonly report: (problem: RequestProblem) => void;
  readonly mayProbe: () => boolean;
  readonly clock: Clock;
  readonly shield: Shield;
  readonly onChange: () => void;
}

/** Tries nothing until it is told to. */
export function createHoldProber(options: HoldProberOptions) {
  const { book, line, report, mayProbe, probe, clock, shield, onChange } = options;
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
