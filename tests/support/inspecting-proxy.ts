/** A network that lets out only what it reads: a proxy that ends every TLS connection itself, with a certificate of its own. */
import { readFileSync } from 'node:fs';
import { createServer, request } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { connect, type Server, type Socket } from 'node:net';
import path from 'node:path';
import { cutOff, listen } from './listen.ts';

const TLS = path.join(import.meta.dirname, '../fixtures/tls');
/** The authority to be trusted by whoever wants to get out. */
export const AUTHORITY_FILE = path.join(TLS, 'service.pem');
/** The name that its certificate is for. */
export const SERVICE_NAME = 'service.test';

export interface InspectingProxy extends AsyncDisposable {
  /** What `HTTPS_PROXY` is set to. */
  readonly url: string;
  /** Where clients wanted to connect to: `NAME:PORT`. */
  readonly wanted: readonly string[];
}

/** Starts it. Whatever address is wanted, what is read there goes to `target`. */
export async function startInspectingProxy(target: string): Promise<InspectingProxy> {
  const wanted: string[] = [];
  const service = createTlsServer(
    { cert: readFileSync(AUTHORITY_FILE), key: readFileSync(path.join(TLS, 'service.key.pem')) },
    (incoming, answer) => {
      const { method, headers, url } = incoming;
      const onward = request(new URL(url ?? '/', target), { method, headers }, (reply) => {
        answer.writeHead(reply.statusCode ?? 502, reply.headers);
        reply.pipe(answer);
      });
      onward.on('error', () => answer.destroy());
      incoming.pipe(onward);
    },
  );
  // A certificate that nobody trusts is what some of its clients are to meet.
  service.on('tlsClientError', () => undefined);
  const inside = await open(service);
  const proxy = createServer();
  proxy.on('connect', ({ url = '' }, socket) => {
    wanted.push(url);
    const onward = connect(inside.port, '127.0.0.1', () => socket.write('HTTP/1.1 200 Connected\r\n\r\n'));
    onward.on('error', () => socket.destroy());
    socket.on('error', () => onward.destroy());
    socket.pipe(onward).pipe(socket);
  });
  const outside = await open(proxy);
  return {
    url: `http://127.0.0.1:${outside.port}`,
    wanted,
    async [Symbol.asyncDispose]() {
      await outside.stop();
      await inside.stop();
    },
  };
}

async function open(server: Server): Promise<{ readonly port: number; stop(): Promise<void> }> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket) => sockets.add(socket));
  const port = await listen(server);
  return { port, stop: () => cutOff(server, sockets) };
}
