/** Child process of body.test.ts: sends one batch and reports how much memory that took. */
import path from 'node:path';
import { createTransport } from '../../electron/engine/clarifai/transport.ts';
import { createInputsBody } from '../../electron/engine/upload/body.ts';

const [folder = '', url = ''] = process.argv.slice(2);
const send = createTransport({ fetch });
await send({ url, method: 'POST', headers: {}, body: '{}' });
const before = process.memoryUsage.rss();
const startedAt = performance.now();
const body = await createInputsBody(
  Array.from({ length: 128 }, (_, index) => ({
    inputId: `big-${String(index)}`,
    file: path.join(folder, `big-${String(index)}`),
    bytes: 562_500,
    concepts: [{ id: 'a', value: 1 }],
  })),
);
let peak = before;
const outcome = await send({
  url,
  method: 'POST',
  headers: {},
  body,
  onBytes: () => (peak = Math.max(peak, process.memoryUsage.rss())),
});
if (outcome.kind !== 'answer') throw new Error(outcome.problem.details);
await body.close();
process.send?.({
  contentLength: body.contentLength,
  extraBytes: peak - before,
  ms: performance.now() - startedAt,
});
