/** Proves that the lint rules bite, and that the real tree keeps what they stand for, through any chain of imports. */
import { execFile } from 'node:child_process';
import { copyFile, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chainTo, reachFrom, sourcesIn } from './support/import-graph.ts';
import { GROUND, SNIPPETS, type Snippet } from './support/snippets.ts';

const ROOT = path.join(import.meta.dirname, '..');

let tree = '';
/** Rules reported, by file. */
let reports: ReadonlyMap<string, readonly string[]> = new Map();

function badFile(snippet: Snippet): string {
  return snippet.file.replace('%', 'bad');
}

function goodFile(snippet: Snippet): string {
  return snippet.goodFile ?? snippet.file.replace('%', 'good');
}

async function write(file: string, text: string): Promise<void> {
  const target = path.join(tree, file);
  await mkdir(path.dirname(target), { recursive: true });
  await writeFile(target, text, { flag: 'wx' });
}

/** Runs the linter as `npm run lint` does, but with a report for programs. */
async function lint(): Promise<Map<string, string[]>> {
  const oxlint = path.join(ROOT, 'node_modules/oxlint/bin/oxlint');
  const stdout = await new Promise<string>((resolve, reject) => {
    execFile(
      process.execPath,
      [oxlint, '--type-aware', '--deny-warnings', '-f', 'json', 'electron', 'renderer', 'shared'],
      { cwd: tree, maxBuffer: 64_000_000 },
      // Exit code 1 is what findings mean; anything else has no report to read.
      (error, out, err) => (error !== null && error.code !== 1 ? reject(new Error(out + err)) : resolve(out)),
    );
  });
  const found = new Map<string, string[]>();
  const { diagnostics } = JSON.parse(stdout) as { diagnostics: { filename: string; code: string }[] };
  for (const { filename, code } of diagnostics) found.set(filename, [...(found.get(filename) ?? []), code]);
  return found;
}

beforeAll(async () => {
  tree = await mkdtemp(path.join(tmpdir(), 'rules-'));
  for (const name of ['.oxlintrc.json', 'tsconfig.json'])
    await copyFile(path.join(ROOT, name), path.join(tree, name));
  await symlink(path.join(ROOT, 'node_modules'), path.join(tree, 'node_modules'), 'dir');
  await write('package.json', JSON.stringify({ type: 'module', imports: { '#shared/*': './shared/*' } }));
  for (const [file, text] of Object.entries(GROUND)) await write(file, text);
  for (const snippet of SNIPPETS) {
    await write(badFile(snippet), snippet.bad);
    await write(goodFile(snippet), snippet.good);
  }
  reports = await lint();
});
afterAll(() => rm(tree, { recursive: true, force: true }));

describe('the lint rules', () => {
  it.each(SNIPPETS)('bite on $name', (snippet) => {
    expect(reports.get(badFile(snippet)) ?? []).toContain(snippet.rule);
  });

  it.each(SNIPPETS)('let the twin pass: $name', (snippet) => {
    expect(reports.get(goodFile(snippet)) ?? []).toEqual([]);
  });

  it('let the ground pass that the snippets stand on', () => {
    expect(Object.keys(GROUND).filter((file) => reports.has(file))).toEqual([]);
  });
});

describe('the walk over imports', () => {
  it('finds a chain through any form of loading', async () => {
    await write('electron/engine/upload/sender.ts', `export { far } from './../clarifai/./far.ts';\n`);
    await write('electron/engine/clarifai/far.ts', `export const far = () => import("./farther.ts");\n`);
    await write(
      'electron/engine/clarifai/farther.ts',
      `new Worker(new URL('farthest.ts', import.meta.url));\nimport './farthest.ts';\n`,
    );
    await write(
      'electron/engine/clarifai/farthest.ts',
      `import {\n  type A,\n  it,\n} from\n  './delete-inputs.ts';\nit;\n`,
    );
    const reach = reachFrom(tree, ['electron/engine/upload/sender.ts']);
    expect(chainTo(reach, 'electron/engine/clarifai/delete-inputs.ts')).toBe(
      [
        'upload/sender.ts',
        'clarifai/far.ts',
        'clarifai/farther.ts',
        'clarifai/farthest.ts',
        'clarifai/delete-inputs.ts',
      ]
        .map((name) => `electron/engine/${name}`)
        .join(' → '),
    );
  });

  it('sees workers and requires, passes over types and comments, and says what it cannot follow', async () => {
    await write(
      'electron/engine/odd.ts',
      [
        `import type { it } from './ledger/photos.ts';`,
        `// import './edits/edit-log.ts';`,
        `/** import { it } from './account/browse.ts' */`,
        `import * as electron from 'electron';`,
        `const worker = new URL('./workers/jobs.ts', import.meta.url);`,
        `const load = createRequire(import.meta.url)('./upload/uploader.ts');`,
        `const shared = await import('#shared/photo.ts');`,
        `const gone = await import('./gone.ts');`,
        `const any = await import(worker.href);`,
      ].join('\n'),
    );
    const reach = reachFrom(tree, ['electron/engine/odd.ts']);
    expect({ ...reach, files: [...reach.files.keys()], packages: [...reach.packages.keys()] }).toEqual({
      files: [
        'electron/engine/odd.ts',
        'electron/engine/workers/jobs.ts',
        'electron/engine/upload/uploader.ts',
        'shared/photo.ts',
      ],
      packages: ['electron'],
      unclear: [
        'electron/engine/odd.ts: ./gone.ts does not exist',
        'electron/engine/odd.ts: an import(…) whose target is computed',
      ],
    });
  });
});

describe('in the real tree', () => {
  it('uploading reaches no delete call, by any chain of imports', async () => {
    const start = await sourcesIn(ROOT, 'electron/engine/upload');
    expect(start).not.toEqual([]);
    const reach = reachFrom(ROOT, start);
    const deletes = [...reach.files.keys()].filter((file) =>
      /\/clarifai\/(delete-inputs|annotations)\b/.test(file),
    );
    expect(deletes.map((file) => chainTo(reach, file))).toEqual([]);
    expect(reach.unclear).toEqual([]);
  });

  it.each([
    ['electron/engine', /^(electron\/engine|shared)\//],
    ['electron/practice', /^(electron\/practice|shared)\//],
    ['electron/host', /^(electron\/(engine|practice|host)|shared)\//],
    ['electron/local', /^((electron\/(engine|practice|host|local)|shared)\/|package\.json$)/],
    ['renderer', /^(renderer|shared)\//],
    ['shared', /^shared\//],
  ])('%s stays in its own parts and never reaches Electron', async (folder, own) => {
    const reach = reachFrom(ROOT, await sourcesIn(ROOT, folder));
    expect(
      [...reach.files.keys()].filter((file) => !own.test(file)).map((file) => chainTo(reach, file)),
    ).toEqual([]);
    const electron = [...reach.packages].filter(([name]) => /^electron(\/|$)/.test(name));
    expect(electron).toEqual([]);
  });

  it('no file turns a rule off for itself', async () => {
    const files = await Promise.all(
      ['electron', 'renderer', 'shared', 'tests'].map((part) => sourcesIn(ROOT, part)),
    );
    const marks = /\b(oxlint|eslint)-disable|@ts-(ignore|nocheck|expect-error)/;
    const guilty: string[] = [];
    for (const file of files.flat().filter((name) => name !== 'tests/rules.test.ts')) {
      if (marks.test(await readFile(path.join(ROOT, file), 'utf8'))) guilty.push(file);
    }
    expect(guilty).toEqual([]);
  });
});
