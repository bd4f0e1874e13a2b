/**
 * A worker process for tests of the pool: does as its job's `act` says. Acts that end in `-once` misbehave only while
 * the file named by `path` does not exist, which they make first.
 */
import { appendFileSync, existsSync, writeFileSync } from 'node:fs';
import { openChannel } from '../../electron/engine/workers/channel.ts';
import { serveTasks, type TaskContext, type Tasks } from '../../electron/engine/workers/serve.ts';

export interface ActJob {
  readonly kind: 'act';
  readonly act:
    | 'echo'
    | 'crash'
    | 'crash-once'
    | 'hang'
    | 'hang-once'
    | 'grow'
    | 'block'
    | 'parts'
    | 'parts-then-crash'
    | 'until-cancelled'
    | 'wait-for-file'
    | 'disk-full'
    | 'throw';
  /** A file of the test: marker, gate or log, as the act needs. */
  readonly path: string;
  readonly word?: string;
}

const forever = async (): Promise<never> => await new Promise(() => undefined);

function grow(): never {
  const held: Buffer[] = [];
  for (;;) {
    held.push(Buffer.alloc(8_000_000, held.length + 1));
  }
}

async function fileToAppear(path: string): Promise<void> {
  while (!existsSync(path)) {
    await new Promise((resolve) => {
      setTimeout(resolve, 5);
    });
  }
}

function hang(path: string): Promise<never> {
  writeFileSync(path, '');
  return forever();
}

function crash(path: string): Promise<never> {
  writeFileSync(path, '');
  process.kill(process.pid, 'SIGSEGV');
  return forever();
}

const ACTS: Readonly<Record<ActJob['act'], (job: ActJob, context: TaskContext) => Promise<unknown>>> = {
  echo: async ({ path, word }) => {
    appendFileSync(path, `${word}\n`);
    return { pid: process.pid, word };
  },
  crash: ({ path }) => crash(path),
  'crash-once': async ({ path, word }) => (existsSync(path) ? { pid: process.pid, word } : await crash(path)),
  hang: ({ path }) => hang(path),
  'hang-once': async ({ path, word }) => (existsSync(path) ? { pid: process.pid, word } : await hang(path)),
  grow: () => grow(),
  block: () => {
    for (;;) {
      // Says nothing and hears nothing, as a parser in an endless loop.
    }
  },
  parts: async (_, { part }) => {
    part(1);
    part(2);
    return 'done';
  },
  'parts-then-crash': (_, { part }) => {
    part(1);
    setImmediate(() => process.kill(process.pid, 'SIGSEGV'));
    return forever();
  },
  'until-cancelled': async ({ path }, { signal, part }) => {
    await new Promise((resolve) => {
      signal.addEventListener('abort', resolve);
      part('started');
    });
    writeFileSync(path, '');
    return null;
  },
  'wait-for-file': async ({ path, word }) => {
    await fileToAppear(path);
    return { pid: process.pid, word };
  },
  'disk-full': async () => {
    throw Object.assign(new Error('no room'), { name: 'DiskFullError' });
  },
  throw: async () => {
    throw new TypeError('a mistake');
  },
};

const TASKS: Tasks = { act: (job: ActJob, context) => ACTS[job.act](job, context) };
const channel = await openChannel();
channel.onGone(() => process.kill(process.pid, 'SIGKILL'));
serveTasks(channel, TASKS);
