/** What `tagalong ingest` sends, says and writes. */
import { link, readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { startCheckedPractice, type CheckedPractice } from '../support/checked-practice.ts';
import { avif, jpeg, png, rawLike } from '../support/pictures.ts';
import { temporaryFolder, writeTree, type TemporaryFolder } from '../support/tree.ts';
import { accountOf, ingest, patOf, postCount, reportIn, tagalong } from './command.ts';
import type { Plan } from '#shared/queue.ts';

let practice: CheckedPractice;
let folder: TemporaryFolder;

/** The folder that a test takes in. */
const at = (name: string): string => path.join(folder.path, name);
/** A data folder of its own. */
const ledger = (name: string): string => path.join(folder.path, 'ledgers', name);
const known = async (): Promise<Set<string>> => new Set((await practice.inputs()).map(({ id }) => id));

// All pictures are made beforehand: files that were written this moment have to stand still for two seconds.
beforeAll(async () => {
  practice = await startCheckedPractice();
  folder = await temporaryFolder();
  let seed = 1;
  const picture = (): Promise<Buffer> => jpeg({ seed: seed++ });
  const [first, second] = [await picture(), await picture()];
  await writeTree(folder.path, {
    json: { 'a.jpg': await picture(), 'deep/b.jpg': await picture(), 'notes.txt': 'x' },
    plain: { 'a.jpg': await picture() },
    tags: { 'a.jpg': await picture(), 'b.jpg': await picture() },
    patterns: {
      'a.jpg': await picture(),
      'b.PNG': await png({ seed: 77 }),
      'rejects/c.jpg': await picture(),
      'rejects/deep/d.jpg': await picture(),
    },
    copies: { 'a.jpg': first, 'copies/A copy.jpeg': first, 'b.jpg': second, 'B.JPG': second },
    one: { 'a.jpg': await picture() },
    two: { 'b.jpg': await picture() },
    dry: {
      'a.jpg': await picture(),
      'b.jpg': await picture(),
      'broken.jpg': 'no picture',
      'later.nef': rawLike(),
      'e.avif': await avif({ seed: seed++ }),
    },
    own: { 'a.jpg': await picture() },
    'empty/': {},
  });
  await link(path.join(at('copies'), 'a.jpg'), path.join(at('copies'), 'hard link.jpg'));
});
afterAll(async () => {
  await folder[Symbol.asyncDispose]();
  await practice.stop();
});
beforeEach(() => practice.resetStats());

it('reports in one JSON object, the last line of standard output, and in words on standard error', async () => {
  const words = ['ingest', at('json'), '--data-dir', ledger('json'), ...accountOf(practice), '--json'];
  const ended = await tagalong(words, { env: patOf(practice) });
  expect(ended.code).toBe(0);
  expect(ended.stdout.trimEnd().split('\n').length).toBe(1);
  const stats = await practice.stats();
  const requestCount = Object.values(stats.requests).reduce((sum, { count }) => sum + count, 0);
  expect(reportIn(ended)).toStrictEqual({
    files: 2,
    found: 2,
    uploaded: 2,
    alreadyThere: 0,
    skipped: 0,
    failed: 0,
    pending: 0,
    batches: 1,
    requests: requestCount,
    bytesSent: stats.bodyBytes,
    seconds: expect.any(Number) as number,
    holds: [],
    failures: [],
    skips: [],
    recovered: [],
    unreadable: [],
    tagsPending: 0,
    tagsRefused: 0,
    notices: [],
  });
  expect(ended.stderr).toMatch(/2 photos in 2 files, [\d.]+ s\n {2}uploaded {13}2 {3}in 1 batch, /u);
});

it('says the same in plain lines where there is no terminal and no --json', async () => {
  const words = ['ingest', at('plain'), '--data-dir', ledger('plain'), ...accountOf(practice)];
  const { code, stdout, stderr } = await tagalong(words, { env: patOf(practice) });
  expect(code).toBe(0);
  expect(stdout).toMatch(
    /^1 photo in 1 file, [\d.]+ s\n {2}uploaded {13}1 {3}in 1 batch, \d+ kB\n {2}already there {8}0\n$/u,
  );
  expect(stderr).not.toContain('\r');
  expect(stderr).not.toContain('\u001B');
});

it('sends concepts, their absence and metadata with every input', async () => {
  const before = await known();
  const { code } = await ingest(practice, ledger('tags'), [
    at('tags'),
    '--concept',
    'coast',
    '--concept',
    'Große Fahrt',
    '--not-concept',
    'indoor',
    '--metadata',
    '{"shoot":"Coast","day":2,"crew":["Ann","Bo"]}',
  ]);
  expect(code).toBe(0);
  const inputs = (await practice.inputs()).filter(({ id }) => !before.has(id));
  const expected = {
    metadata: { shoot: 'Coast', day: 2, crew: ['Ann', 'Bo'] },
    concepts: { coast: 1, [(await slugOf('Große Fahrt')) ?? '']: 1, indoor: 0 },
  };
  expect(inputs.map(({ concepts, metadata }) => ({ concepts, metadata }))).toEqual([expected, expected]);
});

/** The id of a concept of the account, by its name. */
async function slugOf(name: string): Promise<string | undefined> {
  const reply = await (await practice.call('GET', '/concepts?per_page=1000')).json();
  return (reply as { concepts: { id: string; name: string }[] }).concepts.find((one) => one.name === name)
    ?.id;
}

it('leaves out what the patterns name, and takes it in when they are gone', async () => {
  const patterns = ['--exclude', '*.png', '--exclude', 'rejects/**'];
  const first = await ingest(practice, ledger('patterns'), [at('patterns'), ...patterns]);
  expect(first).toMatchObject({ code: 0, report: { files: 1, found: 1, uploaded: 1 } });
  const second = await ingest(practice, ledger('patterns'), [at('patterns')]);
  expect(second).toMatchObject({ code: 0, report: { files: 4, found: 4, uploaded: 3, alreadyThere: 1 } });
});

it('sends a picture once, however many files hold it', async () => {
  const names = await readdir(at('copies'), { recursive: true });
  const files = names.filter((name) => /\.jpe?g$/iu.test(name)).length;
  // Where b.jpg and B.JPG are one name there is one file less.
  expect(files).toBeGreaterThanOrEqual(4);
  const { code, report } = await ingest(practice, ledger('copies'), [at('copies')]);
  expect({ code, report }).toMatchObject({ code: 0, report: { files, found: 2, uploaded: 2 } });
});

it('takes several folders at once, one named twice', async () => {
  const folders = [at('one'), at('two'), `${at('one')}/../one/`];
  const { report } = await ingest(practice, ledger('several'), folders);
  expect(report).toMatchObject({ files: 2, found: 2, uploaded: 2 });
});

it('says beforehand with --dry-run what it then does, and leaves no trace', async () => {
  const words = [at('dry'), '--concept', 'coast'];
  const dry = await ingest(practice, ledger('dry'), [...words, '--dry-run']);
  await expect(readdir(ledger('dry'))).rejects.toThrow('ENOENT');
  expect((await practice.stats()).requests).toEqual({});
  const real = await ingest(practice, ledger('dry'), words);
  expect(real).toMatchObject({ code: 3, report: { uploaded: 3, failed: 1, skipped: 1, pending: 0 } });
  const { files, found, skipped, failures, skips } = real.report;
  expect(dry).toMatchObject({
    code: 3,
    report: { dryRun: true, files, found, skipped, failures, skips, pending: 3, requests: 0, batches: 0 },
  });
  // The plan is the sending's own.
  const { plan } = dry.report as unknown as { readonly plan: Plan };
  expect(plan).toMatchObject({ photoCount: 3, unaskedCount: 3, batches: { value: real.report.batches } });
  expect(plan.bodyBytes.value / real.report.bytesSent).toBeCloseTo(1, 1);
  expect(dry.stderr).toMatch(/^Would be sent: 3 photos, about [\d.]+ [kM]B in about 1 batch$/mu);
  expect(dry.stderr).toMatch(
    /^ {2}The account was not asked about 3 of them: what it has is not sent again\.$/mu,
  );

  // Beside a ledger it knows what is there, and still writes nothing.
  await practice.resetStats();
  await writeFile(path.join(at('dry'), 'new.jpg'), await jpeg({ seed: 5000 }));
  const second = await ingest(practice, ledger('dry'), [...words, '--dry-run']);
  expect(second.report).toMatchObject({
    alreadyThere: 3,
    pending: 1,
    plan: { photoCount: 1, thereCount: 3 },
  });
  expect((await practice.stats()).requests).toEqual({});
  const third = await ingest(practice, ledger('dry'), words);
  expect(third.report).toMatchObject({ uploaded: 1, alreadyThere: 3 });
});

it('goes to the practice account of its own when no account is named', async () => {
  const words = ['ingest', at('own'), '--data-dir', ledger('own'), '--json'];
  const first = await tagalong(words);
  const again = await tagalong([...words, '--practice'], {
    env: { CLARIFAI_USER_ID: 'jane', CLARIFAI_APP_ID: 'trips', CLARIFAI_PAT: 'x' },
  });
  expect([first.code, again.code]).toEqual([0, 0]);
  expect([reportIn(first), reportIn(again)]).toMatchObject([
    { uploaded: 1, alreadyThere: 0 },
    { uploaded: 0, alreadyThere: 1 },
  ]);
  expect(await postCount(practice)).toBe(0);
});

it('is content with a folder that holds nothing', async () => {
  const { code, report } = await ingest(practice, ledger('empty'), [at('empty')]);
  expect({ code, report }).toMatchObject({ code: 0, report: { files: 0, found: 0, failures: [] } });
});
