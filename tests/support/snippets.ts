/**
 * Pairs of files for the lint rules: `bad` has to be reported by `rule`, `good`, its twin, by no rule at all.
 * `%` in a path stands for `bad` or `good`.
 */
export interface Snippet {
  readonly name: string;
  /** As oxlint names it in its report. */
  readonly rule: string;
  readonly file: string;
  readonly bad: string;
  readonly good: string;
  /** Where the good twin stands, when it cannot stand beside the bad one. */
  readonly goodFile?: string;
}

/** Files that the snippets import. */
export const GROUND: Readonly<Record<string, string>> = {
  'electron/main.ts': `import { app } from 'electron';\nexport const main: unknown = app;\n`,
  'electron/local/server.ts': 'export const it = 1;\n',
  'electron/practice/server.ts': 'export const it = 1;\n',
  'renderer/src/live.ts': 'export const it = 1;\n',
  'shared/photo.ts': 'export const it = 1;\n',
  'electron/engine/log.ts': 'export const it = 1;\n',
  ...Object.fromEntries(
    [
      'ledger/photos',
      'ingest/walk',
      'imaging/thumbnails',
      'upload/uploader',
      'edits/edit-log',
      'account/browse',
    ]
      .concat(['clarifai/client', 'clarifai/annotations', 'clarifai/delete-inputs', 'workers/jobs'])
      .map((name) => [`electron/engine/${name}.ts`, 'export const it = 1;\n']),
  ),
};

const RESTRICTED = 'eslint(no-restricted-imports)';
const SHARED_GOOD = '#shared/photo.ts';

function importOf(target: string): string {
  return `import { it } from '${target}';\nexport const uses: unknown = it;\n`;
}

/** A forbidden import and an allowed one. */
function forbids(folder: string, bad: string, good: string = SHARED_GOOD): Snippet {
  const file = `${folder}/%-${bad.replaceAll(/[^a-z]+/g, '-').replaceAll(/^-|-$/g, '')}.ts`;
  return { name: `${folder} → ${bad}`, rule: RESTRICTED, file, bad: importOf(bad), good: importOf(good) };
}

/** A forbidden target in every form in which code can be loaded from it. */
function forbidsEveryForm(folder: string, bad: string, good: string): Snippet[] {
  const forms: Readonly<Record<string, (target: string) => string>> = {
    dynamic: (target) => `export const load = (): Promise<unknown> => import('${target}');\n`,
    export: (target) => `export { it } from '${target}';\n`,
    effect: (target) => `import '${target}';\n`,
    type: (target) => `import type { it } from '${target}';\nexport type It = typeof it;\n`,
    renamed: (target) => `import * as all from '${target}';\nexport const uses: unknown = all;\n`,
  };
  return Object.entries(forms).map(([form, write]) => ({
    name: `${folder} → ${bad} (${form})`,
    rule: RESTRICTED,
    file: `${folder}/%-${form}-${bad.replaceAll(/[^a-z]+/g, '-').replaceAll(/^-|-$/g, '')}.ts`,
    bad: write(bad),
    good: write(good),
  }));
}

const ENGINE = 'electron/engine';

