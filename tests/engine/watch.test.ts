/** The life of watched folders, with back ends and roots in the test's hand and a clock that is moved. */
import { describe, expect, it } from 'vitest';
import type { BackendSink, StartBackend } from '../../electron/engine/ingest/watch-backend.ts';
import { createWatcher } from '../../electron/engine/ingest/watch.ts';
import { WATCH_TIMES, type RootFacts, type WatchFolder } from '../../electron/engine/ingest/watch-types.ts';
import { createFakeClock } from '../support/fake-clock.ts';

const LOCAL = { kind: 'local', type: 'ext4', mountPoint: '/' } as const;
const NFS = { kind: 'network', type: 'nfs4', mountPoint: '/nas' } as const;

function folder(id: number, more: Partial<WatchFolder> = {}): WatchFolder {
  return { id, path: `/photos/${id}`, choice: 'auto', fileSystem: LOCAL, include: [], exclude: [], ...more };
}

function setUp() {
  const clock = createFakeClock();
  const told: string[] = [];
  const roots = new Map<string, RootFacts | Error>();
  const running = new Map<string, BackendSink>();
  const refusals: Error[] = [];
  const backend =
    (kind: string): StartBackend =>
    async ({ root }, sink) => {
      const refusal = refusals.shift();
      told.push(`${kind} ${root} ${refusal === undefined ? 'starts' : 'refused'}`);
      if (refusal !== undefined) throw refusal;
      running.set(root, sink);
      return {
        watchCount: () => 1,
        async stop() {
          told.push(`${kind} ${root} stops`);
          running.delete(root);
        },
      };
    };
  for (let id = 1; id <= 3; id += 1) roots.set(`/photos/${id}`, { device: 1, inode: id });
  const watcher = createWatcher({
    clock,
    log: { warn: () => undefined },
    startEvents: backend('events'),
    startPolling: backend('polling'),
    async rootFacts(path) {
      const facts = roots.get(path);
      if (facts instanceof Error) throw facts;
      return facts;
    },
    onHint: (id, path, subtree) => told.push(`${id} hint ${path ?? 'all'}${subtree ? ' and below' : ''}`),
    onState: (id, { mode, reason, health, detail }) =>
      told.push([id, mode, health, reason, detail].filter((part) => part !== null).join(' | ')),
  });
  /** What was told since the last time this was asked. */
  const news = () => told.splice(0);
  const settle = async () => {
    await clock.advance(0);
    return news();
  };
  return { clock, roots, running, refusals, watcher, news, settle };
}

describe('the wanted set', () => {
  it('is declared: only what differs is touched', async () => {
    const { watcher, settle } = setUp();
    watcher.setFolders([folder(1), folder(2)]);
    expect((await settle()).toSorted()).toEqual(
      [1, 2]
        .flatMap((id) => [`events /photos/${id} starts`, `${id} | events | ok`, `${id} hint all and below`])
        .toSorted(),
    );
    watcher.setFolders([folder(2), folder(1)]);
    expect(await settle()).toEqual([]);
    watcher.setFolders([folder(2, { exclude: ['*.png'] }), folder(3)]);
    expect((await settle()).toSorted()).toEqual(
      [
        'events /photos/1 stops',
        'events /photos/2 stops',
        ...[2, 3].flatMap((id) => [
          `events /photos/${id} starts`,
          `${id} | events | ok`,
          `${id} hint all and below`,
        ]),
      ].toSorted(),
    );
    await watcher.stop();
    expect((await settle()).toSorted()).toEqual(['events /photos/2 stops', 'events /photos/3 stops']);
  });

  it('with a bad glob is refused as a whole', async () => {
    const { watcher, settle } = setUp();
    watcher.setFolders([folder(1)]);
    await settle();
    expect(() => watcher.setFolders([folder(2, { include: ['[x'] })])).toThrow(
      'The pattern "[x" cannot be used',
    );
    expect(await settle()).toEqual([]);
    await watcher.stop();
  });

  it('a stop leaves no timer and nothing is told after it', async () => {
    const { clock, running, watcher, news, settle } = setUp();
    watcher.setFolders([folder(1), folder(2, { fileSystem: NFS })]);
    await settle();
    const sink = running.get('/photos/1');
    await watcher.stop();
    news();
    sink?.changed('/photos/1/x.jpg', 'path');
    sink?.failed(new Error('late'));
    await clock.advance(10_000_000);
    expect([news(), clock.timerCount()]).toEqual([[], 0]);
  });
});

