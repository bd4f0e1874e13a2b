/** The promises of the whole program on a thousand pictures, through the real command. */
import { createHash } from 'node:crypto';
import { cp, mkdir, readdir, readFile, rename } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { ingest, postCount } from '../local/command.ts';
import { startCheckedPractice, type CheckedPractice } from '../support/checked-practice.ts';
import { exiftool } from '../support/exiftool.ts';
import { makePictures } from '../support/pictures.ts';
import type { IngestReport } from '#shared/report.ts';
import { temporaryFolder, type TemporaryFolder } from '../support/tree.ts';

vi.setConfig({ testTimeout: 120_000 });

const SAMPLES = path.join(import.meta.dirname, '../../electron/local/demo/photos');
const MADE_COUNT = 1000;
/** What ExifTool writes into; the others are left as they are. */
const WRITABLE = /\.(?:jpe?g|png|webp|tiff?|gif|avif)$/iu;
const PHOTO = /\.(?:jpe?g|png|webp|tiff?|gif|avif|bmp)$/iu;

let folder: TemporaryFolder;
let shoot: string;

/** All files below the shoot that are photos, as absolute paths. */
async function photosIn(root: string): Promise<string[]> {
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && PHOTO.test(entry.name))
    .map((entry) => path.join(entry.parentPath, entry.name))
    .toSorted();
}

async function digestOf(paths: readonly string[]): Promise<string> {
  const hash = createHash('sha256');
  for (const one of paths) hash.update(one).update(await readFile(one));
  return hash.digest('hex');
}

beforeAll(async () => {
  folder = await temporaryFolder();
  shoot = path.join(folder.path, 'shoot');
  await makePictures(shoot, { count: MADE_COUNT, seed: 11 });
  if (existsSync(SAMPLES)) await cp(SAMPLES, path.join(shoot, 'samples'), { recursive: true });
}, 60_000);
afterAll(() => folder[Symbol.asyncDispose]());

describe.each([
  { sends: 'sized copies', words: [], refused: /^$/u },
  // The service takes no AVIF; whoever wants originals sent is told so instead of getting a copy sent.
  { sends: 'the files as they are', words: ['--original'], refused: /\.avif$/u },
])('a thousand mixed pictures, sending $sends', ({ words, refused }) => {
  let practice: CheckedPractice;
  let root: string;
  let dataDir: string;
  let refusedFiles: string[];
  let taken: { readonly code: number; readonly report: Partial<IngestReport> };
  const take = (more: readonly string[] = [], ledger = dataDir) =>
    ingest(practice, ledger, [root, ...words, ...more]);

  beforeAll(async () => {
    practice = await startCheckedPractice();
    dataDir = path.join(folder.path, `ledger-${words.length}`);
    root = path.join(folder.path, `shoot-${words.length}`);
    await cp(shoot, root, { recursive: true, preserveTimestamps: true });
    const files = await photosIn(root);
    refusedFiles = files.filter((file) => refused.test(file));
    const failed = refusedFiles.length;
    taken = {
      code: failed === 0 ? 0 : 3,
      report: {
        files: files.length,
        found: files.length,
        uploaded: 0,
        alreadyThere: files.length - failed,
        failed,
        pending: 0,
        tagsPending: 0,
        tagsRefused: 0,
      },
    };
  });
  afterAll(() => practice.stop());

  it('ends with every picture indexed once, and the files as they were', async () => {
    const files = await photosIn(root);
    const before = await digestOf(files);
    const { code, report } = await take();
    expect(report.failures.map(({ path: file, cause }) => [file, cause])).toEqual(
      refusedFiles.map((file) => [file, 'format-not-accepted']),
    );
    const uploaded = files.length - refusedFiles.length;
    expect({ code, report }).toMatchObject({
      ...taken,
      report: { ...taken.report, uploaded, alreadyThere: 0 },
    });
    const inputs = await practice.inputs();
    expect(inputs.length).toBe(uploaded);
    expect(inputs.filter((input) => input.status !== 30_000)).toEqual([]);
    expect(await practice.stats()).toMatchObject({ inputsStoredTwice: 0 });
    expect(await digestOf(files)).toBe(before);
  });

  it.each([
    { again: 'a second run', more: [], ledger: 'the same' },
    { again: 'a new data folder', more: [], ledger: 'new' },
    { again: 'a run with another concept', more: ['--concept', 'coast'], ledger: 'the same' },
  ])('posts nothing in $again', async ({ more, ledger }) => {
    await practice.resetStats();
    const { code, report } = await take(more, ledger === 'new' ? `${dataDir}-new` : dataDir);
    expect({ code, report }).toMatchObject(taken);
    expect(await postCount(practice)).toBe(0);
  });

  it('has tagged every picture with the other concept', async () => {
    const inputs = await practice.inputs();
    expect(inputs.filter(({ concepts }) => concepts['coast'] !== 1)).toEqual([]);
  });

  it('posts nothing after renaming half, moving a quarter and rewriting the metadata of the rest', async () => {
    const files = await photosIn(root);
    const half = files.length / 2;
    const threeQuarters = files.length * 0.75;
    await mkdir(path.join(root, 'selects', 'deep'), { recursive: true });
    for (const [index, file] of files.entries()) {
      const { dir, name, ext } = path.parse(file);
      if (index < half) await rename(file, path.join(dir, `Coast ${index}${ext}`));
      else if (index < threeQuarters)
        await rename(file, path.join(root, 'selects', 'deep', `${name}-${index}${ext}`));
    }
    const rest = files.slice(Math.ceil(threeQuarters)).filter((file) => WRITABLE.test(file));
    expect(rest.length).toBeGreaterThan(MADE_COUNT / 5);
    const before = await digestOf(rest);
    await exiftool([
      '-q',
      '-overwrite_original',
      '-XMP-dc:Subject=sea',
      '-XMP-dc:Subject=wind',
      '-XMP-xmp:Rating=4',
      '-XMP-dc:Description=Rewritten by another program, at some length.',
      ...rest,
    ]);
    expect(await digestOf(rest)).not.toBe(before);
    await practice.resetStats();
    const { code, report } = await take();
    expect({ code, report }).toMatchObject(taken);
    expect(await postCount(practice)).toBe(0);
    const inputs = files.length - refusedFiles.length;
    expect(await practice.stats()).toMatchObject({ inputs, inputsStoredTwice: 0 });
  });

  it('sends copies of what could not go as it is, and nothing else, when asked for copies', async () => {
    await practice.resetStats();
    const { code, report } = await ingest(practice, dataDir, [root]);
    const { found } = report;
    expect({ code, report }).toMatchObject({
      code: 0,
      report: { uploaded: refusedFiles.length, alreadyThere: found - refusedFiles.length },
    });
    expect(await practice.stats()).toMatchObject({ inputs: found, inputsStoredTwice: 0 });
  });
});
