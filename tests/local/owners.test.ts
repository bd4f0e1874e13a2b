/** Several commands on one data folder: one owns it, the others read beside it or hand it their orders. */
import { readFile, writeFile } from 'node:fs/promises';
import { once } from 'node:events';
import { connect } from 'node:net';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startCheckedPractice, type CheckedPractice } from '../support/checked-practice.ts';
import { jpeg } from '../support/pictures.ts';
import { temporaryFolder, writeTree, type TemporaryFolder } from '../support/tree.ts';
import { accountOf, begin, patOf, reportIn, tagalong, type Ended } from './command.ts';

let practice: CheckedPractice;
let folder: TemporaryFolder;
let pat: { readonly env: Record<string, string> };

const at = (name: string): string => path.join(folder.path, name);
const words = (command: string, name: string, dataDir: string): string[] => [
  command,
  at(name),
  '--data-dir',
  at(dataDir),
  ...accountOf(practice),
];

beforeAll(async () => {
  practice = await startCheckedPractice();
  pat = { env: patOf(practice) };
  folder = await temporaryFolder();
  for (const [index, name] of [
    'first',
    'second',
    'third',
    'left',
    'right',
    'killed',
    'short',
    'long',
  ].entries()) {
    await writeTree(at(name), {
      'a.jpg': await jpeg({ seed: index * 2 + 1 }),
      'b.jpg': await jpeg({ seed: index * 2 + 2 }),
    });
  }
  await writeTree(at('second'), { 'broken.jpg': 'no picture' });
});
afterAll(async () => {
  await folder[Symbol.asyncDispose]();
  await practice.stop();
});

const json = ({ stdout }: Ended): unknown => JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '');
const inputCount = async (): Promise<number> => (await practice.inputs()).length;

