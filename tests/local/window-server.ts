/** A local server over a real engine, and browsers' ways to reach it, for tests. */
import { readFile } from 'node:fs/promises';
import { once } from 'node:events';
import { request, type IncomingHttpHeaders } from 'node:http';
import path from 'node:path';
import { WebSocket, type ClientOptions } from 'ws';
import { accessEngine, type AccessOptions } from '../../electron/local/engine-access.ts';
import { serveWindow, type WindowOptions } from '../../electron/local/serve-window.ts';
import type { LocalServer } from '../../electron/local/server/local-server.ts';
import { callsOver, type Remote } from '#shared/calls.ts';
import type { ChangedEvent } from '#shared/changes.ts';
import { ENGINE_CALLS, type EngineCalls } from '#shared/engine-api.ts';
import { HOST_CALLS, type HostCalls } from '#shared/host-api.ts';
import { temporaryFolder, writeTree } from '../support/tree.ts';

/** A page that has shown the key. */
export interface Page {
  readonly socket: WebSocket;
  readonly token: string;
  readonly calls: Remote<EngineCalls & HostCalls>;
  readonly events: readonly ChangedEvent[];
}

/** An answer of the server. */
export interface Answered {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** A served window. */
export interface ServedWindow extends AsyncDisposable {
  readonly server: LocalServer;
  readonly folder: string;
  readonly dataFolder: string;
  readonly pageFolder: string;
  readonly home: string;
  readonly key: string;
  /** `127.0.0.1:PORT` */
  readonly host: string;
  /** A request as it is, whatever a browser would make of its path. */
  ask(path: string, options?: { method?: string; headers?: Record<string, string> }): Promise<Answered>;
  /** Opens a WebSocket with our own Origin unless `headers` say otherwise. */
  connect(options?: ClientOptions, line?: string): WebSocket;
  open(): Promise<Page>;
  /** What the log says so far. */
  log(): Promise<string>;
}

/** Serves a page of two files over an engine with short times. */
export async function serveHere(
  options: Partial<WindowOptions> = {},
  engine: AccessOptions = {},
): Promise<ServedWindow> {
  const own = await temporaryFolder();
  const [dataFolder, pageFolder, home] = ['data', 'page', 'home'].map((name) =>
    path.join(own.path, name),
  ) as [string, string, string];
  await writeTree(own.path, {
    'page/index.html': '<!doctype html><title>Tagalong</title>',
    'page/assets/app-1234.js': 'export {};',
    'secret.txt': 'secret',
    'secret.js': 'secret',
    'home/Pictures/a.jpg': 'a',
    'home/Pictures/notes.txt': 'b',
    'home/Pictures/Coast 10/a.jpg': 'a',
    'home/Pictures/Coast 9/a.jpg': 'a',
    'home/.hidden/a.jpg': 'a',
  });
  const access = await accessEngine(dataFolder, { workerCount: 1, ...engine });
  const server = await serveWindow(access, {
    dataFolder,
    pageFolder,
    home,
    env: {},
    isDemo: false,
    ...options,
  });
  const { host, hash } = new URL(server.address);
  const key = hash.slice('#key='.length);
  const sockets: WebSocket[] = [];
  const connect: ServedWindow['connect'] = (socketOptions = {}, line = '/engine') => {
    const socket = new WebSocket(`ws://${host}${line}`, { origin: `http://${host}`, ...socketOptions });
    // Refusals are read from the events that follow.
    socket.on('error', () => undefined);
    sockets.push(socket);
    return socket;
  };
  return {
    server,
    folder: own.path,
    dataFolder,
    pageFolder,
    home,
    key,
    host,
    ask: (asked, { method = 'GET', headers = {} } = {}) => ask(host, asked, method, headers),
    connect,
    open: () => openPage(connect(), key),
    log: () => readFile(path.join(dataFolder, 'tagalong.log'), 'utf8'),
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.terminate();
      await server.stop();
      await access.close();
      await own[Symbol.asyncDispose]();
    },
  };
}

function ask(
  host: string,
  asked: string,
  method: string,
  headers: Record<string, string>,
): Promise<Answered> {
  const { hostname, port } = new URL(`http://${host}`);
  return new Promise((resolve, reject) => {
    const asking = request({ hostname, port, path: asked, method, headers: { host, ...headers } });
    asking.once('error', reject);
    asking.once('response', (response) => {
      let body = '';
      response.setEncoding('utf8').on('data', (text: string) => (body += text));
      response.once('end', () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body }),
      );
    });
    asking.end();
  });
}

async function openPage(socket: WebSocket, key: string): Promise<Page> {
  await once(socket, 'open');
  const answered = once(socket, 'message');
  socket.send(JSON.stringify({ key }));
  const [first] = (await answered) as [Buffer];
  const { token } = JSON.parse(first.toString()) as { token: string };
  const events: ChangedEvent[] = [];
  const calls = callsOver<EngineCalls & HostCalls>(
    {
      post: (message) => socket.send(JSON.stringify(message)),
      onMessage: (listener) =>
        void socket.on('message', (raw: Buffer) => listener(JSON.parse(raw.toString()))),
      onClose: (listener) => void socket.once('close', listener),
    },
    [...ENGINE_CALLS, ...HOST_CALLS],
    (event) => void events.push(event as ChangedEvent),
  );
  return { socket, token, calls, events };
}

/** How a socket ended: its close code; 0 when it never opened, with the HTTP status. */
export function endOf(socket: WebSocket): Promise<{ readonly code: number; readonly status: number | null }> {
  return new Promise((resolve) => {
    let status: number | null = null;
    socket.once('unexpected-response', (_request, response) => {
      status = response.statusCode ?? null;
      response.resume();
      resolve({ code: 0, status });
    });
    socket.once('close', (code: number) => resolve({ code, status }));
  });
}
