/** How the command ends when not all goes well: exit codes 3, 4 and 130, and what to do then. */
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { startCheckedPractice, type CheckedPractice } from '../support/checked-practice.ts';
import { jpeg } from '../support/pictures.ts';
import { POST } from '../support/practice.ts';
import { temporaryFolder, writeTree, type TemporaryFolder } from '../support/tree.ts';
import { accountOf, begin, ingest, patOf, postCount, tagalong } from './command.ts';

let practice: CheckedPractice;
let folder: TemporaryFolder;

const NAMES = [
  'failed',
  'refused',
  'revoked',
  'quota',
  'waits',
  'offline',
  'stopped',
  'twice',
  'other',
  'none',
];
const at = (name: string): string => path.join(folder.path, name);
const ledger = (name: string): string => path.join(folder.path, 'ledgers', name);

beforeAll(async () => {
  practice = await startCheckedPractice();
  folder = await temporaryFolder();
  for (const [index, name] of NAMES.entries()) {
    await writeTree(at(name), {
      'a.jpg': await jpeg({ seed: index * 2 + 1 }),
      'b.jpg': await jpeg({ seed: index * 2 + 2 }),
    });
  }
  await writeTree(at('failed'), { 'broken.jpg': 'no picture', 'empty.jpg': '' });
});
afterAll(async () => {
  await folder[Symbol.asyncDispose]();
  await practice.stop();
});
beforeEach(async () => {
  await practice.clearFaults();
  await practice.resetStats();
});

it('ends with 3 when photos failed, and names each with its cause and what helps', async () => {
  const { code, report, stderr } = await ingest(practice, ledger('failed'), [at('failed')]);
  expect({ code, report }).toMatchObject({
    code: 3,
    report: { found: 4, uploaded: 2, failed: 2, pending: 0 },
  });
  const failures = [
    { path: path.join(at('failed'), 'broken.jpg'), cause: 'cannot-decode', remedy: 'repair-file' },
    { path: path.join(at('failed'), 'empty.jpg'), cause: 'file-empty', remedy: 'choose-file-again' },
  ];
  expect(report.failures).toMatchObject(failures);
  expect(stderr).toContain('! 1 photo (file-empty): The file is empty.');
  const listed = await tagalong(['failures', '--data-dir', ledger('failed'), '--json']);
  expect([listed.code, JSON.parse(listed.stdout)]).toMatchObject([0, failures]);
  const words = await tagalong(['failures', '--data-dir', ledger('failed')]);
  expect(words.stdout).toContain(`${failures[1]?.path}\n  file-empty: The file is empty.`);
});

it('tries again what the service refused, with retry, and ends with 0 when nothing failed any more', async () => {
  await practice.setFaults([{ kind: 'per-input', code: 30_103, every: 2, details: 'Not today.' }]);
  const first = await ingest(practice, ledger('refused'), [at('refused')]);
  expect(first).toMatchObject({
    code: 3,
    report: { uploaded: 1, failed: 1, failures: [{ cause: 'refused-by-service', remedy: 'retry' }] },
  });
  expect(first.stderr).toMatch(/Not today\.\) Try again: tagalong retry\n/u);
  await practice.clearFaults();
  const retry = ['retry', '--data-dir', ledger('refused'), '--json'];
  const other = await tagalong([...retry, '--cause', 'too-large'], { env: patOf(practice) });
  expect([other.code, JSON.parse(other.stdout)]).toMatchObject([
    3,
    { queuedCount: 0, left: [], stillFailed: 1 },
  ]);
  const retried = await tagalong(retry, { env: patOf(practice) });
  expect([retried.code, JSON.parse(retried.stdout)]).toMatchObject([
    0,
    { queuedCount: 1, left: [], holds: [], stillFailed: 0 },
  ]);
  const again = await ingest(practice, ledger('refused'), [at('refused')]);
  expect(again).toMatchObject({ code: 0, report: { alreadyThere: 2, failed: 0 } });
});

it.each([
  {
    name: 'revoked',
    rule: { kind: 'revoke-pat' } as const,
    hold: 'token-rejected',
    words: 'The service does not accept the personal access token.',
  },
  {
    name: 'quota',
    rule: { kind: 'quota', after: 0 } as const,
    hold: 'over-quota',
    words: 'The quota of the account is used up.',
  },
])('ends with 4 and names the hold: $hold; goes on when it is over', async ({ name, rule, hold, words }) => {
  await practice.setFaults([rule]);
  const held = await ingest(practice, ledger(name), [at(name)]);
  expect(held).toMatchObject({
    code: 4,
    report: { found: 2, uploaded: 0, failed: 0, pending: 2, holds: [{ kind: hold }] },
  });
  expect(held.stderr).toContain(`! ${words}`);
  const status = await tagalong(['status', '--data-dir', ledger(name)]);
  expect(status.stdout).toContain(`! ${words}`);
  await practice.clearFaults();
  const after = await ingest(practice, ledger(name), [at(name)]);
  expect(after).toMatchObject({ code: 0, report: { uploaded: 2, pending: 0, holds: [] } });
});

