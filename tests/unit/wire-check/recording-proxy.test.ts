import { once } from 'node:events';
import http from 'node:http';
import net from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterEach, expect, it, vi } from 'vitest';
import { throwProblems } from '../../support/checked-practice.ts';
import { listen } from '../../support/listen.ts';
import {
  startRecordingProxy,
  type ProxyOptions,
  type RecordingProxy,
} from '../../support/recording-proxy.ts';

const STATUS = { code: 10000, description: 'Ok', req_id: 'r1' };
const INPUTS = '/v2/users/ada/apps/photos/inputs';

const stops: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).toReversed()) await stop();
});

type Answer = (request: http.IncomingMessage, reply: http.ServerResponse) => void;

async function startBehindProxy(
  answer: Answer,
  options: Partial<ProxyOptions> = {},
): Promise<RecordingProxy> {
  const target = http.createServer(answer);
  const port = await listen(target);
  stops.push(async () => {
    target.closeAllConnections();
    await new Promise((resolve) => target.close(resolve));
  });
  const proxy = await startRecordingProxy({ target: `http://127.0.0.1:${port}`, ...options });
  stops.push(() => proxy.stop());
  return proxy;
}

/** Reads the request to its end and answers with JSON. */
function answerJson(body: unknown, http200 = 200): Answer {
  return (request, reply) => {
    request.resume().on('end', () => {
      reply.writeHead(http200, { 'Content-Type': 'application/json' }).end(JSON.stringify(body));
    });
  };
}

function postJson(url: string, body: unknown): Promise<Response> {
  return fetch(url, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Authorization: 'Key secret' },
    body: JSON.stringify(body),
  });
}

it('passes heads and bodies on as they are, and keeps what was said without the token', async () => {
  const seen: { headers: string[]; body: string }[] = [];
  const proxy = await startBehindProxy((request, reply) => {
    let body = '';
    request.setEncoding('utf8').on('data', (text: string) => (body += text));
    request.on('end', () => {
      seen.push({ headers: request.rawHeaders, body });
      reply.writeHead(207, { 'X-Odd-Case': 'kept' });
      reply.write('{"status":');
      reply.end(`${JSON.stringify(STATUS)},"inputs":[]}`);
    });
  });
  const sent = { inputs: [{ id: 'é' }] };
  const response = await postJson(`${proxy.url}${INPUTS}?`, sent);
  expect([response.status, response.headers.get('x-odd-case'), await response.json()]).toEqual([
    207,
    'kept',
    { status: STATUS, inputs: [] },
  ]);
  const body = JSON.stringify(sent);
  expect(seen.map((request) => request.body)).toEqual([body]);
  expect(seen[0]?.headers).toEqual(
    expect.arrayContaining([
      'Authorization',
      'Key secret',
      'content-length',
      String(Buffer.byteLength(body)),
    ]),
  );
  expect(proxy.exchanges()).toEqual([
    {
      number: 0,
      method: 'POST',
      path: INPUTS,
      query: '',
      requestHeaders: expect.objectContaining({ authorization: 'Key …', 'content-type': 'application/json' }),
      requestBytes: Buffer.byteLength(body),
      request: sent,
      http: 207,
      replyHeaders: expect.objectContaining({ 'x-odd-case': 'kept', 'transfer-encoding': 'chunked' }),
      replyBytes: Buffer.byteLength(JSON.stringify({ status: STATUS, inputs: [] })),
      reply: { status: STATUS, inputs: [] },
      replyText: null,
      startedAt: expect.any(Number),
      requestEndedAt: expect.any(Number),
      answeredAt: expect.any(Number),
      endedAt: expect.any(Number),
      cut: null,
    },
  ]);
  expect(JSON.stringify(proxy.exchanges())).not.toContain('secret');
  expect(proxy.problems()).toEqual([]);
});

