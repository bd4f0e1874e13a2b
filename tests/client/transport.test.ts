import net from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { createTransport } from '../../electron/engine/clarifai/transport.ts';
import type { StreamedBody, TransportOptions } from '../../electron/engine/clarifai/transport.ts';
import { listen } from '../support/listen.ts';
import { jsonAnswer, startTestServer, until } from './test-server.ts';
import type { Answering, TestServer } from './test-server.ts';

const servers: { stop(): Promise<void> }[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.stop()));
});

async function serve(answer: Answering): Promise<TestServer> {
  const server = await startTestServer(answer);
  servers.push(server);
  return server;
}

/** A body of `count` chunks of 64 KiB; `before` runs before each. */
function chunks(
  count: number,
  before: (index: number) => Promise<void> | void = () => undefined,
): StreamedBody {
  return {
    contentLength: count * 65_536,
    async *stream() {
      for (let index = 0; index < count; index += 1) {
        await before(index);
        yield Buffer.alloc(65_536, 65 + (index % 26));
      }
    },
  };
}

function post(url: string, body: string | StreamedBody, options: Partial<TransportOptions> = {}) {
  return createTransport({ fetch, ...options })({ url, method: 'POST', headers: {}, body });
}

const NEVER = new Promise<void>(() => undefined);
function problem(kind: string, maybeStored: boolean) {
  return { kind: 'problem', problem: { kind, maybeStored } };
}

const OK = { status: { code: 10000 } };

test('a stream goes out with its exact Content-Length, not chunked, and is counted', async () => {
  const server = await serve(jsonAnswer(OK));
  let counted = 0;
  const outcome = await createTransport({ fetch })({
    url: `${server.url}/v2/inputs?a=1`,
    method: 'POST',
    headers: { 'x-a': 'b' },
    body: chunks(20),
    onBytes: (bytes) => (counted += bytes),
  });
  expect(outcome).toMatchObject({ kind: 'answer', http: 200, text: JSON.stringify(OK), wholeSent: true });
  const [seen] = server.seen;
  expect(seen).toMatchObject({ method: 'POST', url: '/v2/inputs?a=1' });
  expect(seen?.headers).toMatchObject({
    'content-length': '1310720',
    'x-a': 'b',
    'content-type': 'application/json',
  });
  expect(seen?.headers['transfer-encoding']).toBeUndefined();
  expect([seen?.body?.length, counted]).toEqual([1_310_720, 1_310_720]);
});

test('nobody listens: offline, certainly nothing stored', async () => {
  const server = await startTestServer(jsonAnswer(OK));
  await server.stop();
  const outcomes = await Promise.all([post(server.url, '{}'), post(server.url, chunks(1))]);
  expect(outcomes).toMatchObject(
    outcomes.map(() => ({ kind: 'problem', problem: { kind: 'offline', maybeStored: false } })),
  );
});

test('cut half-way through the body: certainly not stored', async () => {
  const server = await serve((request) => {
    request.once('data', () => request.socket.resetAndDestroy());
  });
  const outcome = await post(server.url, chunks(200));
  expect(outcome).toMatchObject({ kind: 'problem', problem: { kind: 'cut', maybeStored: false } });
});

test('cut after the whole body: maybe stored, but not for a GET', async () => {
  const server = await serve((request) => {
    request.resume().once('end', () => request.socket.resetAndDestroy());
  });
  const whole = await post(server.url, chunks(3));
  const text = await post(server.url, '{}');
  const get = await createTransport({ fetch })({ url: server.url, method: 'GET', headers: {} });
  expect([whole, text, get]).toMatchObject([
    problem('cut', true),
    problem('cut', true),
    problem('cut', false),
  ]);
});

test('cut in the middle of the answer: maybe stored', async () => {
  const server = await serve((request, response) => {
    request.resume().once('end', () => {
      response.writeHead(200, { 'content-length': '100' });
      response.write('{"status":', () => response.destroy());
    });
  });
  const outcome = await post(server.url, chunks(3));
  expect(outcome).toMatchObject({ kind: 'problem', problem: { kind: 'cut', maybeStored: true } });
});

test('an answer while the body is still going up ends the sending', async () => {
  const server = await serve((_request, response) => {
    response.writeHead(413, { 'content-type': 'text/html' });
    response.end('<title>Too large</title>');
  });
  const outcome = await post(
    server.url,
    chunks(50, (index) => (index > 10 ? NEVER : undefined)),
  );
  expect(outcome).toMatchObject({ kind: 'answer', http: 413, wholeSent: false });
  await until(() => server.seen[0]?.cutAt !== undefined);
});

