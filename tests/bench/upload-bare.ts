/** Subject of the upload benchmark: the limit. Bodies that lie encoded in memory, several at a time, nothing recorded. */
import { readdirSync, readFileSync } from 'node:fs';
import { once } from 'node:events';
import { request, type IncomingMessage } from 'node:http';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { answerQuestions, peakBytes, residentBytes } from './measure.ts';
import type { UploadAnswer, UploadQuestion } from './upload-official.ts';

const BATCH = 32;
const AT_ONCE = 4;
const baselineBytes = residentBytes();

async function post(url: string, pat: string, body: Buffer): Promise<void> {
  const headers = {
    authorization: `Key ${pat}`,
    'content-type': 'application/json',
    'content-length': body.length,
  };
  const sending = request(url, { method: 'POST', headers });
  sending.end(body);
  const [reply] = (await once(sending, 'response')) as [IncomingMessage];
  const words = await text(reply);
  if (reply.statusCode !== 200) throw new Error(`${String(reply.statusCode)}: ${words.slice(0, 200)}`);
}

answerQuestions(async (question: UploadQuestion): Promise<UploadAnswer> => {
  const names = readdirSync(question.folder);
  const bodies = Array.from({ length: Math.ceil(names.length / BATCH) }, (_, index) => {
    const inputs = names.slice(index * BATCH, (index + 1) * BATCH).map((name) => ({
      id: path.parse(name).name,
      data: { image: { base64: readFileSync(path.join(question.folder, name), 'base64') } },
    }));
    return Buffer.from(JSON.stringify({ inputs }));
  });
  const url = `${question.apiBase}/v2/users/${question.userId}/apps/${question.appId}/inputs`;
  const start = performance.now();
  const next = bodies.values();
  const lane = async (): Promise<void> => {
    for (const body of next) await post(url, question.pat, body);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, lane));
  return { ms: performance.now() - start, baselineBytes, peakBytes: peakBytes() };
});
