import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { WorkerHandle } from '../../electron/engine/host.ts';
import { DiskFullError } from '../../electron/engine/imaging/disk-full.ts';
import { WORKER_PRIORITY } from '../../electron/engine/workers/give-way.ts';
import type { WorkerJob } from '../../electron/engine/workers/jobs.ts';
import {
  createWorkerPool,
  type RunOptions,
  type WorkerPool,
  type WorkerPoolOptions,
} from '../../electron/engine/workers/pool.ts';
import { forkWorker } from '../../electron/local/fork-worker.ts';
import { createFakeClock } from '../support/fake-clock.ts';
import { jpeg } from '../support/pictures.ts';
import type { ActJob } from '../support/worker-that-misbehaves.ts';

const SCRIPT = fileURLToPath(new URL('../support/worker-that-misbehaves.ts', import.meta.url));

interface Bench {
  readonly pool: WorkerPool;
  readonly started: WorkerHandle[];
  readonly warned: object[];
  readonly act: (act: ActJob['act'], file: string, word?: string, options?: RunOptions) => Promise<unknown>;
}

let folder: string;
const pools: WorkerPool[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pool-'));
});
afterEach(async () => {
  await Promise.all(pools.splice(0).map(async (pool) => await pool.stop()));
  await rm(folder, { recursive: true });
});

