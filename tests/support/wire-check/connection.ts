/** Pairs the requests and replies of one connection and hands them to the list of exchanges. */
import type { ExchangeLog, OpenExchange } from './exchange.ts';
import { followHttp, NotHttpError, replyFraming, requestFraming } from './http-reader.ts';

/** Who sent something, or ended it. */
export type Side = 'client' | 'target';

/** Watches one connection. */
export interface ConnectionWatch {
  /** Bytes that a side sent. */
  bytes(side: Side, bytes: Buffer): void;
  /** A side closed its half in order. */
  end(side: Side): void;
  /** A side reset the connection. */
  cut(side: Side): void;
}

/** Starts to watch a connection; exchanges go to `log`. */
export function followConnection(log: ExchangeLog): ConnectionWatch {
  /** Asked and not answered in full, oldest first. */
  const unanswered: OpenExchange[] = [];
  let asking: OpenExchange | undefined;
  let interim = false;
  let over = false;

  const requests = followHttp({
    onHead(head) {
      asking = log.open(head);
      unanswered.push(asking);
    },
    onBody: (bytes) => asking?.requestBytes(bytes),
    onEnd() {
      asking?.requestEnd();
      asking = undefined;
    },
    framing: requestFraming,
  });
  const replies = followHttp({
    onHead(head) {
      interim = Number(head.start[1]) < 200;
      if (!interim) unanswered[0]?.reply(head);
    },
    onBody: (bytes) => unanswered[0]?.replyBytes(bytes),
    onEnd() {
      if (!interim) unanswered.shift()?.replyEnd();
    },
    framing: (head) => replyFraming(head, unanswered[0]?.method ?? ''),
  });

  /** What is unfinished now will never be finished. */
  function cut(side: Side): void {
    if (over) return;
    over = true;
    for (const exchange of new Set([...unanswered, ...(asking === undefined ? [] : [asking])]))
      exchange.cut(side);
  }

  return {
    bytes(side, bytes) {
      if (over) return;
      try {
        if (side === 'client') requests.push(bytes);
        else replies.push(bytes);
      } catch (error) {
        // No HTTP: nothing more can be told about this connection. Its bytes still pass.
        if (!(error instanceof NotHttpError)) throw error;
        cut(side);
      }
    },
    end(side) {
      if (side === 'target') replies.close();
      // A client that closed its half after a whole request may still be answered.
      if (side === 'target' || asking !== undefined || unanswered.length === 0) cut(side);
    },
    cut,
  };
}