it('passes hints on: files, folders, and the whole for the root', async () => {
  const { running, watcher, news, settle } = setUp();
  watcher.setFolders([folder(1)]);
  await settle();
  const sink = running.get('/photos/1');
  sink?.changed('/photos/1/a.jpg', 'path');
  sink?.changed('/photos/1/shoot', 'folder');
  sink?.changed('/photos/1', 'folder');
  expect(news()).toEqual([
    '1 hint /photos/1/a.jpg',
    '1 hint /photos/1/shoot and below',
    '1 hint all and below',
  ]);
  await watcher.stop();
});

describe('scans on a timer', () => {
  it('come every 15 minutes beside events and every minute on a network drive', async () => {
    const { clock, watcher, news, settle } = setUp();
    watcher.setFolders([folder(1), folder(2, { fileSystem: NFS })]);
    await settle();
    await clock.advance(60_000);
    expect(news()).toEqual(['2 hint all and below']);
    await clock.advance(14 * 60_000);
    const later = news();
    expect(later.filter((line) => line.startsWith('1'))).toEqual(['1 hint all and below']);
    expect(later.filter((line) => line.startsWith('2'))).toHaveLength(14);
    await watcher.stop();
  });

  it('come when the computer wakes', async () => {
    const { clock, watcher, news, settle } = setUp();
    watcher.setFolders([folder(1), folder(2)]);
    await settle();
    clock.jump(29_000);
    await clock.advance(10_000);
    expect(news()).toEqual([]);
    clock.jump(31_000);
    await clock.advance(10_000);
    expect(news().toSorted()).toEqual(['1 hint all and below', '2 hint all and below']);
    await watcher.stop();
  });
});

describe('network drives', () => {
  it('are polled while they are small', async () => {
    const { watcher, settle } = setUp();
    const nas = folder(1, { fileSystem: NFS });
    const reason = 'The folder is on a network drive (nfs4), where the system does not tell every change.';
    watcher.setFolders([nas]);
    expect(await settle()).toEqual([`1 | scan | ok | ${reason}`, '1 hint all and below']);
    watcher.setFolders([{ ...nas, fileCount: 2_000 }]);
    expect(await settle()).toEqual([
      'polling /photos/1 starts',
      `1 | polling | ok | ${reason}`,
      '1 hint all and below',
    ]);
    watcher.setFolders([{ ...nas, fileCount: 1_900 }]);
    expect(await settle()).toEqual([]);
    watcher.setFolders([{ ...nas, fileCount: 2_001 }]);
    expect(await settle()).toEqual([
      'polling /photos/1 stops',
      `1 | scan | ok | ${reason}`,
      '1 hint all and below',
    ]);
    await watcher.stop();
  });
});

describe('the root', () => {
  it('that is gone is unreachable, not emptied; its return watches and scans again', async () => {
    const { clock, roots, running, watcher, settle, news } = setUp();
    watcher.setFolders([folder(1)]);
    await settle();
    roots.delete('/photos/1');
    running.get('/photos/1')?.rootMoved();
    expect(await settle()).toEqual([
      'events /photos/1 stops',
      '1 | events | unreachable | /photos/1 is not there.',
    ]);
    await clock.advance(3_600_000);
    expect(news()).toEqual([]);
    roots.set('/photos/1', { device: 1, inode: 99 });
    await clock.advance(WATCH_TIMES.rootCheckMs);
    expect(news()).toEqual(['events /photos/1 starts', '1 | events | ok', '1 hint all and below']);
    await watcher.stop();
  });

  it('that moved but is there is no trouble, and another one in its place is noticed without an event', async () => {
    const { clock, roots, running, watcher, settle, news } = setUp();
    watcher.setFolders([folder(1)]);
    await settle();
    running.get('/photos/1')?.rootMoved();
    expect(await settle()).toEqual([]);
    roots.set('/photos/1', { device: 2, inode: 1 });
    await clock.advance(WATCH_TIMES.rootCheckMs);
    expect(news()).toEqual(['events /photos/1 stops', 'events /photos/1 starts', '1 hint all and below']);
    await watcher.stop();
  });

  it('that does not answer is unreachable with the reason', async () => {
    const { clock, roots, watcher, settle, news } = setUp();
    roots.set('/photos/1', new Error('ESTALE: stale file handle'));
    watcher.setFolders([folder(1)]);
    expect(await settle()).toEqual(['1 | events | unreachable | ESTALE: stale file handle']);
    roots.set('/photos/1', { device: 1, inode: 1 });
    await clock.advance(WATCH_TIMES.rootCheckMs);
    expect(news()).toContain('1 | events | ok');
    await watcher.stop();
  });
});

