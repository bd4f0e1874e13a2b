/** The owner's pauses, of whole accounts and of single folders: how they are taken up, and how their time ends them. */
import type { Clock } from './clock.ts';
import type { DestinationLine } from './destination-line.ts';
import type { Ledger } from './ledger/ledger.ts';

export interface PausesOptions {
  readonly ledger: Ledger;
  readonly clock: Clock;
  readonly lines: () => readonly DestinationLine[];
}

export interface Pauses {
  /** Every destination, whether somebody works for it or not. `until`: when `endDue` ends it, UTC ms. */
  pause(until: number | null): void;
  resume(): void;
  /** A line that was just opened comes under the pause that all other accounts are under. */
  join(line: DestinationLine): void;
  /** Ends those whose time has come. Returns when the others end, UTC ms. */
  endDue(): number[];
}

/** One pause as it stands in the ledger. */
interface Pause {
  readonly until: number | null;
  readonly end: () => void;
}

/** Keeps nothing itself. */
export function createPauses({ ledger, clock, lines }: PausesOptions): Pauses {
  const uploaderOf = (destinationId: number) =>
    lines().find(({ destination }) => destination.id === destinationId)?.uploader;
  const pauseOf = (destinationId: number) =>
    ledger.holds.of(destinationId).find(({ kind }) => kind === 'paused');

  function pauseAccount(destinationId: number, until: number | null): void {
    const uploader = uploaderOf(destinationId);
    if (uploader !== undefined) uploader.pause(until);
    else ledger.holds.place(destinationId, 'paused', { at: clock.now(), until, detail: null });
  }

  function resumeAccount(destinationId: number): void {
    const uploader = uploaderOf(destinationId);
    if (uploader !== undefined) uploader.resume();
    else ledger.holds.lift(destinationId, 'paused');
  }

  function all(): Pause[] {
    const ofAccounts = ledger.destinations.all().flatMap(({ id }) => {
      const pause = pauseOf(id);
      return pause === undefined ? [] : [{ until: pause.until, end: () => resumeAccount(id) }];
    });
    const ofFolders = ledger.folders
      .paused()
      .map(({ id, until }) => ({ until, end: () => ledger.folders.setPaused(id, null) }));
    return [...ofAccounts, ...ofFolders];
  }

  return {
    pause(until) {
      for (const { id } of ledger.destinations.all()) pauseAccount(id, until);
    },
    resume() {
      for (const { id } of ledger.destinations.all()) resumeAccount(id);
    },
    join({ destination, uploader }) {
      const others = ledger.destinations.all().filter(({ id }) => id !== destination.id);
      const pauses = others.map(({ id }) => pauseOf(id));
      const [first] = pauses;
      if (first !== undefined && pauses.every((pause) => pause !== undefined)) uploader.pause(first.until);
    },
    endDue() {
      const now = clock.now();
      return all().flatMap(({ until, end }) => {
        if (until === null) return [];
        if (until > now) return [until];
        end();
        return [];
      });
    },
  };
}
