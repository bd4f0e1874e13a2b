/** Servers of tests, on a free port of 127.0.0.1. */
import { once } from 'node:events';
import type { Server, Socket } from 'node:net';

/** Lets a server listen on a free port of 127.0.0.1. Returns the port. */
export async function listen(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1');
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
