/** Steering from the terminal: alone on a data folder, and as orders to the owner that runs. */
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { HOLDS } from '#shared/problems.ts';
import { LEDGER_FILE } from '../../electron/engine/engine.ts';
import { openLedger } from '../../electron/engine/ledger/ledger.ts';
import { startCheckedPractice, type CheckedPractice } from '../support/checked-practice.ts';
import { jpeg } from '../support/pictures.ts';
import { temporaryFolder, writeTree, type TemporaryFolder } from '../support/tree.ts';
import { accountOf, begin, patOf, tagalong } from './command.ts';

let practice: CheckedPractice;
let folder: TemporaryFolder;
beforeAll(async () => {
  practice = await startCheckedPractice();
  folder = await temporaryFolder();
});
afterAll(async () => {
  await folder[Symbol.asyncDispose]();
  await practice.stop();
});

const at = (name: string): string => path.join(folder.path, name);
const steer = async (dataDir: string, ...words: string[]) => {
  const { code, stdout, stderr } = await tagalong([...words, '--data-dir', at(dataDir)]);
  return { code, said: stdout + stderr };
};

it('keeps what is chosen, and shows it', async () => {
  expect(
    await steer('alone', 'sending', '--order', 'newest', '--limit', '1.5', '--requests', '2'),
  ).toMatchObject({
    code: 0,
    said: expect.stringMatching(/Order +newest\nRequests at once +2\nLimit +1\.5 MB\/s/u) as string,
  });
  const { said } = await steer('alone', 'sending', '--json');
  expect(JSON.parse(said)).toEqual({
    order: 'newest',
    batchesInFlight: 2,
    limit: 1_500_000,
    timetable: [],
    now: { limit: 1_500_000, isTimed: false, until: null },
  });
  expect((await steer('alone', 'sending', '--limit', 'none')).said).toContain('Limit             none');
});

it.each([
  [['sending', '--limit', '0'], /MB\/s from 0\.01 to 1000/u],
  [['sending', '--requests', '9'], /whole number from 1 to 8/u],
  [['sending', '--order', 'random'], /Allowed choices are found, newest/u],
  [['pause', '--for', 'long'], /as 90m, 2h or 1h30m/u],
  [['pause', '--until', '25:00'], /a time as 18:00/u],
  [['pause', '--for', '1h', '--until', '18:00'], /cannot be used with/u],
  [['pause', 'nowhere'], /nowhere is not watched/u],
])('refuses %j in words', async (words, says) => {
  expect(await steer('alone', ...words)).toEqual({ code: 2, said: expect.stringMatching(says) as string });
});

it('pauses and resumes the owner that runs, of everything and of one folder', async () => {
  await writeTree(at('card'), { 'a.jpg': await jpeg({ seed: 1 }) });
  const watch = begin(['watch', at('card'), '--data-dir', at('shared'), ...accountOf(practice)], {
    env: patOf(practice),
  });
  const inputCount = async (): Promise<number> => (await practice.inputs()).length;
  const until = async (count: number): Promise<void> => {
    const giveUpAt = Date.now() + 30_000;
    while ((await inputCount()) !== count) {
      if (Date.now() > giveUpAt) throw new Error(`There are ${await inputCount()} inputs, not ${count}.`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  };
  await until(1);
  expect(await steer('shared', 'pause', '--for', '2h')).toEqual({
    code: 0,
    said: expect.stringMatching(/^Sending is paused until .*\d:\d\d.*\.\n$/u) as string,
  });
  await writeTree(at('card'), { 'b.jpg': await jpeg({ seed: 2 }) });
  const status = async (): Promise<string> => (await steer('shared', 'status')).said;
  const shows = async (words: RegExp): Promise<void> => {
    const giveUpAt = Date.now() + 30_000;
    while (!words.test(await status())) {
      if (Date.now() > giveUpAt) throw new Error(`It never said ${String(words)}: ${await status()}`);
    }
  };
  await shows(/queued +1/u);
  expect(await status()).toContain('Sending is paused.');
  expect(await inputCount()).toBe(1);
  expect((await steer('shared', 'pause', at('card'))).code).toBe(0);
  expect((await steer('shared', 'resume')).said).toBe('The pause is over.\n');
  expect(await status()).not.toContain('Sending is paused.');
  expect((await steer('shared', 'resume', at('card'))).code).toBe(0);
  await until(2);
  watch.child.kill('SIGINT');
  await watch.ended;
});

it('says after a resume what else is in the way, also alone on its data folder', async () => {
  await mkdir(at('refused'));
  const ledger = openLedger(path.join(at('refused'), LEDGER_FILE));
  for (const appId of ['one', 'two']) {
    const { id } = ledger.destinations.ensure({ baseUrl: 'https://api.test', userId: 'me', appId }, 1);
    ledger.holds.place(id, 'token-rejected', { at: 1, until: null, detail: null });
  }
  ledger.close();
  await steer('refused', 'pause');
  expect((await steer('refused', 'resume')).said).toBe(
    `The pause is over. ${HOLDS['token-rejected'].sentence}\n`,
  );
});
