/**
 * Subject of the upload benchmark: an account that keeps nothing but the ids, so that the time is the sender's. It
 * speaks just enough of the API for both clients, and calls every input indexed at once.
 */
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { answerQuestions } from './measure.ts';

/** What was taken since the last question. */
export interface LightAnswer {
  readonly apiBase: string;
  readonly inputCount: number;
}

const ID_KEY = '"id":"';
/** More than the key and an id, which may lie across two chunks. */
const KEPT_BYTES = 128;
const OK = { code: 10_000, description: 'Ok', details: '', req_id: 'light' };
const inputs = new Set<string>();

/** Ids in the body; base64 has no quotes, so that nothing else can look like one. */
async function idsIn(request: IncomingMessage): Promise<string[]> {
  const ids: string[] = [];
  let kept: Buffer = Buffer.alloc(0);
  for await (const chunk of request as AsyncIterable<Buffer>) {
    // Only the seam is put together; the chunk itself is searched where it lies.
    takeIds(Buffer.concat([kept, chunk.subarray(0, KEPT_BYTES)]), kept.length, ids);
    takeIds(chunk, chunk.length, ids);
    kept = Buffer.from(chunk.subarray(-KEPT_BYTES));
  }
  return ids;
}

/** Takes the ids that begin before `until` and end within `bytes`. */
function takeIds(bytes: Buffer, until: number, ids: string[]): void {
  for (let at = bytes.indexOf(ID_KEY); at !== -1 && at < until; at = bytes.indexOf(ID_KEY, at + 1)) {
    const from = at + ID_KEY.length;
    const end = bytes.indexOf('"', from);
    const id = end === -1 ? '' : bytes.toString('latin1', from, end);
    if (id !== '' && !ids.includes(id)) ids.push(id);
  }
}

function inputOf(id: string): object {
  const status = { code: 30_000, description: 'Download complete', details: '' };
  return { id, status, data: { image: { url: `light:${id}` } }, created_at: '2026-01-01T00:00:00Z' };
}

async function answer(request: IncomingMessage): Promise<object> {
  const url = new URL(request.url ?? '/', 'http://light');
  if (request.method === 'POST' && url.pathname.endsWith('/inputs')) {
    const ids = await idsIn(request);
    for (const id of ids) inputs.add(id);
    return { status: OK, inputs: ids.map(inputOf) };
  }
  const asked = url.searchParams.getAll('ids').filter((id) => inputs.has(id));
  return { status: OK, inputs: asked.map(inputOf) };
}

const server = createServer((request, response) => {
  void answer(request).then(
    (body) => response.setHeader('content-type', 'application/json').end(JSON.stringify(body)),
    () => request.destroy(),
  );
});
server.requestTimeout = 0;
// A sender may rest between two runs; its connection stays.
server.keepAliveTimeout = 0;
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
answerQuestions((): Promise<LightAnswer> => {
  const inputCount = inputs.size;
  inputs.clear();
  return Promise.resolve({
    apiBase: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    inputCount,
  });
});
