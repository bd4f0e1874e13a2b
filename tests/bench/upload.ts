/**
 * 512 JPEGs of 573 KB, sent as they are to an account on this machine: by the engine (once hashed and thumbnailed), by
 * the official REST client, and as bodies that lie encoded in memory. First to an account that keeps nothing, where the
 * time is the sender's; then to the practice account, which decodes, hashes and stores what comes.
 */
import { cp, mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { bytesJpeg, variantsOf } from '../support/pictures.ts';
import { startPractice } from '../support/practice.ts';
import { temporaryFolder } from '../support/tree.ts';
import { median, printFigures } from './figures.ts';
import type { LightAnswer } from './light-account.ts';
import { megabytes, startSubject } from './measure.ts';
import type { EngineAnswer, EngineQuestion } from './upload-engine.ts';
import type { UploadAnswer, UploadQuestion } from './upload-official.ts';

const COUNT = 512;
const FILE_BYTES = 573_000;
const RUNS = 5;

/** An account on this machine. */
interface Account extends Omit<UploadQuestion, 'folder'> {
  /** How many inputs it took since it began or was last asked; it forgets them. */
  takenCount(): Promise<number>;
  stop(): Promise<void>;
}

async function startLight(): Promise<Account> {
  const subject = await startSubject('light-account.ts');
  const { apiBase } = await subject.ask<LightAnswer>({});
  return {
    apiBase,
    userId: 'owner',
    appId: 'photos',
    pat: 'light',
    takenCount: async () => (await subject.ask<LightAnswer>({})).inputCount,
    stop: () => subject.stop(),
  };
}

async function startStoring(port: number | undefined): Promise<Account> {
  const practice = await startPractice({
    indexing: 'header',
    unlimitedRate: true,
    ...(port === undefined ? {} : { port }),
  });
  const { apiBase, userId, appId, pat } = practice;
  const takenCount = async (): Promise<number> => (await practice.inputs()).length;
  return { apiBase, userId, appId, pat, takenCount, stop: () => practice.stop() };
}

async function runEngine(account: Account, dataFolder: string, sends: boolean): Promise<EngineAnswer> {
  const subject = await startSubject('upload-engine.ts');
  const { apiBase: baseUrl, userId, appId, pat } = account;
  const destination = { baseUrl, userId, appId };
  const question: EngineQuestion = { dataFolder, folder: pictures, destination, pat, sends };
  const answer = await subject.ask<EngineAnswer>(question);
  await subject.stop();
  return answer;
}

async function runPeer(script: string, { apiBase, userId, appId, pat }: Account): Promise<UploadAnswer> {
  const subject = await startSubject(script);
  const question: UploadQuestion = { folder: pictures, apiBase, userId, appId, pat };
  const answer = await subject.ask<UploadAnswer>(question);
  await subject.stop();
  return answer;
}

/** The three senders in turn. `start` gives an empty account, at the port given if any. */
async function compare(name: string, start: (port?: number) => Promise<Account>) {
  const first = await start();
  const port = Number(new URL(first.apiBase).port);
  const prepared = path.join(folder.path, `prepared-${name}`);
  const preparing = await runEngine(first, prepared, false);
  let account = first;
  const send = async <T>(act: (account: Account) => Promise<T>): Promise<T> => {
    const answer = await act(account);
    const taken = await account.takenCount();
    if (taken !== COUNT) throw new Error(`The account holds ${taken} inputs, not ${COUNT}.`);
    if (name === 'practice') {
      await account.stop();
      account = await start(port);
    }
    return answer;
  };
  const engines: EngineAnswer[] = [];
  const officials: UploadAnswer[] = [];
  const bares: UploadAnswer[] = [];
  for (let run = 0; run < RUNS; run += 1) {
    const dataFolder = path.join(folder.path, `${name}-${run}`);
    await cp(prepared, dataFolder, { recursive: true });
    engines.push(await send((to) => runEngine(to, dataFolder, true)));
    officials.push(await send((to) => runPeer('upload-official.ts', to)));
    bares.push(await send((to) => runPeer('upload-bare.ts', to)));
  }
  await account.stop();
  return { preparing, engines, officials, bares };
}

const seconds = (samples: readonly number[]): number[] => samples.map((ms) => ms / 1000);

function printComparison(title: string, found: Awaited<ReturnType<typeof compare>>): void {
  const { engines, officials, bares, preparing } = found;
  const accepted = seconds(engines.map(({ acceptedMs }) => acceptedMs));
  const done = seconds(engines.map(({ doneMs }) => doneMs));
  const official = seconds(officials.map(({ ms }) => ms));
  const bare = seconds(bares.map(({ ms }) => ms));
  const peaks = engines.map((one) => megabytes(one.peakBytes));
  const officialPeaks = officials.map((one) => megabytes(one.peakBytes));
  printFigures(title, [
    {
      name: 'order → all accepted',
      value: median(accepted),
      unit: 's',
      samples: accepted,
      limit: { name: 'bodies in memory, 4 at a time', value: median(bare) },
    },
    { name: 'clarifai 2.9.1', value: median(official), unit: 's', samples: official },
    {
      name: 'times faster than clarifai 2.9.1',
      value: median(official) / median(accepted),
      unit: '×',
      aim: 5,
      wants: 'least',
    },
    { name: 'order → the command says done', value: median(done), unit: 's', samples: done },
    {
      name: 'engine process, most memory',
      value: median(peaks),
      unit: 'MB',
      samples: peaks,
      aim: 140,
      limit: { name: 'clarifai 2.9.1', value: median(officialPeaks) },
    },
    {
      name: 'engine process, baseline (modules loaded)',
      value: median(engines.map((one) => megabytes(one.baselineBytes))),
      unit: 'MB',
      limit: { name: 'clarifai 2.9.1', value: megabytes(officials[0]?.baselineBytes ?? 0) },
    },
    { name: 'requests of the engine', value: median(engines.map((one) => one.requestCount)), unit: '' },
    { name: 'hash and thumbnail all, once', value: preparing.doneMs / 1000, unit: 's' },
  ]);
}

await using folder = await temporaryFolder();
const pictures = path.join(folder.path, 'pictures');
await mkdir(pictures);
for (const [index, bytes] of variantsOf(await bytesJpeg(FILE_BYTES, 7), COUNT).entries()) {
  await writeFile(path.join(pictures, `photo-${String(index).padStart(3, '0')}.jpg`), bytes);
}
const what = `${COUNT} × ${FILE_BYTES / 1000} KB JPEG as they are, ${RUNS} runs in turn`;
const accounts: Record<string, (port?: number) => Promise<Account>> = {
  light: startLight,
  practice: startStoring,
};
const wanted = process.argv.slice(2);
for (const [name, start] of Object.entries(accounts)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  const keeps = name === 'light' ? 'an account that keeps nothing' : 'the practice account, which stores';
  printComparison(`Whole upload: ${what}, to ${keeps}`, await compare(name, start));
}
