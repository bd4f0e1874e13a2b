/** The lines of all destinations at work, each opened when it is first needed. */
import type { DestinationLine } from './destination-line.ts';
import type { Destination } from './ledger/destinations.ts';

export interface DestinationLines {
  /** The line of a destination. One that could not be opened is tried anew the next time. */
  of(destination: Destination): Promise<DestinationLine>;
  opened(): readonly DestinationLine[];
  stop(): Promise<void>;
}

/** Starts with no line. */
export function createLines(open: (destination: Destination) => Promise<DestinationLine>): DestinationLines {
  const opening = new Map<number, Promise<DestinationLine>>();
  const opened: DestinationLine[] = [];

  async function openAndWake(destination: Destination): Promise<DestinationLine> {
    try {
      const line = await open(destination);
      opened.push(line);
      line.wake();
      return line;
    } catch (error) {
      opening.delete(destination.id);
      throw error;
    }
  }

  return {
    of(destination) {
      const line = opening.get(destination.id) ?? openAndWake(destination);
      opening.set(destination.id, line);
      return line;
    },
    opened: () => opened,
    async stop() {
      await Promise.all(opened.map((line) => line.stop()));
    },
  };
}
