/** Back ends on real folders: whatever changes has to be covered by a hint, for itself or for a folder above it. */
import { spawn } from 'node:child_process';
import { appendFile, cp, mkdir, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { once } from 'node:events';
import { mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import parcel from '@parcel/watcher';
import { describe, expect, it, vi } from 'vitest';
import { realClock } from '../../electron/engine/clock.ts';
import { createFilter } from '../../electron/engine/ingest/path-filter.ts';
import type { Backend, StartBackend } from '../../electron/engine/ingest/watch-backend.ts';
import { watchDirectories } from '../../electron/engine/ingest/watch-directories.ts';
import { createTreeEvents } from '../../electron/engine/ingest/watch-events.ts';
import { createPolling } from '../../electron/engine/ingest/watch-polling.ts';
import { createWatcher } from '../../electron/engine/ingest/watch.ts';
import { temporaryFolder, writeTree } from '../support/tree.ts';

const isLinux = process.platform === 'linux';
const BACKENDS: [string, StartBackend][] = [
  ...(isLinux ? ([['watches on directories', watchDirectories]] as [string, StartBackend][]) : []),
  ['tree events', createTreeEvents(parcel.subscribe)],
  ['polling', createPolling(50)],
];

/** Collects what a back end tells. */
class Listening implements AsyncDisposable {
  readonly root: string;
  readonly folders = new Set<string>();
  readonly paths = new Set<string>();
  readonly trouble: string[] = [];
  rootMovedCount = 0;
  #backend: Backend | null = null;

  constructor(root: string) {
    this.root = root;
  }

  async start(backend: StartBackend, exclude: string[] = [], nested: string[] = []): Promise<this> {
    const filter = createFilter({ include: [], exclude });
    this.#backend = await backend(
      { root: this.root, filter, nested: new Set(nested), clock: realClock },
      {
        changed: (changed, kind) =>
          (kind === 'folder' ? this.folders : this.paths).add(path.relative(this.root, changed)),
        rootMoved: () => (this.rootMovedCount += 1),
        lost: (detail) => this.trouble.push(`lost: ${detail}`),
        failed: (error) => this.trouble.push(`failed: ${error.message}`),
      },
    );
    return this;
  }

  /** Whether a look at what was told would come by `relative`. */
  covers(relative: string): boolean {
    if (this.paths.has(relative) || this.folders.has('')) return true;
    for (let at = relative; at !== '.'; at = path.dirname(at)) if (this.folders.has(at)) return true;
    // What is gone may have been a folder.
    for (let at = path.dirname(relative); at !== '.'; at = path.dirname(at))
      if (this.paths.has(at)) return true;
    return false;
  }

  async until(...expected: string[]): Promise<void> {
    await vi.waitFor(() => expect(expected.filter((one) => !this.covers(one))).toEqual([]), {
      timeout: 20_000,
      interval: 20,
    });
  }

  forget(): void {
    this.folders.clear();
    this.paths.clear();
  }

  watchCount(): number {
    return this.#backend?.watchCount() ?? 0;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#backend?.stop();
  }
}

describe.each(BACKENDS)('%s', (name, backend) => {
  it('cover new, changed, replaced and deleted files, and a save by renaming', async () => {
    await using folder = await temporaryFolder();
    const at = (relative: string) => path.join(folder.path, relative);
    await writeTree(folder.path, {
      'a.jpg': 'a',
      'shoot/b.jpg': 'b',
      'shoot/c.jpg': 'c',
      'deep/er/d.jpg': 'd',
    });
    await using listening = await new Listening(folder.path).start(backend);
    await writeFile(at('new.jpg'), 'new');
    await appendFile(at('shoot/b.jpg'), 'more');
    await rm(at('shoot/c.jpg'));
    await writeFile(at('deep/er/d.jpg.saving'), 'saved');
    await rename(at('deep/er/d.jpg.saving'), at('deep/er/d.jpg'));
    await listening.until('new.jpg', 'shoot/b.jpg', 'shoot/c.jpg', 'deep/er/d.jpg');
    expect(listening.trouble).toEqual([]);
  });

  it('cover a tree that is copied in, a folder that is moved in, renamed and moved out', async () => {
    await using folder = await temporaryFolder();
    await using outside = await temporaryFolder();
    const at = (relative: string) => path.join(folder.path, relative);
    await writeTree(outside.path, { 'tree/x.jpg': 'x', 'tree/sub/y.jpg': 'y', 'moved/in/z.jpg': 'z' });
    await using listening = await new Listening(folder.path).start(backend);
    await cp(path.join(outside.path, 'tree'), at('tree'), { recursive: true });
    await listening.until('tree/x.jpg', 'tree/sub/y.jpg');
    await rename(path.join(outside.path, 'moved'), at('moved'));
    await listening.until('moved/in/z.jpg');
    await rename(at('moved'), at('renamed'));
    await listening.until('moved/in/z.jpg', 'renamed/in/z.jpg');
    await rename(at('renamed'), path.join(outside.path, 'out'));
    await listening.until('renamed/in/z.jpg');
    expect(listening.trouble).toEqual([]);
  });

  it('cover a slow copy from its first to its last byte', async () => {
    await using folder = await temporaryFolder();
    await using listening = await new Listening(folder.path).start(backend);
    const slow = path.join(folder.path, 'slow.jpg');
    for (let chunk = 0; chunk < 3; chunk += 1) {
      listening.forget();
      await appendFile(slow, Buffer.alloc(1_000, chunk));
      await listening.until('slow.jpg');
    }
  });

  it('do not tell junk, what is excluded, or what is in a nested watched folder', async () => {
    await using folder = await temporaryFolder();
    await writeTree(folder.path, { 'nested/x.jpg': '', '@eaDir/x.jpg': '', 'out/x.jpg': '', 'in/x.jpg': '' });
    await using listening = await new Listening(folder.path).start(backend, ['out', '*.png'], ['nested']);
    const junk = {
      'nested/y.jpg': '',
      '@eaDir/y.jpg': '',
      'out/y.jpg': '',
      'in/y.png': '',
      '._y.jpg': '',
      '.x/y.jpg': '',
    };
    await writeTree(folder.path, junk);
    await writeTree(folder.path, { 'in/last.jpg': '' });
    await listening.until('in/last.jpg');
    const told = [...listening.folders, ...listening.paths];
    expect(told.filter((one) => !['', 'in', 'in/last.jpg'].includes(one))).toEqual([]);
  });

  it('notice that the root goes', async () => {
    await using folder = await temporaryFolder();
    const root = path.join(folder.path, 'root');
    await writeTree(root, { 'a/b.jpg': '' });
    await using listening = await new Listening(root).start(backend);
    await rm(root, { recursive: true });
    await vi.waitFor(() => expect(listening.rootMovedCount).toBeGreaterThan(0), { timeout: 20_000 });
    expect(name === 'polling' ? 0 : listening.trouble.length).toBe(0);
  });

  it('refuse a root that is not there', async () => {
    if (name === 'polling') return;
    await using folder = await temporaryFolder();
    await expect(new Listening(path.join(folder.path, 'no')).start(backend)).rejects.toThrow();
  });
});

describe.runIf(isLinux)('watches on directories', () => {
  it('go on below a folder that was moved in, renamed, or reached by a link out of the folder', async () => {
    await using folder = await temporaryFolder();
    await using outside = await temporaryFolder();
    const at = (relative: string) => path.join(folder.path, relative);
    await writeTree(outside.path, {
      'moved/in/deep/z.jpg': 'z',
      'linked/deep/l.jpg': 'l',
      'late/k.jpg': 'k',
    });
    await symlink(path.join(outside.path, 'linked'), at('link'));
    await symlink(folder.path, at('self'));
    await using listening = await new Listening(folder.path).start(watchDirectories);
    await rename(path.join(outside.path, 'moved'), at('moved'));
    await symlink(path.join(outside.path, 'late'), at('late'));
    await listening.until('moved/in/deep/z.jpg', 'late/k.jpg');
    listening.forget();
    await appendFile(at('moved/in/deep/z.jpg'), 'more');
    await writeFile(at('link/deep/new.jpg'), '');
    await writeFile(at('late/new.jpg'), '');
    await listening.until('moved/in/deep/z.jpg', 'link/deep/new.jpg', 'late/new.jpg');
    await rename(at('moved'), at('renamed'));
    await listening.until('moved', 'renamed');
    listening.forget();
    await writeFile(at('renamed/in/deep/new.jpg'), '');
    await listening.until('renamed/in/deep/new.jpg');
    expect([...listening.paths].filter((one) => one.startsWith('moved'))).toEqual([]);
    expect(listening.trouble).toEqual([]);
  });

  it('are as many as there are folders that count, and go with them', async () => {
    await using folder = await temporaryFolder();
    await writeTree(folder.path, { 'a/b/c/x.jpg': '', 'd/y.jpg': '', '@eaDir/z.jpg': '', 'out/z.jpg': '' });
    await using listening = await new Listening(folder.path).start(watchDirectories, ['out']);
    expect(listening.watchCount()).toBe(5);
    await rm(path.join(folder.path, 'a'), { recursive: true });
    await vi.waitFor(() => expect(listening.watchCount()).toBe(2));
    await mkdir(path.join(folder.path, 'e/f/g'), { recursive: true });
    await vi.waitFor(() => expect(listening.watchCount()).toBe(5));
    // Another folder of the same name, too fast for two rounds of events.
    rmSync(path.join(folder.path, 'e'), { recursive: true });
    mkdirSync(path.join(folder.path, 'e/f'), { recursive: true });
    await vi.waitFor(() => expect(listening.watchCount()).toBe(4));
    listening.forget();
    await writeFile(path.join(folder.path, 'e/f/x.jpg'), '');
    await listening.until('e/f/x.jpg');
  });

  it('cover a fast copy of many files in many folders by another process', async () => {
    await using folder = await temporaryFolder();
    await using outside = await temporaryFolder();
    const tree = Object.fromEntries(
      Array.from({ length: 300 }, (_, n) => [`${n % 30}/${n % 7}/${n}.jpg`, 'x']),
    );
    const files = (await writeTree(outside.path, tree)).map((file) => path.relative(outside.path, file));
    await using listening = await new Listening(folder.path).start(watchDirectories);
    await once(spawn('cp', ['-r', `${outside.path}/.`, folder.path]), 'exit');
    await listening.until(...files);
    expect(listening.trouble).toEqual([]);
    listening.forget();
    for (const file of files.slice(0, 20)) await appendFile(path.join(folder.path, file), 'more');
    await listening.until(...files.slice(0, 20));
  });
});

function until(check: () => void): Promise<void> {
  return vi.waitFor(check, { timeout: 20_000, interval: 20 });
}

it('a watched folder that is deleted and comes back is watched again', async () => {
  await using folder = await temporaryFolder();
  const root = path.join(folder.path, 'root');
  await writeTree(root, { 'a.jpg': 'a' });
  const hints: (string | null)[] = [];
  const states: string[] = [];
  const watcher = createWatcher({
    clock: realClock,
    log: { warn: () => undefined },
    onHint: (_id, hinted) => hints.push(hinted),
    onState: (_id, { mode, health }) => states.push(`${mode} ${health}`),
    times: { rootCheckMs: 50 },
  });
  const fileSystem = { kind: 'local', type: null, mountPoint: null } as const;
  watcher.setFolders([{ id: 1, path: root, choice: 'auto', fileSystem, include: [], exclude: [] }]);
  await until(() => expect(states).toEqual(['events ok']));
  await rm(root, { recursive: true });
  await until(() => expect(states).toEqual(['events ok', 'events unreachable']));
  hints.length = 0;
  await writeTree(root, { 'b.jpg': 'b' });
  await until(() => expect(states).toEqual(['events ok', 'events unreachable', 'events ok']));
  expect(hints).toContain(null);
  hints.length = 0;
  await writeTree(root, { 'c.jpg': 'c' });
  await until(() => expect(hints).toContain(path.join(root, 'c.jpg')));
  await watcher.stop();
});

it('tree events tell dropped changes apart from failures', async () => {
  await using folder = await temporaryFolder();
  let tell: parcel.SubscribeCallback | undefined;
  const subscribe = async (_root: string, listener: parcel.SubscribeCallback) => {
    tell = listener;
    return { unsubscribe: async () => undefined };
  };
  await using listening = await new Listening(folder.path).start(createTreeEvents(subscribe));
  tell?.(new Error('Events were dropped by the kernel. File system must be re-scanned.'), []);
  tell?.(new Error('Buffer overflow. Some events may have been lost.'), []);
  tell?.(new Error('Unable to poll: Bad file descriptor'), []);
  tell?.(
    null,
    Array.from({ length: 4_097 }, (_, n) => ({
      path: path.join(folder.path, `${n}`),
      type: 'create' as const,
    })),
  );
  expect(listening.trouble).toEqual([
    'lost: Events were dropped by the kernel. File system must be re-scanned.',
    'lost: Buffer overflow. Some events may have been lost.',
    'failed: Unable to poll: Bad file descriptor',
    'lost: 4097 changes came at once.',
  ]);
});
