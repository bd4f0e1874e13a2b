/** Photos with names that trip programs up: ingest, export, failures. */
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startCheckedPractice, type CheckedPractice } from '../support/checked-practice.ts';
import { jpeg } from '../support/pictures.ts';
import { temporaryFolder, type TemporaryFolder } from '../support/tree.ts';
import { ingest, tagalong } from './command.ts';

const NAMES = [
  'caf\u00E9.jpg',
  'cafe\u0301.jpg',
  '🦊🌊 fox at sea.jpg',
  'two\nlines.jpg',
  'tab\tand\u001B[31mred.jpg',
  `${'ü'.repeat(125)}x.jpg`,
  'שלום עולם \u202Egpj.jpg',
  'a#b?c%20d&e=f.jpg',
  '-rf.jpg',
  '=HYPERLINK("example.com").jpg',
  '+1,2;3.jpg',
  '@SUM(A1).jpg',
  ' leading and trailing .jpg',
  'quote"comma,semicolon;.jpg',
  "it's $HOME `x`.jpg",
  '🏝'.repeat(62) + '.jpg',
];

let practice: CheckedPractice;
let folder: TemporaryFolder;
let photos: string;
let dataDir: string;
/** As the file system has them: some fold NFC and NFD. */
let files: string[];

beforeAll(async () => {
  practice = await startCheckedPractice();
  folder = await temporaryFolder();
  // A folder whose relative path begins with a dash, and is handed over so.
  photos = path.join(folder.path, '-photos');
  dataDir = path.join(folder.path, 'ledger');
  await mkdir(photos);
  for (const [index, name] of NAMES.entries()) {
    await writeFile(path.join(photos, name), await jpeg({ seed: index + 1 }));
    await writeFile(path.join(photos, `~${name.slice(0, 30)}.broken.jpg`), `no picture ${index}`);
  }
  files = (await readdir(photos)).map((name) => path.join(photos, name)).toSorted();
});
afterAll(async () => {
  await folder[Symbol.asyncDispose]();
  await practice.stop();
});

/** Cells of RFC 4180 text. */
function cellsOf(csv: string): string[][] {
  const rows: string[][] = [[]];
  for (const [, quoted, plain, end] of csv.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n|$)/gu)) {
    rows.at(-1)?.push(quoted === undefined ? (plain ?? '') : quoted.replaceAll('""', '"'));
    if (end === '\r\n') rows.push([]);
    if (end === '') break;
  }
  return rows.filter((row) => row.length > 1);
}

it('sends every one, and reports those that failed by their very paths', async () => {
  const { code, report } = await ingest(practice, dataDir, [photos]);
  const broken = files.filter((file) => file.endsWith('.broken.jpg'));
  expect({ code, report }).toMatchObject({
    code: 3,
    report: { files: files.length, uploaded: NAMES.length, failed: broken.length, pending: 0 },
  });
  expect(report.failures.map((failure) => failure.path).toSorted()).toEqual(broken);
  expect((await practice.inputs()).filter(({ status }) => status !== 30_000)).toEqual([]);
});

it('exports them as JSON lines that hold the very paths', async () => {
  const { stdout } = await tagalong(['export', '--data-dir', dataDir]);
  const rows = stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as { path: string; state: string; inputId: string | null });
  expect(rows.map((row) => row.path).toSorted()).toEqual(files);
  const ids = rows.filter(({ state }) => state === 'indexed').map(({ inputId }) => inputId);
  expect(new Set(ids)).toEqual(new Set((await practice.inputs()).map(({ id }) => id)));
});

it('exports them as CSV with the same paths, and no cell that a spreadsheet takes for a formula', async () => {
  const { stdout } = await tagalong(['export', '--csv', '--data-dir', dataDir]);
  const [header = [], ...rows] = cellsOf(stdout);
  expect(header.slice(0, 5)).toEqual(['path', 'photo', 'pictureHash', 'inputId', 'state']);
  expect(rows.filter((row) => row.length !== header.length)).toEqual([]);
  expect(rows.map(([file = '']) => file).toSorted()).toEqual(files);
  expect(rows.flat().filter((cell) => /^[=+\-@\t\r]/u.test(cell))).toEqual([]);
});

it('takes in a folder whose own name begins with a dash', async () => {
  const { stdout } = await tagalong(['ingest', '--dry-run', '--json', '--', '-photos'], {
    cwd: folder.path,
    env: { XDG_DATA_HOME: path.join(folder.path, 'nothing') },
  });
  expect(JSON.parse(stdout)).toMatchObject({ files: files.length });
});

it('lists failures on one line each, without a control character', async () => {
  const { stdout } = await tagalong(['failures', '--data-dir', dataDir]);
  const lines = stdout.trimEnd().split('\n');
  expect(lines.length).toBe(files.filter((file) => file.endsWith('.broken.jpg')).length * 2);
  expect(stdout.replaceAll('\n', '')).not.toMatch(/\p{Cc}/u);
  expect(stdout).toContain('two\\nlines');
});
