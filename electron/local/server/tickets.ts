/**
 * Tickets into the window: a browser is started with an address on its command line, which every user of the machine
 * can read. So that address has no key but a ticket, good once and for a short time, that is exchanged for the key.
 */
import { isSecret, newSecret } from './secrets.ts';

/** A browser that starts cold takes some seconds. In ms. */
const VALID_MS = 60_000;

/** Header in which whoever knows the key asks for a ticket. No other page can set it without asking first. */
export const KEY_HEADER = 'x-tagalong-key';

export interface Tickets {
  issue(): string;
  /** True once for each ticket, while it is good. */
  take(ticket: string): boolean;
}

/** Starts with none. `now`: monotonic ms. */
export function createTickets(now: () => number = () => performance.now()): Tickets {
  const issued = new Map<string, number>();
  return {
    issue() {
      const ticket = newSecret();
      for (const [old, at] of issued) if (now() - at > VALID_MS) issued.delete(old);
      issued.set(ticket, now());
      return ticket;
    },
    take(ticket) {
      const at = issued.get(ticket);
      issued.delete(ticket);
      return at !== undefined && now() - at <= VALID_MS;
    },
  };
}

/**
 * The address to start a browser with.
 *
 * @param address of the window, with its key
 * @throws Error when nobody serves it any more
 */
export async function ticketAddress(address: string): Promise<string> {
  const { origin, hash } = new URL(address);
  const answer = await fetch(`${origin}/ticket`, {
    headers: { [KEY_HEADER]: hash.slice('#key='.length) },
    signal: AbortSignal.timeout(2000),
  });
  const ticket = await answer.text();
  // Another program on that port may answer everything with something.
  if (!answer.ok || !isSecret(ticket)) throw new Error('The window is not served there any more.');
  return `${origin}/open/${ticket}`;
}
