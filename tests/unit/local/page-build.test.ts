/** When the window is built anew. */
import { utimes } from 'node:fs/promises';
import path from 'node:path';
import { expect, it } from 'vitest';
import { isBuildDue } from '../../../electron/local/page-build.ts';
import { temporaryFolder, writeTree } from '../../support/tree.ts';

it('is due when it is missing or older than a source, and never without sources', async () => {
  await using folder = await temporaryFolder();
  const at = (name: string): string => path.join(folder.path, name);
  await writeTree(folder.path, { 'out/renderer/index.html': 'built' });
  expect(isBuildDue(folder.path)).toBe(false);
  await writeTree(folder.path, {
    'renderer/index.html': '',
    'renderer/src/deep/app.tsx': '',
    'shared/a.ts': '',
  });
  const sources = [
    'renderer',
    'renderer/index.html',
    'renderer/src',
    'renderer/src/deep',
    'renderer/src/deep/app.tsx',
    'shared',
    'shared/a.ts',
  ];
  for (const name of sources) await utimes(at(name), 1000, 1000);
  await utimes(at('out/renderer/index.html'), 2000, 2000);
  expect(isBuildDue(folder.path)).toBe(false);
  await utimes(at('renderer/src/deep/app.tsx'), 3000, 3000);
  expect(isBuildDue(folder.path)).toBe(true);
  await utimes(at('out/renderer/index.html'), 4000, 4000);
  expect(isBuildDue(folder.path)).toBe(false);
  await using fresh = await temporaryFolder();
  await writeTree(fresh.path, { 'renderer/index.html': '' });
  expect(isBuildDue(fresh.path)).toBe(true);
});
