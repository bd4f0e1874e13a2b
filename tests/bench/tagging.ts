/**
 * From a tag key to its commit, while 1,000 photos are being taken in, made copies of and sent: beside the same at rest
 * and beside a bare commit of SQLite on the same disk.
 */
import { mkdirSync } from 'node:fs';
import { utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { bytesJpeg, variantsOf } from '../support/pictures.ts';
import { startPractice } from '../support/practice.ts';
import { temporaryFolder } from '../support/tree.ts';
import { openBareCommits } from './bare-commit.ts';
import { printFigures, quantile, rounded } from './figures.ts';
import { startSubject } from './measure.ts';
import type { TaggingAnswer, TaggingQuestion } from './tagging-engine.ts';

const FIRST = 100;
const COUNT = 1000;
const FILE_BYTES = 573_000;
/** About as fast as somebody holds a key down. */
const PAUSE_MS = 33;
const REST_TAGS = 100;

await using folder = await temporaryFolder();
const pictures = variantsOf(await bytesJpeg(FILE_BYTES, 3), FIRST + COUNT);

/** Files that are old enough to be looked at at once: settling is not what is measured. */
async function writePictures(name: string, bytes: readonly Buffer[]): Promise<string> {
  const target = path.join(folder.path, name);
  mkdirSync(target);
  for (const [index, one] of bytes.entries()) {
    const file = path.join(target, `${index}.jpg`);
    await writeFile(file, one);
    await utimes(file, 1_700_000_000, 1_700_000_000);
  }
  return target;
}
const firstFolder = await writePictures('first', pictures.slice(0, FIRST));
const secondFolder = await writePictures('second', pictures.slice(FIRST));

const account = await startPractice({ indexing: 'header', unlimitedRate: true });
const { apiBase, userId, appId, pat } = account;
const dataFolder = path.join(folder.path, 'engine');
const engine = await startSubject('tagging-engine.ts', [dataFolder, apiBase, userId, appId, pat]);
const ask = (question: TaggingQuestion): Promise<TaggingAnswer> => engine.ask<TaggingAnswer>(question);
const tag = (): Promise<TaggingAnswer> => ask({ kind: 'tag', sentAtNs: process.hrtime.bigint() });

async function untilDone(answers: TaggingAnswer[]): Promise<void> {
  for (;;) {
    await sleep(PAUSE_MS);
    const answer = await tag();
    answers.push(answer);
    if (answer.isDone) return;
  }
}

await ask({ kind: 'take', folder: firstFolder, count: FIRST });
// There has to be a photo before one can be tagged.
await sleep(4000);
await untilDone([]);
const atRest: TaggingAnswer[] = [];
for (let index = 0; index < REST_TAGS; index += 1) {
  await sleep(PAUSE_MS);
  atRest.push(await tag());
}

const start = performance.now();
await ask({ kind: 'take', folder: secondFolder, count: FIRST + COUNT });
const during: TaggingAnswer[] = [];
await untilDone(during);
const seconds = (performance.now() - start) / 1000;
await engine.stop();
await account.stop();

/** What a commit costs here, in ms. */
async function bareCommits(): Promise<number[]> {
  const bare = openBareCommits(path.join(folder.path, 'bare.db'));
  const times: number[] = [];
  for (let index = 0; index < REST_TAGS; index += 1) {
    await sleep(PAUSE_MS / 3);
    times.push(bare.commit());
  }
  bare.close();
  return times;
}
const bare = await bareCommits();

const latencies = during.map(({ latencyMs }) => latencyMs);
const writes = during.map(({ writeMs }) => writeMs);
const rest = atRest.map(({ latencyMs }) => latencyMs);
const last = during.at(-1);
const at = (share: number): number => quantile(latencies, share);
const commit = (share: number) => ({ name: 'bare commit at rest', value: quantile(bare, share) });
const title = `Tag → durable while ${COUNT} photos of ${FILE_BYTES / 1000} KB come in (${during.length} tags in ${rounded(seconds)} s)`;

printFigures(title, [
  { name: 'message sent → committed, p50', value: at(0.5), limit: commit(0.5) },
  { name: 'message sent → committed, p95', value: at(0.95), aim: 16, limit: commit(0.95) },
  { name: 'message sent → committed, max', value: at(1), limit: commit(1) },
  { name: 'of it the transaction, p95', value: quantile(writes, 0.95) },
  { name: 'at rest, p50', value: quantile(rest, 0.5) },
  { name: 'at rest, p95', value: quantile(rest, 0.95) },
  { name: 'event loop delay, p99', value: last?.loopP99Ms ?? Number.NaN },
  { name: 'event loop delay, max', value: last?.loopMaxMs ?? Number.NaN },
  { name: 'photos taken in per second', value: COUNT / seconds, unit: '/s' },
]);
