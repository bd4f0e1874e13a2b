/**
 * What is shown to others: a token, a home folder and a position are planted where they may be met, and searched for in
 * diagnostics, log, remarks, exports and backups.
 */
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { diagnosticsText } from '../../electron/engine/care/diagnostics.ts';
import { startCommand, type Ended } from '../support/engine-process.ts';
import { exiftool } from '../support/exiftool.ts';
import { jpeg } from '../support/pictures.ts';
import { startPractice } from '../support/practice.ts';
import { temporaryFolder, writeTree } from '../support/tree.ts';

const LATITUDE = '47.376887';
const LONGITUDE = '8.541694';
/** In names of folders, files, captions and keywords. */
const NAME = 'NAMEFINCH';

test('neither token nor home nor position is in anything that is shown to others', async () => {
  const folder = await temporaryFolder();
  onTestFinished(() => folder[Symbol.asyncDispose]());
  const home = path.join(folder.path, 'home', 'jane');
  const shoot = path.join(home, 'Pictures', `${NAME}-folder`);
  const data = path.join(home, 'tagalong');
  const [first = ''] = await writeTree(shoot, {
    [`${NAME}-1.jpg`]: await jpeg({ seed: 801 }),
    [`${NAME}-2.jpg`]: await jpeg({ seed: 802 }),
    [`${NAME}-broken.jpg`]: 'no picture',
  });
  await exiftool([
    `-EXIF:GPSLatitude=${LATITUDE}`,
    '-EXIF:GPSLatitudeRef=N',
    `-EXIF:GPSLongitude=${LONGITUDE}`,
    '-EXIF:GPSLongitudeRef=E',
    `-EXIF:ImageDescription=${home}/${NAME}`,
    `-XMP-dc:Subject=${NAME}`,
    '-overwrite_original',
    first,
  ]);
  const account = await startPractice();
  onTestFinished(() => account.stop());
  await account.setFaults([
    { kind: 'status', http: 401, code: 11009, description: `Key ${account.pat} of ${home}`, times: 20 },
  ]);
  const env = {
    HOME: home,
    CLARIFAI_API_BASE: account.apiBase,
    CLARIFAI_USER_ID: account.userId,
    CLARIFAI_APP_ID: account.appId,
    CLARIFAI_PAT: account.pat,
  };
  const run = (...words: string[]): Promise<Ended> => {
    const command = startCommand([...words, '--data-dir', data], env);
    onTestFinished(async () => void (await command.kill('group')));
    return command.ended;
  };
  const refused = await run('ingest', shoot, '--concept', NAME);
  expect(refused.code, refused.stderr).toBe(4);
  await account.setFaults([]);
  const taken = await run('ingest', shoot);
  expect(taken.code, taken.stderr).toBe(3);
  // Lines as a fault of the program or of the system would write them.
  const log = path.join(data, 'tagalong.log');
  const planted = `Error: EACCES: permission denied, open '${shoot}/${NAME}.jpg' ${account.pat} ${LATITUDE}, ${LONGITUDE}`;
  const written = readFileSync(log, 'utf8');
  const logged = { level: 50, time: 1, pid: 1, msg: planted, error: planted, latitude: Number(LATITUDE) };
  writeFileSync(log, `${written}${JSON.stringify(logged)}\n`);

  const plain = await run('diagnostics');
  const named = await run('diagnostics', '--file-names');
  const exported = await run('export', '--json');
  const backup = await run('backup');
  const misled = await Promise.all([
    run('ingest', path.join(home, 'nowhere')),
    run('restore', path.join(home, 'nothing.db')),
    run('backup', '--to', path.join(shoot, `${NAME}-1.jpg`)),
  ]);
  expect([plain, named, exported, backup].map(({ code }) => code)).toEqual([0, 0, 0, 0]);
  expect(misled.map(({ code }) => code)).toEqual([2, 2, 1]);

  const secrets = { token: account.pat, home, latitude: LATITUDE, longitude: LONGITUDE };
  const user = { userId: account.userId, address: account.apiBase, user: 'jane' };
  const rows = exported.stdout
    .trimEnd()
    .split('\n')
    .map((line) => (JSON.parse(line) as { path: string }).path);
  expect(rows.toSorted()).toEqual(
    ['1', '2', 'broken'].map((end) => `~/Pictures/${NAME}-folder/${NAME}-${end}.jpg`),
  );
  expect({
    plain: found(plain.stdout, { ...secrets, ...user, name: NAME }),
    named: found(named.stdout, { ...secrets, ...user, folder: `${NAME}-folder` }),
    log: found(written, { ...secrets, name: NAME }),
    remarks: found(
      [refused, taken, plain, backup, ...misled].map(({ stderr }) => stderr).join('\n'),
      secrets,
    ),
    export: found(exported.stdout, secrets),
    backup: found(readFileSync(backup.stdout.trim(), 'latin1'), { token: account.pat }),
  }).toEqual({ plain: [], named: [], log: [], remarks: [], export: [], backup: [] });

  // What is wanted is there all the same.
  const told = JSON.parse(plain.stdout) as {
    ledger: { accounts: { photos: { indexed: number }; failures: object[] }[]; folders: object[] };
    log: { event: string; error?: string }[];
    failedFiles?: unknown;
  };
  expect(told.ledger.accounts[0]).toMatchObject({
    kind: 'other address',
    photos: { indexed: 2 },
    failures: [{ cause: 'cannot-decode', count: 1 }],
  });
  expect(told.ledger.folders.length).toBe(1);
  expect(told.log.at(-1)).toMatchObject({ event: '(left out)', error: 'EACCES' });
  expect(told.log.map(({ event }) => event)).toContain('upload.held');
  expect(told).not.toHaveProperty('failedFiles');
  expect(JSON.parse(named.stdout)).toMatchObject({
    failedFiles: [{ name: `${NAME}-broken.jpg`, cause: 'cannot-decode' }],
  });
  expect(diagnosticsText(JSON.parse(plain.stdout) as never)).toBe(plain.stdout);

  // Help is most needed when nothing else works.
  writeFileSync(path.join(data, 'ledger.db'), 'damaged'.repeat(1000));
  for (const end of ['-wal', '-shm']) rmSync(path.join(data, `ledger.db${end}`), { force: true });
  const damaged = await run('diagnostics');
  expect(JSON.parse(damaged.stdout)).toMatchObject({ ledger: { notOpened: 'LedgerDamagedError' } });
  expect(found(damaged.stdout, { ...secrets, user: 'jane' })).toEqual([]);
});

/** Which of them stand in a text, with what is around. */
function found(text: string, wanted: Readonly<Record<string, string>>): string[] {
  return Object.entries(wanted).flatMap(([what, secret]) => {
    const at = text.indexOf(secret);
    return at === -1 ? [] : [`${what}: ${text.slice(Math.max(0, at - 80), at + 80)}`];
  });
}