it('ends with 4 when there is no token, or the app does not exist', async () => {
  const words = ['ingest', at('none'), '--data-dir', ledger('none'), '--json'];
  const noToken = await tagalong([...words, ...accountOf(practice)]);
  expect(noToken).toMatchObject({ code: 4, stderr: expect.stringContaining('personal access token') });
  const noApp = await tagalong([...words, ...accountOf({ ...practice, appId: 'nobody' })], {
    env: patOf(practice),
  });
  expect(noApp).toMatchObject({ code: 4, stderr: expect.stringContaining('app does not exist') });
});

/** On a busy machine the time may be over before anything was looked at; the same command goes on. */
function againUntil(check: () => Promise<void>): Promise<void> {
  return vi.waitFor(check, { timeout: 40_000, interval: 0 });
}

it('ends with 4 when --wait runs out, and says how to go on', async () => {
  await practice.setFaults([{ kind: 'never-index' }]);
  await againUntil(async () => {
    const { code, report, stderr } = await ingest(practice, ledger('waits'), [at('waits'), '--wait', '1.5']);
    expect(stderr).toContain('The time given by --wait is over. Run the same command again to go on.');
    expect({ code, report }).toMatchObject({ code: 4, report: { found: 2, pending: 2 } });
  });
});

it('waits for a service that cannot be reached, and names that when --wait runs out', async () => {
  const nowhere = { ...practice, apiBase: 'http://127.0.0.1:1' };
  await againUntil(async () => {
    const { code, report } = await ingest(nowhere, ledger('offline'), [at('offline'), '--wait', '2']);
    expect({ code, report }).toMatchObject({ code: 4, report: { pending: 2, holds: [{ kind: 'offline' }] } });
  });
});

/** Starts an ingest and resolves when its POST has arrived and waits for the reply. */
async function beginSending(name: string) {
  await practice.setFaults([{ kind: 'delay', ms: 30_000, on: POST }]);
  const words = ['ingest', at(name), '--data-dir', ledger(name), ...accountOf(practice)];
  const running = begin(words, { env: patOf(practice) });
  while ((await postCount(practice)) === 0) {
    if (running.child.exitCode !== null) throw new Error(running.said());
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return running;
}

it('stops in order on Ctrl-C, says how to go on, and a second run completes without a duplicate', async () => {
  const running = await beginSending('stopped');
  running.child.kill('SIGINT');
  const stopped = await running.ended;
  expect(stopped).toMatchObject({
    code: 130,
    stdout: expect.stringContaining('Stopped. Nothing is lost: run the same command again to go on.'),
    stderr: expect.stringContaining('Stopping in order; Ctrl-C again stops at once.'),
  });
  expect(stopped.stdout).toMatch(/pending {14}2\n/u);
  await practice.clearFaults();
  const after = await ingest(practice, ledger('stopped'), [at('stopped')]);
  expect(after).toMatchObject({ code: 0, report: { found: 2, pending: 0, failed: 0 } });
  expect(await practice.stats()).toMatchObject({ inputsStoredTwice: 0 });
});

it('stops at once on a second Ctrl-C', async () => {
  const running = await beginSending('twice');
  running.child.kill('SIGINT');
  await running.shows('Ctrl-C again');
  running.child.kill('SIGINT');
  expect((await running.ended).code).toBe(130);
  await practice.clearFaults();
  const after = await ingest(practice, ledger('twice'), [at('twice')]);
  expect(after).toMatchObject({ code: 0, report: { found: 2, pending: 0, failed: 0 } });
  expect(await practice.stats()).toMatchObject({ inputsStoredTwice: 0 });
});

/** Runs before the command: does something to its process. */
const before = (script: string): { readonly NODE_OPTIONS: string } => ({
  NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(script)}`,
});

it.skipIf(process.platform === 'win32')('says one sentence of what nothing took care of', async () => {
  const script = 'process.on("SIGUSR2", () => { throw new Error("quite odd"); })';
  const running = begin(['practice', '--data-dir', at('odd')], { env: before(script) });
  await running.shows('PAT: ');
  running.child.kill('SIGUSR2');
  expect(await running.ended).toMatchObject({
    code: 1,
    stderr: 'tagalong: unexpected: quite odd; details in the log (tagalong.log in the data folder)\n',
  });
});

it('ends as interrupted when something fails after Ctrl-C', async () => {
  const script =
    'const timer = setInterval(() => { if (process.listenerCount("SIGINT") > 0) { clearInterval(timer); process.emit("SIGINT"); } }, 1)';
  await writeTree(at('early'), { practice: 'a file in the way of the practice account' });
  const words = ['ingest', at('other'), '--practice', '--data-dir', at('early')];
  expect(await tagalong(words, { env: before(script) })).toMatchObject({
    code: 130,
    stdout: '',
    stderr: expect.stringMatching(/Stopped\. Nothing is lost: run the same command again to go on\.\n$/u),
  });
});
