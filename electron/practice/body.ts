/** Receives request bodies: counted, limited, at the pace a fault asks for, and cut where a fault wants it. */
import type { IncomingMessage } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { REQUEST_BYTES_LIMIT } from '#shared/limits.ts';
import { Refusal } from './reply.ts';

/** Thrown where a fault cuts the connection: nothing is answered, the socket is destroyed. */
export class Cut extends Error {}

/** How a body is read. */
export interface BodyRules {
  /** Called with the size of each chunk. */
  readonly received: (bytes: number) => void;
  /** Slow link: bytes per second, or null. */
  readonly bytesPerSecond: number | null;
  /** Cut after so many bytes; 0: half the Content-Length; null: never. */
  readonly cutAfterBytes: number | null;
}

const tooLarge = (): Refusal =>
  new Refusal(413, 40033, `A request may have ${REQUEST_BYTES_LIMIT / 1_000_000} MB at most`);

const announcedBytes = (request: IncomingMessage): number | null => {
  const header = request.headers['content-length'];
  return header === undefined ? null : Number(header);
};

/** Refuses a body by its Content-Length, before a byte of it is read. */
export const refuseAnnouncedSize = (request: IncomingMessage): void => {
  if ((announcedBytes(request) ?? 0) > REQUEST_BYTES_LIMIT) throw tooLarge();
};

const cutPoint = (request: IncomingMessage, rules: BodyRules): number => {
  if (rules.cutAfterBytes === null) return Infinity;
  if (rules.cutAfterBytes > 0) return rules.cutAfterBytes;
  return Math.floor((announcedBytes(request) ?? 0) / 2);
};

/** Reads the body chunk by chunk; waiting in the consumer holds the sender back. */
export async function* readBody(request: IncomingMessage, rules: BodyRules): AsyncGenerator<Buffer> {
  const cutAt = cutPoint(request, rules);
  let total = 0;
  for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    rules.received(chunk.length);
    total += chunk.length;
    if (rules.bytesPerSecond !== null) await sleep((chunk.length / rules.bytesPerSecond) * 1_000);
    if (total >= cutAt) throw new Cut();
    if (total > REQUEST_BYTES_LIMIT) throw tooLarge();
    yield chunk;
  }
  if (cutAt !== Infinity) throw new Cut();
}

/** The whole body as text, for routes that carry no images. */
export const readText = async (chunks: AsyncIterable<Buffer>): Promise<string> => {
  const parts: Buffer[] = [];
  for await (const chunk of chunks) parts.push(chunk);
  return Buffer.concat(parts).toString('utf8');
};

/** Parses JSON that has to be an object; an absent body is an empty one. */
export const parseBody = (text: string): Record<string, unknown> => {
  if (text.trim() === '') return {};
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new Refusal(400, 11100, `The body is not valid JSON: ${(error as Error).message}`);
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new Refusal(400, 11100, 'The body has to be a JSON object');
  }
  return value as Record<string, unknown>;
};
