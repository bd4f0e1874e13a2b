/** Thumbnails and renditions of 24-megapixel JPEGs by the worker pool, beside bare sharp in as many processes. */
import { mkdirSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import sharp from 'sharp';
import { createWorkerPool } from '../../electron/engine/workers/pool.ts';
import { forkWorker } from '../../electron/local/fork-worker.ts';
import { renditionKey } from '../../electron/engine/imaging/rendition-recipe.ts';
import { bytesJpeg, variantsOf } from '../support/pictures.ts';
import { temporaryFolder } from '../support/tree.ts';
import type { BareQuestion } from './imaging-bare.ts';
import { median, printFigures, type Figure } from './figures.ts';
import { startSubject } from './measure.ts';

const COUNT = 24;
/** With a photograph's bytes per pixel these are 24 megapixels. */
const FILE_BYTES = 7_500_000;
const ROUNDS = 6;
const WORKERS = availableParallelism();
const KINDS = ['thumbnails', 'rendition'] as const;

await using folder = await temporaryFolder();
const made = path.join(folder.path, 'made');
mkdirSync(made);
const pictures = variantsOf(await bytesJpeg(FILE_BYTES, 24), COUNT);
const sources = await Promise.all(
  pictures.map(async (bytes, index) => {
    const source = path.join(folder.path, `${index}.jpg`);
    await writeFile(source, bytes);
    return source;
  }),
);

const pool = createWorkerPool({
  startWorker: () => forkWorker(),
  size: WORKERS,
  log: { warn: () => undefined },
});
const bare = await Promise.all(Array.from({ length: WORKERS }, () => startSubject('imaging-bare.ts')));

/** As many at a time as there are workers, and one waiting for each, as the engine keeps it. */
async function byPool(kind: (typeof KINDS)[number], round: number): Promise<void> {
  await Promise.all(
    sources.map(async (source, index) => {
      const pictureHash = `${round}${index}`.padStart(64, 'a');
      const common = { path: source, format: 'jpeg', orientation: 1 } as const;
      const answer =
        kind === 'thumbnails'
          ? await pool.run({ kind, ...common, pictureHash, folder: made })
          : await pool.run({
              kind,
              ...common,
              target: path.join(made, `${renditionKey(pictureHash, 1)}.jpg`),
            });
      if (answer.kind !== 'made') throw new Error(`${answer.cause}: ${answer.detail}`);
    }),
  );
}

async function byBare(kind: (typeof KINDS)[number], round: number): Promise<void> {
  const next = sources.entries();
  await Promise.all(
    bare.map(async (subject) => {
      for (const [index, source] of next) {
        const question: BareQuestion = { kind, source, folder: made, name: `bare-${round}-${index}` };
        await subject.ask(question);
      }
    }),
  );
}

const figures: Figure[] = [];
for (const kind of KINDS) {
  const rates: { pool: number[]; bare: number[] } = { pool: [], bare: [] };
  for (let round = 0; round <= ROUNDS; round += 1) {
    for (const [name, make] of [['pool', byPool] as const, ['bare', byBare] as const]) {
      const start = performance.now();
      await make(kind, round);
      if (round > 0) rates[name].push(COUNT / ((performance.now() - start) / 1000));
    }
  }
  const limit = { name: 'bare sharp', value: median(rates.bare) };
  const name = kind === 'thumbnails' ? 'thumbnails 320 and 640' : 'rendition 2048';
  const aim = 0.9 * limit.value;
  figures.push({
    name,
    value: median(rates.pool),
    unit: 'photos/s',
    samples: rates.pool,
    aim,
    wants: 'least',
    limit,
  });
}
await pool.stop();
await Promise.all(bare.map((subject) => subject.stop()));
const { width, height } = await sharp(pictures[0]).metadata();
const size = `${((width * height) / 1e6).toFixed(1)} MP JPEG (${((pictures[0]?.length ?? 0) / 1e6).toFixed(1)} MB)`;
printFigures(`${size}, ${WORKERS} workers, ${ROUNDS} rounds of ${COUNT} in turn`, figures);
