/** Watching 100,000 files in 1,000 folders, beside a bare `@parcel/watcher` and chokidar on the whole tree. */
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { temporaryFolder } from '../support/tree.ts';
import { median, printFigures } from './figures.ts';
import { writeManyFiles } from './many-files.ts';
import { megabytes, startSubject } from './measure.ts';
import type { WatchAnswer } from './watching-subject.ts';

const COUNT = 100_000;
const RUNS = 5;
const WAYS = ['tagalong', 'parcel', 'chokidar'] as const;

await using folder = await temporaryFolder();
const root = path.join(folder.path, 'photos');
mkdirSync(root);
const lastFolder = path.dirname(path.join(root, writeManyFiles(root, COUNT).at(-1) ?? ''));

const answers: Record<(typeof WAYS)[number], WatchAnswer[]> = { tagalong: [], parcel: [], chokidar: [] };
for (let run = 0; run <= RUNS; run += 1) {
  for (const way of WAYS) {
    const subject = await startSubject('watching-subject.ts', [way, root]);
    const newFile = path.join(lastFolder, `new-${run}-${way}.jpg`);
    const answer = await subject.ask<WatchAnswer>({ newFile });
    await subject.stop();
    // The first round only warms the system's caches.
    if (run > 0) answers[way].push(answer);
  }
}

function facts(way: (typeof WAYS)[number]) {
  const found = answers[way];
  return {
    ready: found.map(({ readyMs }) => readyMs),
    told: found.map(({ toldMs }) => toldMs),
    extra: found.map((one) => megabytes(one.peakBytes - one.baselineBytes)),
    watchCount: found[0]?.watchCount ?? null,
  };
}
const [ours, parcel, chokidar] = [facts('tagalong'), facts('parcel'), facts('chokidar')];
const watches = { value: ours.watchCount ?? Number.NaN, unit: '', aim: COUNT / 100 + 1 };

printFigures(
  `Watching ${COUNT.toLocaleString('en')} files in ${COUNT / 100} folders, ${RUNS} processes each`,
  [
    {
      name: 'ready',
      value: median(ours.ready),
      samples: ours.ready,
      aim: 1500,
      limit: { name: '@parcel/watcher', value: median(parcel.ready) },
    },
    {
      name: 'memory above baseline',
      value: median(ours.extra),
      unit: 'MB',
      samples: ours.extra,
      aim: 120,
      limit: { name: '@parcel/watcher', value: median(parcel.extra) },
    },
    {
      name: 'OS watches',
      ...watches,
      ...(parcel.watchCount === null ? {} : { limit: { name: '@parcel/watcher', value: parcel.watchCount } }),
    },
    {
      name: 'a new file is told after',
      value: median(ours.told),
      samples: ours.told,
      limit: { name: '@parcel/watcher', value: median(parcel.told) },
    },
    { name: 'chokidar: ready', value: median(chokidar.ready), samples: chokidar.ready },
    { name: 'chokidar: memory above baseline', value: median(chokidar.extra), unit: 'MB' },
  ],
);