it('reports what both sides get wrong, with the call, and stays silent where it is told to', async () => {
  const wrong = answerJson({ status: { ...STATUS, code: true }, inputs: {} });
  const strict = await startBehindProxy(wrong);
  const deaf = await startBehindProxy(wrong, { judgeRequests: false, judgeResponses: false });
  for (const proxy of [strict, deaf]) {
    await (await postJson(`${proxy.url}${INPUTS}`, { inputs: [{ id: 1 }] })).text();
    await (await fetch(`${proxy.url}${INPUTS}?perPage=1`)).text();
    await (await fetch(`${proxy.url}/practice/stats?any=1`)).text();
    await (await fetch(`${proxy.url}${INPUTS}`, { method: 'POST', body: '{"inputs":[]' })).text();
  }
  const reply = [
    ['reply', 'status.code'],
    ['reply', 'inputs'],
  ];
  const found = strict.problems().map(({ exchange, side, where }) => [exchange, side, where]);
  expect(found).toEqual([
    ...[['request', 'inputs[0].id'], ...reply].map((problem) => [0, ...problem]),
    ...[['request', 'query.perPage'], ...reply].map((problem) => [1, ...problem]),
    ...[['request', 'body'], ['request', 'headers.content-type'], ...reply].map((problem) => [3, ...problem]),
  ]);
  expect(strict.problems()[0]).toEqual({
    exchange: 0,
    side: 'request',
    call: `POST ${INPUTS} 200`,
    where: 'inputs[0].id',
    problem: 'a number where a string is expected',
  });
  expect(() => throwProblems(strict.problems())).toThrow(
    `POST ${INPUTS} 200, request: inputs[0].id: a number where a string is expected`,
  );
  expect(deaf.problems()).toEqual([]);
  expect(deaf.exchanges()).toHaveLength(4);
});

it('judges a large body and keeps it short', async () => {
  const proxy = await startBehindProxy(answerJson({ status: STATUS }));
  const base64 = 'A'.repeat(4_000_000);
  await (
    await postJson(`${proxy.url}${INPUTS}`, { inputs: [{ data: { image: { base64, bas64: '' } } }] })
  ).text();
  expect(proxy.problems().map((problem) => problem.where)).toEqual(['inputs[0].data.image.bas64']);
  expect(proxy.exchanges()[0]?.request).toEqual({
    inputs: [{ data: { image: { base64: `${'A'.repeat(60)}… (4000000 characters)`, bas64: '' } } }],
  });
});

it('keeps a reply that is no JSON without judging it, and unpacks a compressed one', async () => {
  const html = '<html>Sign in to the hotel</html>';
  const proxy = await startBehindProxy((request, reply) => {
    if (request.url === '/v2/inputs') reply.writeHead(200, { 'Content-Type': 'text/html' }).end(html);
    else if (request.url === '/v2/concepts') reply.writeHead(204).end();
    else {
      const packed = gzipSync(JSON.stringify({ status: STATUS, extra: 1 }));
      reply.writeHead(200, { 'Content-Encoding': 'gzip' }).end(packed);
    }
  });
  for (const path of ['/v2/inputs', '/v2/concepts', '/v2/inputs/status'])
    await (await fetch(proxy.url + path)).text();
  await fetch(`${proxy.url}/v2/inputs`, { method: 'HEAD' });
  expect(proxy.exchanges().map(({ http: code, reply, replyText }) => [code, reply, replyText])).toEqual([
    [200, undefined, html],
    [204, undefined, null],
    [200, { status: STATUS, extra: 1 }, null],
    [200, undefined, null],
  ]);
  expect(proxy.problems().map(({ exchange, where }) => [exchange, where])).toEqual([
    [2, 'extra'],
    [3, 'path'],
  ]);
});

it('passes a cut by the target on as a cut, before and within the reply', async () => {
  const proxy = await startBehindProxy((request, reply) => {
    if (request.url?.endsWith('/status') === true) {
      reply.writeHead(200, { 'Content-Length': '100' });
      reply.write('{"status":', () => request.socket.resetAndDestroy());
    } else request.socket.resetAndDestroy();
  });
  const within = await fetch(`${proxy.url}/v2/inputs/status`);
  await expect(within.text()).rejects.toThrow();
  await expect(fetch(`${proxy.url}/v2/inputs`)).rejects.toMatchObject({ cause: { code: 'ECONNRESET' } });
  expect(proxy.exchanges().map(({ http: code, cut, reply }) => [code, cut, reply])).toEqual([
    [200, 'target', undefined],
    [null, 'target', undefined],
  ]);
  expect(proxy.problems()).toEqual([]);
});

it('passes a cut by the client on to the target', async () => {
  const arrived = Promise.withResolvers<http.IncomingMessage>();
  const proxy = await startBehindProxy((request) => {
    request.on('error', () => undefined).resume();
    arrived.resolve(request);
  });
  const abort = new AbortController();
  const body = new ReadableStream({ start: (controller) => controller.enqueue(Buffer.from('{"inputs":')) });
  const sending = fetch(`${proxy.url}${INPUTS}`, {
    method: 'POST',
    body,
    duplex: 'half',
    signal: abort.signal,
  });
  const request = await arrived.promise;
  const closed = new Promise((resolve) => request.socket.once('close', resolve));
  abort.abort();
  await expect(sending).rejects.toThrow();
  await closed;
  expect(request.complete).toBe(false);
  expect(proxy.exchanges().map(({ cut, endedAt }) => [cut, endedAt !== null])).toEqual([['client', true]]);
});

