/** Subject of the upload benchmark: the official REST client, as one would write it: batches of 128, one by one. */
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { answerQuestions, peakBytes, residentBytes } from './measure.ts';

/** Which account, and which pictures. */
export interface UploadQuestion {
  readonly folder: string;
  readonly apiBase: string;
  readonly userId: string;
  readonly appId: string;
  readonly pat: string;
}

/** How it went. */
export interface UploadAnswer {
  readonly ms: number;
  readonly baselineBytes: number;
  readonly peakBytes: number;
}

interface Client {
  readonly inputs: { create(inputs: unknown): Promise<ArrayLike<unknown>> };
}

const BATCH = 128;
const { App } = createRequire(import.meta.url)('clarifai') as { App: new (options: object) => Client };
const baselineBytes = residentBytes();

answerQuestions(async (question: UploadQuestion): Promise<UploadAnswer> => {
  const { pat: apiKey, apiBase: apiEndpoint, userId, appId } = question;
  const client = new App({ apiKey, apiEndpoint, userId, appId });
  const start = performance.now();
  const names = readdirSync(question.folder);
  for (let from = 0; from < names.length; from += BATCH) {
    const inputs = names.slice(from, from + BATCH).map((name) => ({
      id: path.parse(name).name,
      base64: readFileSync(path.join(question.folder, name), 'base64'),
    }));
    await client.inputs.create(inputs);
  }
  return { ms: performance.now() - start, baselineBytes, peakBytes: peakBytes() };
});
