/**
 * The socket of a data folder: a command that comes beside a running owner hands its order to it. The socket's name
 * stands in a file of the data folder, which only its user can read.
 */
import { createHash } from 'node:crypto';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { ENGINE_CALLS, type EngineApi, type EngineCalls } from '#shared/engine-api.ts';
import { callsOver, serveCalls, type Port } from '#shared/calls.ts';

const NAME_FILE = 'owner-socket';
/** Longest path that every system takes for a socket (macOS: 104 bytes with the final zero). */
const LONGEST_PATH = 100;

/** Listens for commands that come beside this owner. */
export async function openOwnerSocket(
  dataFolder: string,
  api: EngineApi,
): Promise<{ stop(): Promise<void> }> {
  const path = socketPathOf(dataFolder);
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    serveCalls(portOf(socket), api);
  });
  // A socket that a killed owner left behind; this process owns the data folder, so nobody listens on it.
  if (process.platform !== 'win32') rmSync(path, { force: true });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(path, resolve);
  });
  writeFileSync(join(dataFolder, NAME_FILE), path, { mode: 0o600 });
  return {
    async stop() {
      rmSync(join(dataFolder, NAME_FILE), { force: true });
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Whether an engine answers for the data folder. */
export async function isOwnerRunning(dataFolder: string): Promise<boolean> {
  const socket = await openOwner(dataFolder);
  socket?.destroy();
  return socket !== null;
}

async function openOwner(dataFolder: string): Promise<Socket | null> {
  try {
    return await open(readFileSync(join(dataFolder, NAME_FILE), 'utf8'));
  } catch (error) {
    // No name, or a killed owner's socket: nobody listens.
    if (error instanceof Error && 'code' in error) return null;
    throw error;
  }
}

/** The running owner's calls. */
export interface OwnerConnection {
  readonly api: EngineApi;
  close(): void;
}

/** Reaches the owner of a data folder; null when nobody answers: it is starting, ending, or gone. */
export async function connectToOwner(dataFolder: string): Promise<OwnerConnection | null> {
  const socket = await openOwner(dataFolder);
  if (socket === null) return null;
  return { api: callsOver<EngineCalls>(portOf(socket), ENGINE_CALLS), close: () => socket.destroy() };
}

function open(path: string): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect(path);
    socket.once('connect', () => resolve(socket));
    socket.once('error', reject);
  });
}

function portOf(socket: Socket): Port {
  socket.on('error', () => socket.destroy());
  return {
    post: (message) => socket.write(`${JSON.stringify(message)}\n`),
    onMessage: (listener) => {
      const lines = createInterface({ input: socket });
      // It repeats the socket's errors, which end the socket; unheard they would end the process.
      lines.on('error', () => socket.destroy());
      lines.on('line', (line) => {
        const message = messageIn(line);
        if (message === undefined) socket.destroy();
        else listener(message);
      });
    },
    onClose: (listener) => socket.once('close', listener),
  };
}

/** What a line says; undefined when it is no JSON object: whoever wrote it is no Tagalong. */
function messageIn(line: string): unknown {
  try {
    const message: unknown = JSON.parse(line);
    return typeof message === 'object' && message !== null ? message : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function socketPathOf(dataFolder: string): string {
  const digest = createHash('sha256').update(dataFolder).digest('hex').slice(0, 16);
  if (process.platform === 'win32') return `\\\\.\\pipe\\tagalong-${digest}`;
  const inside = join(dataFolder, 'engine.sock');
  if (Buffer.byteLength(inside) <= LONGEST_PATH) return inside;
  return join(tmpdir(), `tagalong-${process.getuid?.() ?? 0}-${digest}.sock`);
}
