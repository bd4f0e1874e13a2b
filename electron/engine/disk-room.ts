/**
 * A full disk, as ingest meets it, becomes a hold on every destination. The row of a hold needs room itself, so the
 * trouble is also kept in memory and shown from there.
 */
import type { Clock } from './clock.ts';
import type { DestinationLine } from './destination-line.ts';
import type { HoldRow } from './ledger/holds.ts';
import type { Log } from './log.ts';

/** What is known about the room on the disk. */
export interface DiskRoom {
  /** Something could not be written. */
  full(detail: string): void;
  /** Something was written. */
  hasRoom(): void;
  /** The rows, and the hold that has none because the disk is full. */
  withHold(destinationId: number, rows: readonly HoldRow[]): readonly HoldRow[];
}

/** Starts with room. A hold of an earlier run is lifted with the first thing that is written. */
export function createDiskRoom(parts: {
  readonly lines: () => readonly DestinationLine[];
  readonly clock: Clock;
  readonly log: Log;
}): DiskRoom {
  let trouble: { readonly since: number; readonly detail: string } | null = null;
  let isStale = true;

  function tell(detail: string | null): boolean {
    try {
      for (const { uploader } of parts.lines()) uploader.diskFull(detail);
      return true;
    } catch (error) {
      parts.log.warn('hold-unwritten', { error: String(error) });
      return false;
    }
  }

  return {
    full(detail) {
      // First of all: the log may find no room either.
      trouble = { since: trouble?.since ?? parts.clock.now(), detail };
      tell(detail);
      parts.log.warn('disk-full', { detail });
    },
    hasRoom() {
      if (trouble === null && !isStale) return;
      trouble = null;
      isStale = !tell(null);
    },
    withHold(destinationId, rows) {
      if (trouble === null || rows.some(({ kind }) => kind === 'disk-full')) return rows;
      return [...rows, { destinationId, kind: 'disk-full', ...trouble, until: null, attempts: 1 }];
    },
  };
}