async function until(what: string, condition: () => Promise<boolean>): Promise<void> {
  const giveUpAt = Date.now() + 30_000;
  while (!(await condition())) {
    if (Date.now() > giveUpAt) throw new Error(`Waited in vain until ${what}.`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

it('serves other commands beside a running watch, which then watches their folders too', async () => {
  const watch = begin(words('watch', 'first', 'shared'), pat);
  await watch.shows('Watching the folder; Ctrl-C ends it.');
  await until('the first folder is sent', async () => (await inputCount()) === 2);

  const beside = await tagalong([...words('ingest', 'second', 'shared'), '--json'], pat);
  expect(beside.code).toBe(3);
  expect(reportIn(beside)).toMatchObject({ files: 3, found: 3, uploaded: 2, failed: 1 });
  expect(beside.stderr).toContain('Another Tagalong runs on this data folder: it does the work');

  const reading = (...more: string[]): Promise<Ended> => tagalong([...more, '--data-dir', at('shared')]);
  const status = await reading('status', '--json');
  expect(json(status)).toMatchObject({
    isRunning: true,
    folders: [{ path: at('first') }, { path: at('second') }],
    destinations: [{ counts: { indexed: 4, failed: 1 } }],
  });
  expect((await reading('status')).stdout).toMatch(/^Tagalong is running on this ledger\.\n/u);
  expect(json(await reading('failures', '--json'))).toMatchObject([{ cause: 'cannot-decode' }]);
  expect((await reading('export', '--csv')).stdout.trimEnd().split('\r\n').length).toBeGreaterThan(1);
  expect(json(await reading('retry', '--json'))).toMatchObject({
    queuedCount: 0,
    left: [{ why: 'unchanged', count: 1 }],
    stillFailed: null,
  });
  const dry = await tagalong([...words('ingest', 'third', 'shared'), '--dry-run', '--json'], pat);
  expect(json(dry)).toMatchObject({ dryRun: true, pending: 2 });

  const second = await tagalong(words('watch', 'third', 'shared'), pat);
  expect([second.code, second.stderr]).toEqual([0, expect.stringContaining('watches these folders now')]);
  await writeFile(path.join(at('second'), 'new.jpg'), await jpeg({ seed: 101 }));
  await writeFile(path.join(at('third'), 'new.jpg'), await jpeg({ seed: 102 }));
  await until('new photos of all folders are sent', async () => (await inputCount()) === 8);

  watch.child.kill('SIGINT');
  expect((await watch.ended).code).toBe(130);
  expect(json(await reading('status', '--json'))).toMatchObject({ isRunning: false });
});

it('lets two commands that start at once both do their work', async () => {
  const before = await inputCount();
  const both = await Promise.all(
    ['left', 'right'].map((name) => tagalong([...words('ingest', name, 'raced'), '--json'], pat)),
  );
  expect(both.map(({ code }) => code)).toEqual([0, 0]);
  // Where one takes over from the other, what that had sent counts as there.
  for (const { uploaded, alreadyThere, pending } of both.map(reportIn)) {
    expect({ sum: uploaded + alreadyThere, pending }).toEqual({ sum: 2, pending: 0 });
  }
  expect(await inputCount()).toBe(before + 4);
});

it('watches when the ingest that it met has ended', async () => {
  await practice.setFaults([{ kind: 'slow-indexing', ms: 4000 }]);
  const before = await inputCount();
  const short = begin(words('ingest', 'short', 'taken-over'), pat);
  await until('the first photos are sent', async () => (await inputCount()) === before + 2);
  const watch = begin(words('watch', 'long', 'taken-over'), pat);
  await watch.shows('this one watches when that has ended');
  expect((await short.ended).code).toBe(0);
  await watch.shows('Watching the folder; Ctrl-C ends it.');
  await practice.clearFaults();
  await writeFile(path.join(at('long'), 'new.jpg'), await jpeg({ seed: 103 }));
  await until('the new photo is sent', async () => (await inputCount()) === before + 5);
  watch.child.kill('SIGINT');
  expect((await watch.ended).code).toBe(130);
});

it('drops a connection that speaks another language, or breaks off, and goes on', async () => {
  const watch = begin(words('watch', 'killed', 'strangers'), pat);
  await watch.shows('Watching the folder');
  const name = await readFile(path.join(at('strangers'), 'owner-socket'), 'utf8');
  for (const said of ['GET / HTTP/1.1\r\n\r\n', '{"id":1,"call":"status"', 'null\n']) {
    const stranger = connect(name);
    await once(stranger, 'connect');
    stranger.resume().write(said);
    if (said.startsWith('{')) stranger.destroy();
    else await once(stranger, 'close');
  }
  const status = await tagalong(['status', '--json', '--data-dir', at('strangers')]);
  expect(json(status)).toMatchObject({ isRunning: true });
  const beside = await tagalong([...words('ingest', 'killed', 'strangers'), '--json'], pat);
  expect([beside.code, reportIn(beside)]).toMatchObject([0, { found: 2, pending: 0 }]);
  watch.child.kill('SIGINT');
  expect((await watch.ended).code).toBe(130);
});

it('goes on after an owner was killed', async () => {
  const watch = begin(words('watch', 'killed', 'after-kill'), pat);
  await watch.shows('Watching the folder');
  await until('its name is written', async () => {
    const name = await readFile(path.join(at('after-kill'), 'owner-socket'), 'utf8').catch(() => '');
    return name !== '';
  });
  watch.child.kill('SIGKILL');
  await watch.ended;
  const status = await tagalong(['status', '--json', '--data-dir', at('after-kill')]);
  expect(json(status)).toMatchObject({ isRunning: false });
  const after = await tagalong([...words('ingest', 'killed', 'after-kill'), '--json'], pat);
  expect([after.code, reportIn(after)]).toMatchObject([0, { found: 2, pending: 0 }]);
  expect(await practice.stats()).toMatchObject({ inputsStoredTwice: 0 });
});
