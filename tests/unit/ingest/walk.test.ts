import { mkdir, rename, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { existsSync, lstatSync, mkdirSync, renameSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { knownFromRows, type KnownRow } from '../../../electron/engine/ingest/known-files.ts';
import { createFilter } from '../../../electron/engine/ingest/path-filter.ts';
import { walk } from '../../../electron/engine/ingest/walk.ts';
import type {
  Walked,
  WalkPart,
  WalkRequest,
  WalkSummary,
} from '../../../electron/engine/ingest/walk-types.ts';
import { setTimes, temporaryFolder, writeTree, type Tree } from '../../support/tree.ts';

const everything = createFilter({ include: [], exclude: [] });

interface Walk {
  readonly summary: WalkSummary;
  readonly changed: string[];
  readonly placeholders: string[];
  readonly parts: readonly WalkPart[];
  /** What the ledger would know after it. */
  readonly rows: KnownRow[];
}

async function walkIn(
  root: string,
  rows: readonly KnownRow[] = [],
  more: Partial<WalkRequest> = {},
): Promise<Walk> {
  const parts: WalkPart[] = [];
  const request = { root, filter: everything, nestedRoots: [], ...more };
  const summary = await walk(request, knownFromRows(rows), (part) => parts.push(part));
  const changed = parts.flatMap((part) => part.changed);
  const placeholders = parts.flatMap((part) => part.placeholders);
  const byPath = new Map(rows.map((row) => [row.path, row]));
  for (const file of changed) byPath.set(file.path, { ...file, placeholder: false });
  for (const file of placeholders) byPath.set(file.path, { ...file, placeholder: true });
  return {
    summary,
    changed: changed.map((file) => file.path).sort(),
    placeholders: placeholders.map((file) => file.path).sort(),
    parts,
    rows: [...byPath.values()],
  };
}

function walked(result: Walk): Walked {
  if (result.summary.kind !== 'walked') throw new Error(`Not walked: ${JSON.stringify(result.summary)}`);
  return result.summary;
}

const SHOOT: Tree = {
  'a.jpg': 'a',
  a: { 'x.jpg': 'x', 'deep/y.jpg': 'y' },
  'a-b/z.jpg': 'z',
  '.hidden/no.jpg': '-',
  '@eaDir/no.jpg': '-',
  '._a.jpg': '-',
};

describe('what differs', () => {
  it('is everything at first, nothing when nothing changed, then just the changes', async () => {
    await using folder = await temporaryFolder();
    await writeTree(folder.path, SHOOT);
    const first = await walkIn(folder.path);
    expect(first.changed).toEqual(['a-b/z.jpg', 'a.jpg', 'a/deep/y.jpg', 'a/x.jpg']);
    const facts = lstatSync(path.join(folder.path, 'a/x.jpg'));
    expect(first.rows.find((row) => row.path === 'a/x.jpg')).toEqual({
      path: 'a/x.jpg',
      size: 1,
      mtimeMs: facts.mtimeMs,
      ctimeMs: facts.ctimeMs,
      inode: facts.ino,
      placeholder: false,
    });

    const second = await walkIn(folder.path, first.rows);
    expect(second.parts).toEqual([]);
    expect(walked(second)).toEqual({
      kind: 'walked',
      seenCount: 4,
      changedCount: 0,
      placeholderCount: 0,
      folderCount: 4,
      missing: [],
      excluded: [],
      unreadableFolders: [],
      unreadableNames: [],
      linkedFolders: [],
      rootDevice: statSync(folder.path).dev,
    });

    await writeFile(path.join(folder.path, 'a.jpg'), 'longer');
    await setTimes(1_000_000, path.join(folder.path, 'a/x.jpg'));
    await rm(path.join(folder.path, 'a/deep'), { recursive: true });
    await rename(path.join(folder.path, 'a-b/z.jpg'), path.join(folder.path, 'a-b/z2.jpg'));
    const third = await walkIn(folder.path, second.rows);
    expect(third.changed).toEqual(['a-b/z2.jpg', 'a.jpg', 'a/x.jpg']);
    expect(walked(third).missing.toSorted()).toEqual(['a-b/z.jpg', 'a/deep/y.jpg']);
  });

  it.each(['size', 'mtimeMs', 'ctimeMs', 'inode'] as const)('is told by %s alone', async (fact) => {
    await using folder = await temporaryFolder();
    await writeTree(folder.path, { '1.jpg': 'x', '2.jpg': 'y' });
    const { rows } = await walkIn(folder.path);
    const changedRows = rows.map((row) => (row.path === '2.jpg' ? { ...row, [fact]: row[fact] + 1 } : row));
    expect((await walkIn(folder.path, changedRows)).changed).toEqual(['2.jpg']);
  });

  it('comes in parts of at most 256', async () => {
    await using folder = await temporaryFolder();
    for (let n = 0; n < 600; n += 1) writeFileSync(path.join(folder.path, `${n}.jpg`), '');
    const result = await walkIn(folder.path);
    expect(result.parts.map((part) => part.changed.length)).toEqual([256, 256, 88]);
    expect(new Set(result.changed).size).toBe(600);
  });

  it('a file that became a folder, and a folder that became a file', async () => {
    await using folder = await temporaryFolder();
    await writeTree(folder.path, { one: 'file', 'two/x.jpg': 'x' });
    const { rows } = await walkIn(folder.path);
    await rm(path.join(folder.path, 'one'));
    await rm(path.join(folder.path, 'two'), { recursive: true });
    await writeTree(folder.path, { 'one/y.jpg': 'y', two: 'file' });
    const again = await walkIn(folder.path, rows);
    expect(again.changed).toEqual(['one/y.jpg', 'two']);
    expect(walked(again).missing.toSorted()).toEqual(['one', 'two/x.jpg']);
  });
});

describe('what is not missing', () => {
  it('when the root is not there, or is a file', async () => {
    await using folder = await temporaryFolder();
    const root = path.join(folder.path, 'root');
    await writeTree(root, SHOOT);
    const { rows } = await walkIn(root);
    await rm(root, { recursive: true });
    expect((await walkIn(root, rows)).summary).toEqual({
      kind: 'unreachable',
      detail: `${root} is not there.`,
    });
    await writeFile(root, '');
    expect((await walkIn(root, rows)).summary).toEqual({
      kind: 'unreachable',
      detail: `${root} is not a folder.`,
    });
  });

  it('when the drive of a mount point vanished; a folder that was emptied is another matter', async () => {
    await using folder = await temporaryFolder();
    const root = path.join(folder.path, 'root');
    await writeTree(root, { 'a.jpg': 'a' });
    const { rows, summary } = await walkIn(root);
    await rm(path.join(root, 'a.jpg'));
    await writeFile(path.join(root, '.nobackup'), '');
    const device = summary.kind === 'walked' ? summary.rootDevice : 0;
    const vanished = await walkIn(root, rows, { expectedDevice: device + 1 });
    expect(vanished.summary).toEqual({
      kind: 'unreachable',
      detail: `The drive that was mounted at ${root} is not there.`,
    });
    expect(walked(await walkIn(root, rows, { expectedDevice: device })).missing).toEqual(['a.jpg']);
  });

  it('when the root goes during the walk', async () => {
    await using folder = await temporaryFolder();
    const root = path.join(folder.path, 'root');
    await writeTree(root, { 'a/x.jpg': 'x', 'b/y.jpg': 'y' });
    const { rows } = await walkIn(root);
    const filter = {
      ...everything,
      directory(name: string) {
        if (name === 'a' && existsSync(root)) renameSync(root, `${root}-pulled`);
        return everything.directory(name);
      },
    };
    const { summary } = await walkIn(root, rows, { filter });
    expect(summary).toEqual({ kind: 'unreachable', detail: `${root} is not there.` });
  });

  it.runIf(process.getuid?.() === 0)('when a folder cannot be read or entered', async () => {
    await using folder = await temporaryFolder();
    await writeTree(folder.path, {
      'shut/in/x.jpg': 'x',
      'seen/y.jpg': 'y',
      'seen/z.jpg': 'z',
      'open/w.jpg': 'w',
    });
    const { rows } = await walkIn(folder.path);
    const { chmod } = await import('node:fs/promises');
    await chmod(folder.path, 0o755);
    await chmod(path.join(folder.path, 'shut'), 0o700);
    await chmod(path.join(folder.path, 'seen'), 0o704);
    process.seteuid?.(65_534);
    const result = await walkIn(folder.path, rows).finally(() => process.seteuid?.(0));
    const summary = walked(result);
    expect([summary.missing, result.changed]).toEqual([[], []]);
    expect(summary.unreadableFolders.map((unread) => unread.path).toSorted()).toEqual(['seen', 'shut']);
    expect(summary.unreadableFolders[0]?.detail).toContain('EACCES');
    expect(summary.seenCount).toBe(1);
  });

  it('what lies in another watched folder, or is excluded now', async () => {
    await using folder = await temporaryFolder();
    await writeTree(folder.path, { 'in/ner/x.jpg': 'x', 'in/y.jpg': 'y', 'out/z.jpg': 'z', 'w.png': 'w' });
    const { rows } = await walkIn(folder.path);
    const result = await walkIn(folder.path, rows, {
      nestedRoots: [path.join(folder.path, 'in/ner'), '/elsewhere', folder.path],
      filter: createFilter({ include: [], exclude: ['out', '*.png'] }),
    });
    const summary = walked(result);
    expect([summary.missing, summary.excluded.toSorted(), summary.seenCount]).toEqual([
      [],
      ['out/z.jpg', 'w.png'],
      1,
    ]);
  });
});

describe('links', () => {
  it('are followed to files and out of the folder, but no folder is walked twice', async () => {
    await using folder = await temporaryFolder();
    const root = path.join(folder.path, 'root');
    const other = path.join(folder.path, 'other');
    await writeTree(root, { 'real/a.jpg': 'a' });
    await writeTree(other, { 'b.jpg': 'b', 'sub/c.jpg': 'c' });
    await symlink(path.join(other, 'b.jpg'), path.join(root, 'file-link.jpg'));
    await symlink(path.join(root, 'real'), path.join(root, 'again'));
    await symlink(folder.path, path.join(root, 'up'));
    await symlink('loop', path.join(root, 'loop'));
    await symlink(other, path.join(root, 'z-out'));
    await symlink(path.join(other, 'sub'), path.join(root, 'z-sub'));
    await symlink('..', path.join(other, 'sub/back'));
    await symlink('/nowhere', path.join(root, 'dangling.jpg'));
    const result = await walkIn(root);
    expect(result.changed).toEqual(['file-link.jpg', 'real/a.jpg', 'z-out/b.jpg', 'z-out/sub/c.jpg']);
    expect(walked(result).linkedFolders).toEqual(expect.arrayContaining(['z-out']));
    expect(result.rows.find((row) => row.path === 'file-link.jpg')?.inode).toBe(
      statSync(path.join(other, 'b.jpg')).ino,
    );
    expect((await walkIn(root, result.rows)).changed).toEqual([]);
  });

  it('to a folder that is not there leave what was known behind them alone', async () => {
    await using folder = await temporaryFolder();
    const root = path.join(folder.path, 'root');
    const drive = path.join(folder.path, 'drive');
    await writeTree(drive, { 'b.jpg': 'b' });
    await writeTree(root, { 'a.jpg': 'a' });
    await symlink(drive, path.join(root, 'link'));
    const { rows } = await walkIn(root);
    await rename(drive, `${drive}-away`);
    expect(walked(await walkIn(root, rows)).missing).toEqual([]);
    await rm(path.join(root, 'link'));
    expect(walked(await walkIn(root, rows)).missing).toEqual(['link/b.jpg']);
  });
});

describe('a subtree', () => {
  const tree: Tree = { 'a/x.jpg': 'x', 'a/b/y.jpg': 'y', 'c/z.jpg': 'z', 'w.jpg': 'w' };

  it.each([
    ['a', ['a/b/y.jpg', 'a/x.jpg']],
    ['a/b', ['a/b/y.jpg']],
    ['w.jpg', ['w.jpg']],
    ['.hidden', []],
    ['nothing', []],
  ])('%s is walked alone', async (subtree, expected) => {
    await using folder = await temporaryFolder();
    await writeTree(folder.path, tree);
    expect((await walkIn(folder.path, [], { subtree })).changed).toEqual(expected);
  });

  it.each([
    ['a', ['a/b/y.jpg', 'a/x.jpg']],
    ['a/b', ['a/b/y.jpg']],
    ['w.jpg', ['w.jpg']],
    ['a/x.jpg', ['a/x.jpg']],
  ])('%s that is gone takes only its own files with it', async (subtree, expected) => {
    await using folder = await temporaryFolder();
    await writeTree(folder.path, tree);
    const { rows } = await walkIn(folder.path);
    for (const name of ['a', 'c', 'w.jpg']) await rm(path.join(folder.path, name), { recursive: true });
    const summary = walked(await walkIn(folder.path, rows, { subtree }));
    expect(summary.missing.toSorted()).toEqual(expected);
  });

  it('in an excluded or a nested folder is left alone', async () => {
    await using folder = await temporaryFolder();
    await writeTree(folder.path, tree);
    const { rows } = await walkIn(folder.path);
    await rm(path.join(folder.path, 'a'), { recursive: true });
    const nested = await walkIn(folder.path, rows, {
      subtree: 'a/b',
      nestedRoots: [path.join(folder.path, 'a')],
    });
    expect(walked(nested)).toMatchObject({ missing: [], excluded: [], seenCount: 0 });
    const filter = createFilter({ include: [], exclude: ['a'] });
    expect(walked(await walkIn(folder.path, rows, { subtree: 'a/b', filter })).missing).toEqual([]);
  });
});

describe('names and placeholders', () => {
  it.runIf(process.platform === 'linux')('names that are not UTF-8 are reported, not kept', async () => {
    await using folder = await temporaryFolder();
    const bytes = Buffer.concat([
      Buffer.from(`${folder.path}/caf`),
      Buffer.from([0xe9]),
      Buffer.from('.jpg'),
    ]);
    writeFileSync(bytes, 'x');
    mkdirSync(Buffer.concat([Buffer.from(`${folder.path}/dir`), Buffer.from([0xff])]));
    await writeTree(folder.path, { 'real-\uFFFD.jpg': 'y', 'cafe\u0301.jpg': 'z', 'caf\u00e9.jpg': 'z' });
    const result = await walkIn(folder.path);
    expect(result.changed).toEqual(['cafe\u0301.jpg', 'caf\u00e9.jpg', 'real-\uFFFD.jpg'].sort());
    expect(walked(result).unreadableNames.toSorted()).toEqual(['caf\uFFFD.jpg', 'dir\uFFFD']);
  });

  it('stubs and files without blocks are told apart from files, and noticed when they arrive', async () => {
    await using folder = await temporaryFolder();
    await writeTree(folder.path, {
      '.IMG_1.jpg.icloud': 'stub',
      'IMG_2.jpg.nextcloud': 'stub',
      'IMG_3.jpg': 'x',
      'small.jpg': '',
    });
    await truncate(path.join(folder.path, 'small.jpg'), 1_000);
    await writeFile(path.join(folder.path, 'big.jpg'), '');
    await truncate(path.join(folder.path, 'big.jpg'), 5_000_000);
    const first = await walkIn(folder.path);
    expect(first.placeholders).toEqual(['IMG_1.jpg', 'IMG_2.jpg', 'big.jpg']);
    expect(first.changed).toContain('IMG_3.jpg');
    expect(walked(first).placeholderCount).toBe(3);
    expect((await walkIn(folder.path, first.rows)).parts).toEqual([]);

    await rm(path.join(folder.path, '.IMG_1.jpg.icloud'));
    await writeFile(path.join(folder.path, 'IMG_1.jpg'), 'the picture');
    const second = await walkIn(folder.path, first.rows, { trustsBlocks: false });
    expect(second.changed).toEqual(['IMG_1.jpg', 'big.jpg']);
  });

  it('other things than files are passed over', async () => {
    const result = await walkIn('/dev');
    expect(result.changed.filter((name) => ['null', 'zero', 'tty'].includes(name))).toEqual([]);
    expect(result.summary.kind).toBe('walked');
  });
});

it('stops when asked, before it begins or in the middle', async () => {
  await using folder = await temporaryFolder();
  for (let n = 0; n < 50; n += 1) await mkdir(path.join(folder.path, `${n}`));
  expect((await walkIn(folder.path, [], { signal: AbortSignal.abort() })).summary).toEqual({
    kind: 'stopped',
  });
  const abort = new AbortController();
  setImmediate(() => abort.abort());
  const slow = { ...everything, directory: spendsOneMs };
  expect((await walkIn(folder.path, [], { signal: abort.signal, filter: slow })).summary).toEqual({
    kind: 'stopped',
  });
});

/** Takes enough time for the walk to let the event loop turn. */
function spendsOneMs(): boolean {
  const until = performance.now() + 1;
  while (performance.now() < until);
  return true;
}
