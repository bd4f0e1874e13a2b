/** Writes replies: JSON with a request id, at the pace of a slow link where a fault asks for it. */
import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Reply } from './reply.ts';

/** A body that nobody wants is read away for this long, so that the sender sees the reply. */
const DRAIN_MS = 10_000;
const SLOW_REPLY_PIECES_PER_SECOND = 10;

/** Reads away, and counts, what is left of a body that was refused. */
export const drain = (request: IncomingMessage, received: (bytes: number) => void): void => {
  if (request.complete || request.destroyed) return;
  const timer = setTimeout(() => request.socket.destroy(), DRAIN_MS);
  request.on('data', (chunk: Buffer) => received(chunk.length));
  request.once('close', () => clearTimeout(timer));
  request.resume();
};

const writeSlowly = async (response: ServerResponse, body: Buffer, bytesPerSecond: number): Promise<void> => {
  const piece = Math.max(1, Math.floor(bytesPerSecond / SLOW_REPLY_PIECES_PER_SECOND));
  for (let at = 0; at < body.length && !response.destroyed; at += piece) {
    response.write(body.subarray(at, at + piece));
    await sleep(1_000 / SLOW_REPLY_PIECES_PER_SECOND);
  }
  response.end();
};

/** Writes one reply; `bytesPerSecond`: at that pace. */
export const send = async (
  response: ServerResponse,
  reply: Reply,
  bytesPerSecond: number | null,
): Promise<void> => {
  if (response.destroyed) return;
  const status = { ...(reply.body['status'] as object | undefined), req_id: randomBytes(16).toString('hex') };
  const body = Buffer.from(reply.raw ?? JSON.stringify({ ...reply.body, status }));
  response.writeHead(reply.http, {
    'Content-Type': 'application/json',
    'Content-Length': body.length,
    ...reply.headers,
  });
  if (bytesPerSecond === null) response.end(body);
  else await writeSlowly(response, body, bytesPerSecond);
};
