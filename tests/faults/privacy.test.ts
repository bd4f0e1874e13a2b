/** What is private in photos, and the token, planted as canaries: none of it travels or is written where it does not belong. */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { startByteTap } from '../support/byte-tap.ts';
import { startCommand, type Ended } from '../support/engine-process.ts';
import { exiftool } from '../support/exiftool.ts';
import { jpeg, png, tiff, webp } from '../support/pictures.ts';
import { POST, startPractice } from '../support/practice.ts';
import { temporaryFolder, writeTree } from '../support/tree.ts';

/** Stands in every text that is planted in metadata. */
const CANARY = 'CANARYBIRD';
/** Stands in the names of files and of their folder. */
const NAME_CANARY = 'NAMEFINCH';
const LATITUDE = '47.376887';
const LONGITUDE = '8.541694';

const PLANTED = [
  `-EXIF:GPSLatitude=${LATITUDE}`,
  '-EXIF:GPSLatitudeRef=N',
  `-EXIF:GPSLongitude=${LONGITUDE}`,
  '-EXIF:GPSLongitudeRef=E',
  `-XMP:GPSLatitude=${LATITUDE}`,
  `-XMP:GPSLongitude=${LONGITUDE}`,
  `-EXIF:SerialNumber=${CANARY}-body`,
  `-EXIF:LensSerialNumber=${CANARY}-lens`,
  `-EXIF:OwnerName=${CANARY}-owner`,
  `-EXIF:Artist=${CANARY}-artist`,
  `-EXIF:ImageDescription=/home/${CANARY}/Pictures/private`,
  `-EXIF:UserComment=${CANARY}-comment`,
  `-XMP-dc:Creator=${CANARY}-creator`,
  `-XMP-aux:SerialNumber=${CANARY}-aux`,
  `-XMP-xmpMM:DerivedFromFilePath=/Users/${CANARY}/Desktop`,
  `-XMP-dc:Subject=${CANARY}-keyword`,
  '-overwrite_original',
];
const PLANTED_IN_JPEG = [`-IPTC:By-line=${CANARY}-byline`, `-Comment=/home/${CANARY}/comment`];

/** Groups that describe the file itself; a JPEG's JFIF head has nothing of a photo in it but the pixel's aspect. */
const HARMLESS = new Set(['SourceFile', 'ExifTool', 'System', 'File', 'JFIF', 'Composite']);

interface Scene {
  readonly home: string;
  readonly folder: string;
  readonly dataFolder: string;
}

/** Photos of several formats with all canaries in them, one of them without a picture. */
async function openScene(): Promise<Scene> {
  const home = await temporaryFolder();
  onTestFinished(() => home[Symbol.asyncDispose]());
  const folder = path.join(home.path, `${NAME_CANARY}-folder`);
  const whole = await writeTree(folder, {
    [`${NAME_CANARY}-1.jpg`]: await jpeg({ width: 400, height: 300, seed: 901 }),
    [`${NAME_CANARY}-2.png`]: await png({ width: 300, height: 200, seed: 902 }),
    [`${NAME_CANARY}-3.webp`]: await webp({ width: 300, height: 200, seed: 903 }),
    [`${NAME_CANARY}-4.tif`]: await tiff({ width: 300, height: 200, seed: 904 }),
    [`${NAME_CANARY}-5.jpg`]: await jpeg({ width: 200, height: 300, seed: 905, orientation: 6 }),
  });
  await exiftool([...PLANTED, ...whole]);
  const jpegs = whole.filter((file) => file.endsWith('.jpg'));
  await exiftool([...PLANTED_IN_JPEG, '-overwrite_original', ...jpegs]);
  const planted = await readFile(jpegs[0] ?? '');
  expect(planted.includes(CANARY)).toBe(true);
  // It has a head and an end and no picture between: it fails, and the failure is told.
  const headEnd = planted.lastIndexOf(Buffer.from([0xff, 0xda]));
  const empty = Buffer.concat([planted.subarray(0, headEnd), Buffer.from([0xff, 0xd9])]);
  await writeFile(path.join(folder, `${NAME_CANARY}-empty.jpg`), empty);
  return { home: home.path, folder, dataFolder: path.join(home.path, 'data') };
}

async function openAccount() {
  const account = await startPractice();
  const tap = await startByteTap(account.apiBase);
  onTestFinished(async () => {
    await tap.stop();
    await account.stop();
  });
  const env = {
    CLARIFAI_API_BASE: tap.url,
    CLARIFAI_USER_ID: account.userId,
    CLARIFAI_APP_ID: account.appId,
    CLARIFAI_PAT: account.pat,
  };
  return { account, tap, env };
}

function ingest(
  { folder, dataFolder }: Scene,
  env: Record<string, string>,
  ...more: string[]
): Promise<Ended> {
  const command = startCommand(['ingest', folder, '--data-dir', dataFolder, '--json', ...more], env);
  onTestFinished(async () => void (await command.kill('group')));
  return command.ended;
}

