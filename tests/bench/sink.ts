/** Subject of the body benchmark: a server that only takes bodies, counts them, and hashes them where it is asked to. */
import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { answerQuestions } from './measure.ts';

const server = createServer((request, response) => {
  const hash = request.headers['x-hash'] === undefined ? null : createHash('sha256');
  let bytes = 0;
  request.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    hash?.update(chunk);
  });
  request.on('end', () => response.end(JSON.stringify({ bytes, sha256: hash?.digest('hex') ?? null })));
});
server.requestTimeout = 0;
// A sender may rest between two runs; its connection stays.
server.keepAliveTimeout = 0;
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
answerQuestions(() =>
  Promise.resolve({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/` }),
);
