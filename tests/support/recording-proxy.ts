/**
 * A proxy on 127.0.0.1 that passes every byte through unchanged, keeps what was said, and holds each JSON body and
 * query string against the service's protos.
 *
 * It works below HTTP: bytes, their pace, half-closes and resets go through as they come, so a client meets the same
 * cuts as without it. One thing differs: where the target does not listen, the client's connection is accepted and
 * then reset (ECONNRESET where it would be ECONNREFUSED).
 */
import net from 'node:net';
import { cutOff, listen } from './listen.ts';
import {
  createExchanges,
  type Exchange,
  type ExchangeProblem,
  type JudgeOptions,
} from './wire-check/exchange.ts';
import { followConnection } from './wire-check/connection.ts';

export type { Exchange, ExchangeProblem };

/** Where a proxy stands and what it judges. */
export interface ProxyOptions extends JudgeOptions {
  /** Base URL such as `http://127.0.0.1:4000`; plain http only. */
  readonly target: string;
}

/** A running proxy. */
export interface RecordingProxy {
  /** The target's base URL with the proxy's own port. */
  readonly url: string;
  /** Every exchange so far, in the order they began; those still under way have `endedAt: null`. */
  exchanges(): Exchange[];
  /** Every problem so far, in the order they were found. */
  problems(): ExchangeProblem[];
  /** Cuts all connections and stops listening. What was kept stays readable. */
  stop(): Promise<void>;
}

/** Starts a proxy on a free port. */
export async function startRecordingProxy(options: ProxyOptions): Promise<RecordingProxy> {
  const target = new URL(options.target);
  if (target.protocol !== 'http:')
    throw new Error(`The recording proxy reaches http only, not ${options.target}.`);
  const log = createExchanges(options);
  const sockets = new Set<net.Socket>();

  const server = net.createServer({ allowHalfOpen: true, noDelay: true }, (client) => {
    const upstream = net.connect({
      host: target.hostname,
      port: Number(target.port || 80),
      allowHalfOpen: true,
      noDelay: true,
    });
    const watch = followConnection(log);
    for (const [from, to, side] of [
      [client, upstream, 'client'],
      [upstream, client, 'target'],
    ] as const) {
      sockets.add(from);
      from.on('data', (bytes: Buffer) => watch.bytes(side, bytes));
      from.on('end', () => watch.end(side));
      // An error here is the other end's reset (or nobody listening): it is passed on as a reset.
      from.on('error', () => {
        watch.cut(side);
        to.resetAndDestroy();
      });
      from.on('close', () => sockets.delete(from));
      from.pipe(to);
    }
  });
  const port = await listen(server);
  return {
    url: `http://127.0.0.1:${port}${target.pathname.replace(/\/$/, '')}`,
    exchanges: () => log.exchanges(),
    problems: () => log.problems(),
    stop: () => cutOff(server, sockets),
  };
}
