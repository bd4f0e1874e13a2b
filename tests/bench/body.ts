/** The body of a batch of 128 × 0.7 MB, streamed, beside the same bytes sent from memory and a plain JSON.stringify. */
import { randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { temporaryFolder } from '../support/tree.ts';
import type { Sent } from './body-sender.ts';
import { median, printFigures } from './figures.ts';
import { megabytes, startSubject } from './measure.ts';

const COUNT = 128;
const FILE_BYTES = 700_000;
const WARMUPS = 2;
const RUNS = 9;
const WAYS = ['streamed', 'encoded', 'stringify'] as const;

await using folder = await temporaryFolder();
for (let index = 0; index < COUNT; index += 1) {
  await writeFile(path.join(folder.path, String(index).padStart(3, '0')), randomBytes(FILE_BYTES));
}
const sink = await startSubject('sink.ts');
const { url } = await sink.ask<{ url: string }>({});

const subjects = await Promise.all(
  WAYS.map(async (way) => ({
    way,
    subject: await startSubject('body-sender.ts', [way, folder.path, url]),
    sent: [] as Sent[],
  })),
);
for (let run = 0; run < WARMUPS + RUNS; run += 1) {
  for (const { subject, sent } of subjects) {
    const one = await subject.ask<Sent>({ isHashed: false });
    if (run >= WARMUPS) sent.push(one);
  }
}
const hashed = await Promise.all(subjects.map(({ subject }) => subject.ask<Sent>({ isHashed: true })));
await Promise.all([...subjects.map(({ subject }) => subject.stop()), sink.stop()]);

const [streamed, encoded, stringify] = subjects.map(({ sent }) => {
  const rates = sent.map(({ bytes, ms }) => megabytes(bytes) / (ms / 1000));
  const last = sent.at(-1);
  const extraBytes = (last?.peakBytes ?? 0) - (last?.baselineBytes ?? 0);
  return {
    rates,
    rate: median(rates),
    extra: megabytes(extraBytes),
    baseline: megabytes(last?.baselineBytes ?? 0),
  };
});
if (streamed === undefined || encoded === undefined || stringify === undefined) throw new Error('No runs.');
const [ours, theirs] = hashed;
const isSame = ours?.sha256 !== null && ours?.sha256 === theirs?.sha256 && ours?.bytes === theirs?.bytes;

printFigures(
  `Body of one batch: ${COUNT} × ${FILE_BYTES / 1000} KB, ${RUNS} runs in turn, server in its own process`,
  [
    {
      name: 'streamed, rate',
      value: streamed.rate,
      unit: 'MB/s',
      samples: streamed.rates,
      aim: encoded.rate / 1.25,
      wants: 'least',
      limit: { name: 'same bytes, already encoded', value: encoded.rate },
    },
    {
      name: 'streamed, memory above baseline',
      value: streamed.extra,
      unit: 'MB',
      aim: 64,
      limit: { name: 'JSON.stringify', value: stringify.extra },
    },
    { name: 'streamed, baseline', value: streamed.baseline, unit: 'MB' },
    { name: 'JSON.stringify, rate', value: stringify.rate, unit: 'MB/s', samples: stringify.rates },
  ],
);
process.stdout.write(
  `  bytes at the server: ${isSame ? 'the same as of JSON.stringify' : 'DIFFERENT'} (${ours?.bytes ?? 0}, SHA-256)\n`,
);