/** Everything that a rule has to bite on. */
export const SNIPPETS: readonly Snippet[] = [
  forbids('renderer/src', '../../electron/engine/log.ts', './live.ts'),
  forbids('renderer/src/screens', '../../../electron/main.ts', '../live.ts'),
  forbids('renderer/src', 'electron'),
  forbids('renderer/src', 'node:fs'),
  ...['zod', 'ws', 'better-sqlite3', 'sharp', 'pino'].map((name) => forbids('renderer/src', name)),
  forbids('electron', '../renderer/src/live.ts', './engine/log.ts'),
  forbids('electron', 'react', '#shared/photo.ts'),
  forbids('shared', 'node:fs', './photo.ts'),
  forbids('shared', 'zod', './photo.ts'),
  forbids('shared', '../electron/engine/log.ts', './photo.ts'),
  forbids('shared', '../renderer/src/live.ts', './photo.ts'),
  forbids(ENGINE, 'electron', 'node:fs'),
  forbids(ENGINE, 'electron/main', 'node:path'),
  forbids(ENGINE, '../local/server.ts', './log.ts'),
  forbids(ENGINE, '../practice/server.ts', './upload/uploader.ts'),
  forbids(ENGINE, '../../renderer/src/live.ts'),
  ...['ledger', 'clarifai', 'imaging', 'ingest', 'upload', 'edits', 'account', 'workers'].map((part) =>
    forbids(`${ENGINE}/${part}`, 'electron', '../log.ts'),
  ),
  forbids(`${ENGINE}/ledger`, '../clarifai/client.ts'),
  forbids(`${ENGINE}/ledger/migrations`, '../../upload/uploader.ts'),
  forbids(`${ENGINE}/clarifai`, '../ledger/photos.ts'),
  forbids(`${ENGINE}/imaging`, '../ledger/photos.ts'),
  forbids(`${ENGINE}/ingest`, '../upload/uploader.ts', '../ledger/photos.ts'),
  forbids(`${ENGINE}/ingest`, '../clarifai/client.ts', '../imaging/thumbnails.ts'),
  forbids(`${ENGINE}/upload`, '../ingest/walk.ts', '../ledger/photos.ts'),
  forbids(`${ENGINE}/upload`, '../account/browse.ts', '../clarifai/client.ts'),
  forbids(`${ENGINE}/upload`, '../clarifai/delete-inputs.ts', '../clarifai/client.ts'),
  forbids(`${ENGINE}/upload`, '../clarifai/annotations.ts', '../clarifai/client.ts'),
  forbids(`${ENGINE}/upload/deep`, '../../clarifai/delete-inputs.ts', '../../clarifai/client.ts'),
  ...forbidsEveryForm(`${ENGINE}/upload`, '../clarifai/delete-inputs.ts', '../clarifai/client.ts'),
  ...forbidsEveryForm(`${ENGINE}/upload`, '../clarifai/annotations.ts', '../clarifai/client.ts'),
  forbids(`${ENGINE}/edits`, '../clarifai/delete-inputs.ts', '../clarifai/annotations.ts'),
  forbids(`${ENGINE}/edits`, '../upload/uploader.ts', '../ledger/photos.ts'),
  forbids(`${ENGINE}/account`, '../upload/uploader.ts', '../clarifai/delete-inputs.ts'),
  forbids('electron/practice', '../engine/log.ts', './server.ts'),
  forbids('electron/practice', '../engine/clarifai/client.ts'),
  forbids('electron/local', 'electron', '../engine/log.ts'),
  forbids('electron/host', '../local/server.ts', '../engine/log.ts'),
  forbids('electron', './local/server.ts', './engine/log.ts'),
  {
    name: 'a promise nobody waits for',
    rule: 'typescript(no-floating-promises)',
    file: `${ENGINE}/%-promise.ts`,
    bad: `import { rm } from 'node:fs/promises';\nexport function drop(): void {\n  rm('x');\n}\n`,
    good: `import { rm } from 'node:fs/promises';\nexport async function drop(): Promise<void> {\n  await rm('x');\n}\n`,
  },
  {
    name: 'a cycle',
    rule: 'import(no-cycle)',
    file: `${ENGINE}/%-circle.ts`,
    bad: `import { uses } from './bad-circle-back.ts';\nexport const it = (): unknown => uses;\n`,
    good: importOf('./log.ts'),
  },
  {
    name: 'the other half of the cycle',
    rule: 'import(no-cycle)',
    file: `${ENGINE}/%-circle-back.ts`,
    bad: importOf('./bad-circle.ts'),
    good: importOf('./good-circle.ts').replace('{ it }', '{ uses as it }'),
  },
  {
    name: 'a default export',
    rule: 'import(no-default-export)',
    file: `${ENGINE}/%-default.ts`,
    bad: 'export default function run(): number {\n  return 1;\n}\n',
    good: 'export function run(): number {\n  return 1;\n}\n',
  },
  {
    name: 'a barrel',
    rule: 'oxc(no-barrel-file)',
    file: `${ENGINE}/%-barrel.ts`,
    bad: `export * from './log.ts';\n`,
    good: `export { it } from './log.ts';\n`,
  },
  {
    name: 'an index.ts',
    rule: 'eslint(max-lines)',
    file: `${ENGINE}/parts/index.ts`,
    bad: `export { it } from '../log.ts';\n`,
    goodFile: `${ENGINE}/parts/list.ts`,
    good: `export { it } from '../log.ts';\n`,
  },
  {
    name: 'any',
    rule: 'typescript(no-explicit-any)',
    file: 'shared/%-any.ts',
    bad: 'export const it = (value: any): string => String(value);\n',
    good: 'export const it = (value: number): string => String(value);\n',
  },
  {
    name: 'a log line past the log',
    rule: 'eslint(no-console)',
    file: `${ENGINE}/%-console.ts`,
    bad: `console.log('x');\nexport const it = 1;\n`,
    good: 'export const it = 1;\n',
  },
];
