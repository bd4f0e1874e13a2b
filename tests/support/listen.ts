/** Servers of tests, on a free port of 127.0.0.1. */
import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';

/** Ports that no system gives away by itself; each process of the tests begins elsewhere among them. */
const QUIET_PORTS = { from: 20_000, count: 10_000 };
let quietPort = process.pid * 10;

/** A free port that stays free for whoever knows it, also while nobody listens there. */
export async function quietFreePort(): Promise<number> {
  for (;;) {
    const port = QUIET_PORTS.from + (quietPort++ % QUIET_PORTS.count);
    const server = createServer();
    try {
      await listen(server, port);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'EADDRINUSE') continue;
      throw error;
    }
    await cutOff(server, []);
    return port;
  }
}

/** Lets a server listen on a port of 127.0.0.1, default a free one. Returns the port. */
export async function listen(server: Server, wanted = 0): Promise<number> {
  server.listen(wanted, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server has no port.');
  return address.port;
}

/** Stops listening and cuts the connections, which the server would wait for. */
export async function cutOff(server: Server, sockets: Iterable<Socket>): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  for (const socket of sockets) socket.destroy();
  await closed;
}