test('silence ends it: while the body goes up, while the answer is awaited, while it comes', async () => {
  const taking = await serve((request) => void request.resume());
  const halfAnswer = await serve((request, response) => {
    request.resume().once('end', () => response.write('{'));
  });
  const quick = { stallMs: 80, answerMs: 120 };
  const outcomes = [
    await post(
      taking.url,
      chunks(5, (index) => (index === 3 ? NEVER : undefined)),
      quick,
    ),
    await post(taking.url, chunks(5), quick),
    await post(halfAnswer.url, chunks(5), quick),
  ];
  expect(outcomes).toMatchObject([
    problem('timeout', false),
    problem('timeout', true),
    problem('timeout', true),
  ]);
  await until(() => taking.seen[0]?.cutAt !== undefined);
});

test('slow is not silent: bytes that keep coming are waited for', async () => {
  const server = await serve((request, response) => {
    request.resume().once('end', () => {
      let sent = 0;
      const timer = setInterval(() => {
        response.write(' ');
        sent += 1;
        if (sent < 12) return;
        clearInterval(timer);
        response.end('{}');
      }, 50);
    });
  });
  const outcome = await post(server.url, '{}', { stallMs: 500, answerMs: 500 });
  expect(outcome).toMatchObject({ kind: 'answer', text: `${' '.repeat(12)}{}` });
});

test('redirects are not followed', async () => {
  const server = await serve(jsonAnswer({}, 307, { location: 'http://127.0.0.1:9/elsewhere' }));
  const outcome = await post(server.url, chunks(1));
  expect(outcome).toMatchObject({ kind: 'answer', http: 307 });
  expect(server.seen.length).toBe(1);
});

test('an answer beyond the bound is not read on', async () => {
  const server = await serve((request, response) => {
    request.resume();
    response.writeHead(200);
    const more = () => void response.write('x'.repeat(65_536), () => response.destroyed || more());
    more();
  });
  const outcome = await post(server.url, '{}', { replyBytesLimit: 1_000_000 });
  expect(outcome).toMatchObject({
    kind: 'problem',
    problem: { kind: 'unknown', http: 200, maybeStored: true },
  });
});

test('what does not speak HTTP is not the service', async () => {
  const server = net.createServer((socket) => {
    socket.on('error', () => undefined);
    socket.end('SSH-2.0-OpenSSH_9.9\r\n');
  });
  const port = await listen(server);
  const outcome = await post(`http://127.0.0.1:${String(port)}/`, '{}');
  server.close();
  expect(outcome).toMatchObject({ kind: 'problem', problem: { kind: 'not-the-service' } });
});

test('an abort throws the caller’s reason and cuts the connection', async () => {
  const server = await serve((request) => void request.resume());
  const stop = new AbortController();
  const body = chunks(30, (index) => (index === 20 ? stop.abort() : undefined));
  const sent = createTransport({ fetch })({
    url: server.url,
    method: 'POST',
    headers: {},
    body,
    signal: stop.signal,
  });
  await expect(sent).rejects.toMatchObject({ name: 'AbortError' });
  await until(() => server.seen[0]?.cutAt !== undefined);
  const again = createTransport({ fetch })({
    url: server.url,
    method: 'GET',
    headers: {},
    signal: stop.signal,
  });
  await expect(again).rejects.toMatchObject({ name: 'AbortError' });
  expect(server.seen.length).toBe(1);
});

test('an error of the body’s own goes to the caller as it is, and the server never gets a whole body', async () => {
  const server = await serve(jsonAnswer(OK));
  const own = new RangeError('mine');
  const failing = chunks(9, (index) => {
    if (index === 4) throw own;
  });
  await expect(post(server.url, failing)).rejects.toBe(own);
  const short: StreamedBody = { ...chunks(2), contentLength: 200_000 };
  const long: StreamedBody = { ...chunks(2), contentLength: 100_000 };
  await expect(post(server.url, short)).rejects.toThrow('ended after 131072 of 200000');
  await expect(post(server.url, long)).rejects.toThrow('longer than its 100000');
  await until(() => server.seen.every((seen) => seen.cutAt !== undefined));
  expect(server.seen.map((seen) => seen.body)).toEqual(server.seen.map(() => undefined));
});