it('passes an early refusal on while the client is still sending', async () => {
  const proxy = await startBehindProxy((request, reply) => {
    request.once('data', () => {
      reply.writeHead(413, { Connection: 'close', 'Content-Type': 'application/json' });
      reply.end(JSON.stringify({ status: { code: 40033, req_id: 'r' } }));
    });
  });
  const { port } = new URL(proxy.url);
  const socket = net.connect(Number(port), '127.0.0.1');
  let answer = '';
  socket.setEncoding('latin1').on('data', (text) => (answer += String(text)));
  socket.write(
    `POST ${INPUTS} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 90000\r\n\r\n{`,
  );
  await once(socket, 'close');
  expect(answer).toMatch(/^HTTP\/1\.1 413 [^]*"code":40033/);
  expect(proxy.exchanges().map(({ http: code, cut, requestEndedAt }) => [code, cut, requestEndedAt])).toEqual(
    [[413, 'target', null]],
  );
  expect(proxy.problems()).toEqual([]);
});

it('resets a connection that the target does not take', async () => {
  const target = net.createServer();
  const port = await listen(target);
  await new Promise((resolve) => target.close(resolve));
  const proxy = await startRecordingProxy({ target: `http://127.0.0.1:${port}` });
  stops.push(() => proxy.stop());
  await expect(fetch(`${proxy.url}/v2/inputs`)).rejects.toMatchObject({
    cause: { code: expect.any(String) },
  });
});

it('tells the exchanges of one connection apart, with 100 Continue and half-closed clients', async () => {
  const proxy = await startBehindProxy(answerJson({ status: STATUS }));
  const socket = net.connect({
    port: Number(new URL(proxy.url).port),
    host: '127.0.0.1',
    allowHalfOpen: true,
  });
  let answer = '';
  socket.setEncoding('latin1').on('data', (text) => (answer += String(text)));
  socket.write(
    `GET ${INPUTS}?page=1 HTTP/1.1\r\nHost: x\r\n\r\nGET ${INPUTS}?page=2 HTTP/1.1\r\nHost: x\r\n\r\n`,
  );
  socket.end(
    `PATCH ${INPUTS} HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n` +
      '11\r\n{"action":"merge"\r\n1\r\n}\r\n0\r\n\r\n',
  );
  await once(socket, 'end');
  socket.destroy();
  expect(answer.match(/HTTP\/1\.1 \d+/g)).toEqual([
    'HTTP/1.1 200',
    'HTTP/1.1 200',
    'HTTP/1.1 100',
    'HTTP/1.1 200',
  ]);
  expect(
    proxy
      .exchanges()
      .map(({ method, query, http: code, request, cut }) => [method, query, code, request, cut]),
  ).toEqual([
    ['GET', 'page=1', 200, undefined, null],
    ['GET', 'page=2', 200, undefined, null],
    ['PATCH', '', 200, { action: 'merge' }, null],
  ]);
  expect(proxy.problems()).toEqual([]);
});

it('lets a target that does not read hold the client back', async () => {
  const taken = Promise.withResolvers<net.Socket>();
  const target = net.createServer({ pauseOnConnect: true }, (socket) => taken.resolve(socket));
  const proxy = await startRecordingProxy({
    target: `http://127.0.0.1:${await listen(target)}`,
  });
  stops.push(
    () => new Promise((resolve) => void target.close(() => resolve())),
    () => proxy.stop(),
  );
  const bytes = 128_000_000;
  const client = net.connect(Number(new URL(proxy.url).port), '127.0.0.1');
  client.write(
    `POST ${INPUTS} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: ${bytes}\r\n\r\n`,
  );
  let sent = 0;
  const pump = (): void => {
    while (sent < bytes && client.write(Buffer.alloc(1_000_000, ' '))) sent += 1_000_000;
  };
  client.on('drain', () => {
    sent += 1_000_000;
    pump();
  });
  pump();
  const socket = await taken.promise;
  let before = -1;
  await vi.waitUntil(() => before === (before = sent), { interval: 250, timeout: 30_000 });
  expect(sent).toBeGreaterThan(0);
  expect(sent).toBeLessThan(bytes / 2);
  let received = 0;
  socket.on('data', (piece) => (received += piece.length)).resume();
  await vi.waitUntil(() => received > bytes, { timeout: 30_000 });
  client.destroy();
  await once(socket, 'close');
});