/** Where in a text or in bytes a canary sits, with what is around it; base64 and UTF-16 do not hide it. */
function canariesIn(bytes: Buffer, canaries: readonly string[]): string[] {
  return canaries.flatMap((canary) => {
    const shapes = [
      Buffer.from(canary),
      Buffer.from(canary, 'utf16le'),
      // The three ways in which base64 may fall on it, without the characters that neighbours have a part in.
      ...[0, 1, 2].map((shift) =>
        Buffer.from(
          Buffer.from(' '.repeat(shift) + canary)
            .toString('base64')
            .slice(shift === 0 ? 0 : shift + 1)
            .replace(/=+$/, '')
            .slice(0, -1),
        ),
      ),
    ];
    return shapes.flatMap((shape) => {
      const at = bytes.indexOf(shape);
      if (at === -1) return [];
      return [bytes.subarray(Math.max(0, at - 60), at + 60).toString('latin1')];
    });
  });
}

/** The pictures of all POSTs, decoded. */
function picturesIn(sent: readonly Buffer[]): Buffer[] {
  return sent.flatMap((bytes) =>
    [...bytes.toString('latin1').matchAll(/"base64":"([A-Za-z0-9+/=]+)"/g)].map(([, text]) =>
      Buffer.from(text ?? '', 'base64'),
    ),
  );
}

test('metadata, names and the token stay here; renditions have no metadata at all', async () => {
  const scene = await openScene();
  const { account, tap, env } = await openAccount();
  // A service that echoes the token in its words, while it refuses it and when it fails.
  const description = `The key ${account.pat} is not known`;
  await account.setFaults([
    { kind: 'status', http: 500, code: 40031, description, times: 1 },
    { kind: 'status', http: 401, code: 11009, description, times: 20 },
  ]);
  const refused = await ingest(scene, env);
  expect(refused, refused.stderr).toMatchObject({ code: 4 });
  expect(refused.stdout + refused.stderr).toContain('personal access token');
  await account.setFaults([
    {
      kind: 'per-input',
      code: 30300,
      details: 'No picture',
      every: 4,
      on: POST,
    },
  ]);
  const ended = await ingest(scene, env);
  expect(ended, ended.stderr).toMatchObject({ code: 3 });
  const there = await account.inputs();
  expect(there.length).toBe(4);

  const said = Buffer.from([refused, ended].map(({ stdout, stderr }) => stdout + stderr).join('\n'));
  const log = await readFile(path.join(scene.dataFolder, 'tagalong.log'));
  const sent = tap.sent();
  const photoCanaries = [CANARY, LATITUDE, LONGITUDE];
  expect({
    requests: sent.flatMap((bytes) => canariesIn(bytes, [...photoCanaries, NAME_CANARY, scene.home])),
    log: canariesIn(log, [...photoCanaries, account.pat]),
    words: canariesIn(said, [...photoCanaries, account.pat]),
    files: filesBelow(scene.dataFolder).flatMap((file) => canariesIn(readFileSync(file), [account.pat])),
  }).toEqual({ requests: [], log: [], words: [], files: [] });
  // The token travels where it belongs, and nowhere else.
  for (const bytes of sent) {
    const text = bytes.toString('latin1');
    const heads = text.split(`Key ${account.pat}`).length - 1;
    expect(text.split(account.pat).length - 1).toBe(heads);
  }

  const renditions = path.join(scene.home, 'renditions');
  await mkdir(renditions);
  const pictures = picturesIn(sent);
  expect(pictures.length).toBeGreaterThanOrEqual(5);
  const files = pictures.map((_, index) => path.join(renditions, `${String(index)}.jpg`));
  await Promise.all(pictures.map((bytes, index) => writeFile(files[index] ?? '', bytes)));
  const tags = JSON.parse(await exiftool(['-j', '-G1', '-a', '-U', ...files])) as Record<string, unknown>[];
  const groups = new Set(tags.flatMap((one) => Object.keys(one).map((name) => name.split(':')[0] ?? '')));
  expect([...groups].filter((group) => !HARMLESS.has(group))).toEqual([]);
});

test('--original sends the very bytes of the files', async () => {
  const scene = await openScene();
  const { account, tap, env } = await openAccount();
  const ended = await ingest(scene, env, '--original');
  expect(ended, ended.stderr).toMatchObject({ code: 3 });
  const files = readdirSync(scene.folder).filter((name) => !name.includes('empty'));
  const hashes = files.map((name) => sha256(readFileSync(path.join(scene.folder, name)))).toSorted();
  const there = (await account.inputs()).map((input) => input.sha256 ?? '');
  expect(there.toSorted()).toEqual(hashes);
  const sent = tap.sent();
  expect(picturesIn(sent).map(sha256).toSorted()).toEqual(hashes);
  // Here they do travel, inside base64: the search of the other test would have found them.
  expect(sent.some((bytes) => canariesIn(bytes, [CANARY]).length > 0)).toBe(true);
});

function sha256(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** Files of the data folder but for the practice account's own, which is not in use here. */
function filesBelow(folder: string): string[] {
  expect(existsSync(path.join(folder, 'ledger.db'))).toBe(true);
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name));
}