/** What `fs.watch` throws when fs.inotify.max_user_watches is used up. */
function limit(): Error {
  return Object.assign(new Error('System limit for number of file watchers reached'), { code: 'ENOSPC' });
}

describe('events that cannot be trusted', () => {
  it('fall back to scans with a sentence, and are tried again', async () => {
    const { clock, refusals, watcher, settle, news } = setUp();
    refusals.push(limit());
    watcher.setFolders([folder(1)]);
    expect(await settle()).toEqual([
      'events /photos/1 refused',
      expect.stringMatching(
        /^1 \| scan \| ok \| The system's limit of watched folders is reached.*max_user_watches/u,
      ),
      '1 hint all and below',
    ]);
    await clock.advance(WATCH_TIMES.retryMs);
    expect(news().filter((line) => !line.includes('hint'))).toEqual([
      'events /photos/1 starts',
      '1 | events | ok',
    ]);
    await watcher.stop();
  });

  it('are not tried for ever', async () => {
    const { clock, refusals, watcher, news } = setUp();
    for (let n = 0; n < 20; n += 1) refusals.push(limit());
    watcher.setFolders([folder(1)]);
    await clock.advance(WATCH_TIMES.retryMs * 100);
    const starts = news().filter((line) => line.startsWith('events'));
    expect(starts).toHaveLength(1 + WATCH_TIMES.retryLimit);
    await watcher.stop();
  });

  it('that die later fall back too; a small folder is polled, and scanned when that fails as well', async () => {
    const { refusals, running, watcher, settle } = setUp();
    watcher.setFolders([folder(1, { fileCount: 10 })]);
    await settle();
    refusals.push(new Error('no polling either'));
    running.get('/photos/1')?.failed(new Error('broken'));
    expect(await settle()).toEqual([
      'events /photos/1 stops',
      'polling /photos/1 refused',
      expect.stringMatching(/^1 \| scan \| ok \| .*\(no polling either\)/u),
      '1 hint all and below',
    ]);
    await watcher.stop();
  });

  it('that were dropped are started anew, with a scan', async () => {
    const { running, watcher, settle } = setUp();
    watcher.setFolders([folder(1)]);
    await settle();
    const first = running.get('/photos/1');
    first?.lost('overflow');
    expect(await settle()).toEqual([
      'events /photos/1 stops',
      'events /photos/1 starts',
      '1 hint all and below',
    ]);
    // What the old one still says is not heard.
    first?.changed('/photos/1/a.jpg', 'path');
    first?.lost('again');
    first?.failed(new Error('late'));
    expect(await settle()).toEqual([]);
    await watcher.stop();
  });

  it('that missed changes twice are given up, and the folder says so', async () => {
    const { clock, watcher, settle, news } = setUp();
    watcher.setFolders([folder(1)]);
    await settle();
    watcher.missed(1, 0);
    watcher.missed(1, 3);
    watcher.missed(1, 0);
    expect(await settle()).toEqual([]);
    watcher.missed(1, 7);
    expect(await settle()).toEqual([
      'events /photos/1 stops',
      '1 | scan | ok | A scan found 7 changes that the system had not told, for the second time, so the folder is scanned every now and then.',
      '1 hint all and below',
    ]);
    await clock.advance(60_000);
    expect(news()).toEqual(['1 hint all and below']);
    await watcher.stop();
  });
});
