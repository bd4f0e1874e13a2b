/**
 * Whatever goes wrong is said without the token, the home folder or a position: many errors are provoked over the line
 * that a page has, with all three planted, and the sentences, the log, what is exported and what is printed searched.
 */
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { startCommand } from '../support/engine-process.ts';
import { exiftool } from '../support/exiftool.ts';
import { jpeg } from '../support/pictures.ts';
import { temporaryFolder, writeTree } from '../support/tree.ts';
import { startWindowAccount } from '../support/window-account.ts';
import { startWindowHost } from '../support/window-host.ts';

const WAIT = { timeout: 30_000 };
const LATITUDE = '47.376887';
const LONGITUDE = '8.541694';
/** What the owner asks for as a path stays one: to be copied, opened, given to another program. */
const PATHS = new Set(['path', 'ledgerPath']);

test('no error names the token, the home folder or a position, whoever it is shown to', async () => {
  const folder = await temporaryFolder();
  onTestFinished(() => folder[Symbol.asyncDispose]());
  const home = path.join(folder.path, 'home', 'jane');
  const shoot = path.join(home, 'Pictures', 'shoot');
  const gone = path.join(home, 'Pictures', 'gone');
  const dataFolder = path.join(home, 'tagalong');
  mkdirSync(dataFolder, { recursive: true });
  const [first = ''] = await writeTree(shoot, {
    'DSC_1.jpg': await jpeg({ seed: 811 }),
    'DSC_2.jpg': await jpeg({ seed: 812 }),
    'broken.jpg': 'no picture',
  });
  await writeTree(gone, { 'DSC_3.jpg': await jpeg({ seed: 813 }) });
  await exiftool([
    `-EXIF:GPSLatitude=${LATITUDE}`,
    '-EXIF:GPSLatitudeRef=N',
    `-EXIF:GPSLongitude=${LONGITUDE}`,
    '-EXIF:GPSLongitudeRef=E',
    '-overwrite_original',
    first,
  ]);
  const account = await startWindowAccount(path.join(folder.path, 'account'));
  onTestFinished(() => account.stop());
  const { pat, ...names } = account.names;
  const host = await startWindowHost({ dataFolder, home });
  onTestFinished(() => host.stop());
  const { line } = host;
  const secrets = { token: pat, home, user: '/jane', latitude: LATITUDE, longitude: LONGITUDE };
  const echo = `Key ${pat} of ${home}/Pictures at ${LATITUDE.slice(0, 2)}`;

  const said: string[] = [];
  /** The words of a call that fails. */
  const failing = async (call: Promise<unknown>): Promise<void> => {
    const words = await call.then(
      (value) => Promise.reject(new Error(`It went well: ${JSON.stringify(value)}`)),
      (error: unknown) => String(error),
    );
    said.push(words);
  };
  /** All words of an answer, but for paths that are asked for. */
  const hear = (answer: unknown): readonly string[] => {
    const words = wordsIn(answer);
    said.push(...words);
    return words;
  };

  await line.savePat({ baseUrl: names.baseUrl, pat });
  const { destinationId } = await line.addDestination(names);
  const add = (...paths: string[]) => line.addFolders({ paths, destinationId });
  await failing(add(path.join(home, 'nowhere')));
  await failing(add(first));
  await failing(add(path.join(first, 'below a file')));
  await failing(add(dataFolder));
  await failing(
    line.startIngest({
      folders: [path.join(dataFolder, 'spool')],
      destination: names,
      concepts: [],
      notConcepts: [],
    }),
  );
  await failing(line.listFolder({ path: path.join(home, 'nowhere') }));
  await failing(line.listFolder({ path: folder.path }));
  // Files stand where folders are wanted.
  for (const name of ['backups', 'exports', 'diagnostics']) {
    rmSync(path.join(dataFolder, name), { force: true, recursive: true });
    writeFileSync(path.join(dataFolder, name), '');
  }
  await failing(line.backUp({}));
  await failing(line.exportLedger({ format: 'csv' }));
  const { previewId } = await line.diagnostics({ withFileNames: true });
  await failing(line.saveDiagnostics({ previewId }));
  for (const name of ['backups', 'exports', 'diagnostics']) rmSync(path.join(dataFolder, name));
  // A folder stands where the tokens' file is written.
  mkdirSync(path.join(dataFolder, 'pat.partial'));
  await failing(line.savePat({ baseUrl: names.baseUrl, pat }));
  rmSync(path.join(dataFolder, 'pat.partial'), { recursive: true });
  expect(said.length).toBe(11);

  // The service repeats what it was asked with.
  await account.setFaults([{ kind: 'status', http: 401, code: 11_009, description: echo }]);
  const checked = hear(await line.checkAccount(account.names));
  expect(checked.join()).toContain('[token] of ~/Pictures');
  await add(shoot, gone);
  const glance = () => line.glance({ destinationId });
  await expect
    .poll(async () => (await glance()).holds.map(({ kind }) => kind), WAIT)
    .toEqual(['token-rejected']);
  hear(await glance());
  hear(await line.queue({ destinationId }));
  hear(await line.status({}));
  // Others may read the file of tokens.
  const tokens = path.join(dataFolder, 'pat');
  const token = readFileSync(tokens, 'utf8');
  rmSync(tokens);
  writeFileSync(tokens, token, { mode: 0o644 });
  const unsafe = /^Others can read ~\/tagalong\/pat\. Run: chmod 600 ~\/tagalong\/pat$/u;
  await expect.poll(async () => hear(await glance()), WAIT).toContainEqual(expect.stringMatching(unsafe));

  // A folder goes away with a photo that was never sent; single photos are refused.
  renameSync(gone, `${gone}-elsewhere`);
  await expect
    .poll(async () => (await line.status({})).folders.find((one) => one.path === gone)?.detail, WAIT)
    .toBe('~/Pictures/gone is not there.');
  const waits = hear(await line.queue({ destinationId }));
  expect(waits).toContain('~/Pictures/gone');
  await account.setFaults([{ kind: 'per-input', code: 30_106, details: echo }]);
  await line.savePat({ baseUrl: names.baseUrl, pat });
  await line.addDestination(names);
  await expect.poll(async () => (await glance()).failureCount, WAIT).toBe(3);
  const { groups } = await line.failureGroups({ destinationId });
  for (const { cause } of groups)
    hear(await line.failurePhotos({ destinationId, cause, from: 0, count: 10 }));
  expect(said.join('\n')).toContain('[token] of ~/Pictures');
  hear(groups);
  hear(await line.failures({}));
  hear(await line.folders({}));
  const { rows } = await line.failurePhotos({
    destinationId,
    cause: 'refused-by-service',
    from: 0,
    count: 10,
  });
  for (const { photoId } of rows) {
    if (photoId === null) continue;
    const facts = await line.photo({ photoId, destinationId });
    hear([facts?.history, facts?.sentence]);
  }
  const csv = await line.failuresCsv({ destinationId, from: 0 });
  const exports = await Promise.all([
    line.exportLedger({ format: 'csv' }),
    line.exportLedger({ format: 'json' }),
  ]);
  const { text } = await line.diagnostics({ withFileNames: true });
  await host.stop();

  const run = async (...words: string[]): Promise<{ readonly stdout: string; readonly stderr: string }> => {
    const command = startCommand([...words, '--data-dir', dataFolder], { HOME: home });
    onTestFinished(async () => void (await command.kill('group')));
    const ended = await command.ended;
    expect(ended.code, ended.stderr).toBe(0);
    return ended;
  };
  const [status, failures, exported, diagnostics] = [
    await run('status', '--json'),
    await run('failures', '--json'),
    await run('export', '--csv'),
    await run('diagnostics', '--file-names'),
  ];
  const printed = [status, failures].map(({ stdout }) => wordsIn(JSON.parse(stdout)).join('\n'));
  const logs = readdirSync(dataFolder).filter((name) => name.startsWith('tagalong.log'));
  expect(logs).not.toEqual([]);
  const shown = {
    said: said.join('\n'),
    csv: csv.text,
    exported: [...exports.map((one) => readFileSync(one.path, 'utf8')), exported.stdout].join('\n'),
    diagnostics: [text, diagnostics.stdout].join('\n'),
    printed: printed.join('\n'),
    remarks: [status, failures, exported, diagnostics].map(({ stderr }) => stderr).join('\n'),
    log: logs.map((name) => readFileSync(path.join(dataFolder, name), 'utf8')).join('\n'),
  };
  for (const [where, words] of Object.entries(shown)) expect(found(words, secrets), where).toEqual([]);
  // What is wanted is there all the same.
  expect(shown.exported).toContain('~/Pictures/shoot/DSC_1.jpg');
  expect(shown.csv).toContain('shoot/broken.jpg');
  const whole = await run('export', '--full-paths');
  expect(whole.stdout).toContain(first);
});

/** Every string in an answer that is no path to be used as one. */
function wordsIn(value: unknown, key = ''): string[] {
  if (typeof value === 'string') return PATHS.has(key) ? [] : [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, part]) => wordsIn(part, Array.isArray(value) ? key : name));
}

/** Which of them stand in a text, with what is around. */
function found(text: string, wanted: Readonly<Record<string, string>>): string[] {
  return Object.entries(wanted).flatMap(([what, secret]) => {
    const at = text.indexOf(secret);
    return at === -1 ? [] : [`${what}: ${text.slice(Math.max(0, at - 80), at + 80)}`];
  });
}
