/** What goes on by itself: after the practice account died, beside one that runs, and with a token that was put right. */
import { chmod, mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { startEngine } from '../../electron/engine/engine.ts';
import { createPracticeProcess, type PracticeProcess } from '../../electron/host/practice-process.ts';
import { createTerminalHost } from '../../electron/local/terminal-host.ts';
import { startCheckedPractice } from '../support/checked-practice.ts';
import { jpeg } from '../support/pictures.ts';
import { temporaryFolder, writeTree, type TemporaryFolder } from '../support/tree.ts';
import { accountOf, begin, reportIn, tagalong } from './command.ts';

let folder: TemporaryFolder;
let photos: string;
const at = (name: string): string => path.join(folder.path, name);

beforeAll(async () => {
  folder = await temporaryFolder();
  photos = at('photos');
  await writeTree(photos, { 'a.jpg': await jpeg({ seed: 1 }), 'b.jpg': await jpeg({ seed: 2 }) });
});
afterAll(() => folder[Symbol.asyncDispose]());

async function until(what: string, condition: () => Promise<boolean> | boolean): Promise<void> {
  const giveUpAt = Date.now() + 40_000;
  while (!(await condition())) {
    if (Date.now() > giveUpAt) throw new Error(`Waited in vain until ${what}.`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** Kills it and waits until there is another process. */
async function killOnce(practice: PracticeProcess): Promise<void> {
  const pid = practice.pid();
  if (pid === null) throw new Error('There is no process to kill.');
  process.kill(pid, 'SIGKILL');
  await until('another process is there', () => practice.pid() !== pid);
}

it('starts a practice account that was killed again, at its place, and the ingest goes on', async () => {
  const dataFolder = at('killed');
  const host = createTerminalHost(dataFolder, {});
  const practice = createPracticeProcess(path.join(dataFolder, 'practice'), host.log);
  const engine = await startEngine(
    { ...host, practice: () => practice.address() },
    { watches: true, resumesAll: false, workerCount: 1 },
  );
  onTestFinished(async () => {
    await engine.stop();
    await practice.stop();
    await host.stop();
  });
  const order = {
    destination: null,
    concepts: [],
    notConcepts: [],
    exclude: [],
    sends: 'rendition',
  } as const;
  const before = await practice.address();
  // Ctrl-C in the terminal reaches it too; it leaves the end to its parent.
  process.kill(practice.pid() ?? -1, 'SIGINT');
  const { runId } = await engine.api.startIngest({ ...order, folders: [photos] });
  await killOnce(practice);
  await until('all is indexed', async () => {
    const { counts } = await engine.api.ingestProgress({ runId });
    return counts.indexed === 2;
  });
  await killOnce(practice);
  expect(await practice.address()).toEqual(before);
});

it('does not remember a start that failed', async () => {
  const dataFolder = at('blocked');
  await writeFile(dataFolder, 'a file where the folder should be');
  const practice = createPracticeProcess(dataFolder, { warn: () => undefined });
  onTestFinished(() => practice.stop());
  await expect(practice.address()).rejects.toThrow();
  await rm(dataFolder);
  expect(await practice.address()).toMatchObject({ userId: 'practice' });
});

it('uses a practice account that runs already on the same data folder', async () => {
  const practice = begin(['practice', '--data-dir', at('beside')]);
  await practice.shows('PAT: ');
  const ended = await tagalong(['ingest', photos, '--data-dir', at('beside'), '--json']);
  practice.child.kill('SIGINT');
  await practice.ended;
  expect([ended.code, reportIn(ended).uploaded]).toEqual([0, 2]);
});

it.skipIf(process.platform === 'win32')('notices a token that was put right while it runs', async () => {
  const practice = await startCheckedPractice();
  onTestFinished(() => practice.stop());
  await mkdir(at('token'));
  const file = path.join(at('token'), 'pat');
  await writeFile(file, `${practice.apiBase} wrong\n`);
  await chmod(file, 0o644);
  const watch = begin(['watch', photos, '--data-dir', at('token'), ...accountOf(practice)]);
  const hold = async (): Promise<string> => {
    const { stdout } = await tagalong(['status', '--data-dir', at('token'), '--json']);
    return stdout;
  };
  await watch.shows('Watching');
  await until('the open file is named', async () => (await hold()).includes('chmod 600'));
  await chmod(file, 0o600);
  await until('the wrong token is refused', async () => {
    const said = await hold();
    return said.includes('token-rejected') && !said.includes('chmod 600');
  });
  await writeFile(file, `${practice.apiBase} ${practice.pat}\n`);
  await until('all is sent', async () => (await practice.inputs()).length === 2);
  watch.child.kill('SIGINT');
  expect((await watch.ended).code).toBe(130);
});
