/** A proxy on 127.0.0.1 that keeps every byte that clients send, to be searched for what must not travel. */
import net from 'node:net';
import { cutOff, listen } from './listen.ts';

/** A running tap. */
export interface ByteTap {
  /** The target's base URL with the tap's own port. */
  readonly url: string;
  /** What each connection's client has sent so far: heads and bodies, as they travelled. */
  sent(): Buffer[];
  stop(): Promise<void>;
}

/** Starts a tap in front of `target`, plain http only. */
export async function startByteTap(target: string): Promise<ByteTap> {
  const { hostname, port } = new URL(target);
  const kept: Buffer[][] = [];
  const sockets = new Set<net.Socket>();
  const server = net.createServer((client) => {
    const chunks: Buffer[] = [];
    kept.push(chunks);
    const upstream = net.connect({ host: hostname, port: Number(port) });
    client.on('data', (chunk: Buffer) => chunks.push(chunk));
    for (const [from, to] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      sockets.add(from);
      from.on('close', () => sockets.delete(from));
      // A reset of one end is passed on; what was sent until then is kept.
      from.on('error', () => to.destroy());
      from.pipe(to);
    }
  });
  const ownPort = await listen(server);
  return {
    url: `http://127.0.0.1:${String(ownPort)}`,
    sent: () => kept.map((chunks) => Buffer.concat(chunks)),
    stop: () => cutOff(server, sockets),
  };
}
