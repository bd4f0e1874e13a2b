/** Subject of the body benchmark: sends one batch in one of three ways. Arguments: the way, the folder, the URL. */
import { once } from 'node:events';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { request, type IncomingMessage } from 'node:http';
import path from 'node:path';
import { json } from 'node:stream/consumers';
import { createTransport, type StreamedBody } from '../../electron/engine/clarifai/transport.ts';
import { createInputsBody } from '../../electron/engine/upload/body.ts';
import { answerQuestions, peakBytes, residentBytes } from './measure.ts';

/** What the sink says about a body. */
export interface Taken {
  readonly bytes: number;
  readonly sha256: string | null;
}
/** One sent batch. */
export interface Sent extends Taken {
  readonly ms: number;
  /** Resident memory before the first batch, and the most until now. */
  readonly baselineBytes: number;
  readonly peakBytes: number;
}

const [way = '', folder = '', url = ''] = process.argv.slice(2);
const files = readdirSync(folder)
  .toSorted()
  .map((name) => path.join(folder, name));
const concepts = [{ id: 'a', value: 1 as const }];
const send = createTransport({ fetch });

/** The batch with every picture as a string, as a program would first write it. */
function wholeText(): string {
  const inputs = files.map((file) => ({
    id: path.basename(file),
    data: { image: { base64: readFileSync(file, 'base64') }, concepts },
  }));
  return JSON.stringify({ inputs });
}

const encoded = way === 'encoded' ? Buffer.from(wholeText()) : null;

async function post(body: string | StreamedBody, headers: Record<string, string>): Promise<Taken> {
  const outcome = await send({ url, method: 'POST', headers, body });
  if (outcome.kind !== 'answer') throw new Error(outcome.problem.details);
  return JSON.parse(outcome.text) as Taken;
}

/** Over `node:http`, which hands the bytes to the socket as they lie; `fetch` copies a buffer first. */
async function postBare(body: Buffer, headers: Record<string, string>): Promise<Taken> {
  const sending = request(url, { method: 'POST', headers: { ...headers, 'content-length': body.length } });
  sending.end(body);
  const [reply] = (await once(sending, 'response')) as [IncomingMessage];
  return (await json(reply)) as Taken;
}

async function sendBatch(headers: Record<string, string>): Promise<Taken> {
  if (encoded !== null) return postBare(encoded, headers);
  if (way === 'stringify') return post(wholeText(), headers);
  const entries = files.map((file) => ({
    inputId: path.basename(file),
    file,
    bytes: statSync(file).size,
    concepts,
  }));
  const body = await createInputsBody(entries);
  try {
    return await post(body, headers);
  } finally {
    await body.close();
  }
}

await post('{}', {});
const baselineBytes = residentBytes();
answerQuestions(async ({ isHashed }: { readonly isHashed: boolean }) => {
  const start = performance.now();
  const taken = await sendBatch(isHashed ? { 'x-hash': 'yes' } : {});
  return { ...taken, ms: performance.now() - start, baselineBytes, peakBytes: peakBytes() };
});