function bench(options: Partial<WorkerPoolOptions> = {}): Bench {
  const started: WorkerHandle[] = [];
  const warned: object[] = [];
  const pool = createWorkerPool({
    size: 1,
    startWorker: () => {
      const handle = forkWorker(SCRIPT);
      started.push(handle);
      return handle;
    },
    log: { warn: (_event, facts) => warned.push(facts ?? {}) },
    ...options,
  });
  pools.push(pool);
  return {
    pool,
    started,
    warned,
    act: async (act, file, word = '', runOptions = {}) => {
      const job: ActJob = { kind: 'act', act, path: join(folder, file), word };
      return await pool.run(job as unknown as WorkerJob, runOptions);
    },
  };
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

test('starts no worker without work, then one per task at a time, and keeps them', async () => {
  const { act, started, pool } = bench({ size: 2 });
  expect(started).toHaveLength(0);
  const both = [act('wait-for-file', 'gate', 'a'), act('wait-for-file', 'gate', 'b')];
  const third = act('echo', 'log', 'c');
  expect(pool.sizes()).toEqual({ busy: 2, waiting: 1 });
  writeFileSync(join(folder, 'gate'), '');
  const [first, second] = (await Promise.all(both)) as { pid: number; word: string }[];
  expect([first?.word, second?.word]).toEqual(['a', 'b']);
  expect(first?.pid).not.toBe(second?.pid);
  expect(started.map((handle) => handle.pid)).toContain(((await third) as { pid: number }).pid);
  expect(started).toHaveLength(2);
  expect(pool.sizes()).toEqual({ busy: 0, waiting: 0 });
});

test('leaves a worker without work while room is wanted, but for what somebody waits for', async () => {
  const clock = createFakeClock();
  const { act, pool } = bench({ size: 2, clock });
  pool.leaveRoom(1000);
  const work = ['a', 'b', 'c'].map((gate) => act('wait-for-file', gate));
  expect(pool.sizes()).toEqual({ busy: 1, waiting: 2 });
  const urgent = act('wait-for-file', 'urgent', '', { priority: 1 });
  expect(pool.sizes()).toEqual({ busy: 2, waiting: 2 });
  writeFileSync(join(folder, 'urgent'), '');
  await urgent;
  expect(pool.sizes()).toEqual({ busy: 1, waiting: 2 });
  // It is wanted for longer in the middle.
  await clock.advance(900);
  pool.leaveRoom(1000);
  await clock.advance(999);
  expect(pool.sizes()).toEqual({ busy: 1, waiting: 2 });
  await clock.advance(1);
  expect(pool.sizes()).toEqual({ busy: 2, waiting: 1 });
  for (const gate of ['a', 'b', 'c']) writeFileSync(join(folder, gate), '');
  await Promise.all(work);
});

test('a single worker goes on working while room is wanted', async () => {
  const { act, pool } = bench({ clock: createFakeClock() });
  pool.leaveRoom(1000);
  expect(await act('echo', 'log', 'a')).toMatchObject({ word: 'a' });
});

test.runIf(process.platform === 'linux')(
  'gives way with all the threads of a worker, also those that decode',
  async () => {
    const handles: WorkerHandle[] = [];
    const { pool } = bench({
      startWorker: () => {
        const handle = forkWorker();
        handles.push(handle);
        return handle;
      },
    });
    const file = join(folder, 'a.jpg');
    writeFileSync(file, await jpeg({ seed: 1 }));
    const job = {
      kind: 'thumbnails',
      path: file,
      format: 'jpeg',
      orientation: 1,
      pictureHash: '1'.repeat(64),
      folder,
    } as const;
    expect(await pool.run(job)).toMatchObject({ kind: 'made' });
    const threads = `/proc/${String(handles[0]?.pid)}/task`;
    // The 19th field of a thread's state, after its name in brackets, is its priority (proc(5)).
    const niceness = readdirSync(threads).map((id) =>
      Number(
        readFileSync(join(threads, id, 'stat'), 'utf8')
          .split(') ')[1]
          ?.split(' ')[16],
      ),
    );
    expect(niceness.length).toBeGreaterThan(4);
    expect(new Set(niceness)).toEqual(new Set([WORKER_PRIORITY]));
  },
);

test('goes by priority, then first come, first served', async () => {
  const { act } = bench();
  const gate = act('wait-for-file', 'gate');
  const rest = [
    act('echo', 'log', 'a'),
    act('echo', 'log', 'b'),
    act('echo', 'log', 'urgent', { priority: 5 }),
    act('echo', 'log', 'c'),
    act('echo', 'log', 'later', { priority: -1 }),
  ];
  writeFileSync(join(folder, 'gate'), '');
  await Promise.all([gate, ...rest]);
  expect(readFileSync(join(folder, 'log'), 'utf8').split('\n')).toEqual([
    'urgent',
    'a',
    'b',
    'c',
    'later',
    '',
  ]);
});

test('a task that loses its worker once is tried again on a fresh one', async () => {
  const { act, started, warned } = bench({ timeLimitMs: { act: 1500 } });
  expect(await act('crash-once', 'crashed', 'x')).toEqual({ pid: started[1]?.pid, word: 'x' });
  expect(await act('hang-once', 'hung', 'y')).toEqual({ pid: started[2]?.pid, word: 'y' });
  expect(warned).toMatchObject([
    { cause: 'decoder-crashed', again: true },
    { cause: 'decoder-timeout', again: true },
  ]);
});

test('the second try gets a worker that did nothing before, even when one is idle', async () => {
  const { act, started } = bench({ size: 2 });
  const gate = act('wait-for-file', 'gate');
  const crash = act('crash-once', 'crashed', 'x');
  writeFileSync(join(folder, 'gate'), '');
  await gate;
  expect(await crash).toEqual({ pid: started[2]?.pid, word: 'x' });
});

test.each([
  ['crash', 'decoder-crashed', /SIGSEGV/],
  ['hang', 'decoder-timeout', /No answer in 1 s/],
  ['block', 'decoder-timeout', /No answer in 1 s/],
] as const)(
  'a photo that makes a worker %s twice fails as %s, the next one is fine',
  async (bad, cause, detail) => {
    const { act, started } = bench({ timeLimitMs: { act: 1000 } });
    const next = act(bad, 'marker');
    const other = act('echo', 'log', 'fine');
    expect(await next).toEqual({ kind: 'problem', cause, detail: expect.stringMatching(detail) });
    expect(await other).toMatchObject({ word: 'fine' });
    expect(started.slice(0, 2).map(({ pid }) => isAlive(pid))).toEqual([false, false]);
  },
);

// Only Linux shows another process's memory; elsewhere a worker in one long call goes unseen until its time is up.
test.runIf(process.platform === 'linux')('a worker that outgrows its memory is ended', async () => {
  const { act } = bench({ memoryLimitBytes: 300_000_000 });
  expect(await act('grow', 'x')).toEqual({
    kind: 'problem',
    cause: 'decoder-memory',
    detail: expect.stringMatching(/^\d+ MB used, 300 MB allowed\.$/),
  });
});

test('parts come before the answer; a task that had parts is not repeated', async () => {
  const { act, started } = bench();
  const parts: unknown[] = [];
  const onPart = (part: unknown): void => {
    parts.push(part);
  };
  expect(await act('parts', 'x', '', { onPart })).toBe('done');
  expect(parts).toEqual([1, 2]);
  expect(await act('parts-then-crash', 'x', '', { onPart })).toMatchObject({ cause: 'decoder-crashed' });
  expect(parts).toEqual([1, 2, 1]);
  expect(started).toHaveLength(1);
});

test('abort cancels a waiting task at once and stops a running one', async () => {
  const { act, pool } = bench();
  const stopRunning = new AbortController();
  const stopWaiting = new AbortController();
  const begun = Promise.withResolvers<unknown>();
  const running = act('until-cancelled', 'cancelled', '', {
    signal: stopRunning.signal,
    onPart: begun.resolve,
  });
  const waiting = act('echo', 'log', 'never', { signal: stopWaiting.signal });
  await begun.promise;
  stopWaiting.abort(new Error('not wanted'));
  await expect(waiting).rejects.toThrow('not wanted');
  expect(pool.sizes()).toEqual({ busy: 1, waiting: 0 });
  stopRunning.abort();
  await expect(running).rejects.toThrow('aborted');
  await vi.waitFor(() => {
    expect(existsSync(join(folder, 'cancelled'))).toBe(true);
  });
  expect(await act('echo', 'log', 'next')).toMatchObject({ word: 'next' });
  expect(readFileSync(join(folder, 'log'), 'utf8')).toBe('next\n');
  await expect(
    act('echo', 'log', 'late', { signal: AbortSignal.abort(new Error('too late')) }),
  ).rejects.toThrow('too late');
});

test('a full disk and a mistake are no verdict about the photo', async () => {
  const { act, started } = bench();
  await expect(act('disk-full', 'x')).rejects.toThrow(DiskFullError);
  await expect(act('throw', 'x')).rejects.toThrow('a mistake');
  expect(started).toHaveLength(1);
});

test('stop ends every process and rejects what runs and waits', async () => {
  const { act, pool, started } = bench();
  const results = Promise.allSettled([act('hang', 'x'), act('echo', 'log', 'a')]);
  await vi.waitFor(() => {
    expect(existsSync(join(folder, 'x'))).toBe(true);
  });
  await pool.stop();
  expect((await results).map((one) => one.status === 'rejected' && (one.reason as Error).name)).toEqual([
    'AbortError',
    'AbortError',
  ]);
  expect(started.map(({ pid }) => isAlive(pid))).toEqual([false]);
  await expect(act('echo', 'log', 'b')).rejects.toThrow('stopped');
});

test('the real worker makes files, and says why it cannot', async () => {
  const { pool } = bench({ startWorker: () => forkWorker() });
  const path = join(folder, 'red.jpg');
  await sharp({ create: { width: 900, height: 600, channels: 3, background: 'red' } })
    .jpeg()
    .toFile(path);
  const target = join(folder, 'out', 'red.jpg');
  const rendition = { kind: 'rendition', path, format: 'jpeg', orientation: 6, target } as const;
  const made = await pool.run(rendition);
  expect(made).toEqual({
    kind: 'made',
    width: 600,
    height: 900,
    recoveredShare: null,
    bytes: readFileSync(target).length,
  });
  expect(await pool.run({ ...rendition, path: join(folder, 'none.jpg') })).toMatchObject({
    cause: 'file-gone',
  });
  writeFileSync(path, '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"></svg>');
  expect(await pool.run(rendition)).toMatchObject({ kind: 'problem', cause: 'cannot-decode' });
});
