import type { Channel } from './channel.ts';
import type { FromWorker, ToWorker } from './messages.ts';

/** How often a busy worker tells that it lives and how much memory it has, in ms. */
const ALIVE_MS = 250;

export interface TaskContext {
  /** Aborted when the engine no longer wants the answer. */
  readonly signal: AbortSignal;
  /** Sends a part of a streaming answer. */
  readonly part: (part: unknown) => void;
}

/** What a worker process can do: one function per kind of job. What they throw is told as an error, not as a problem. */
export type Tasks = Readonly<Record<string, (job: never, context: TaskContext) => Promise<unknown>>>;

type Said = FromWorker extends infer M ? (M extends FromWorker ? Omit<M, 'id' | 'rssBytes'> : never) : never;

async function perform(tasks: Tasks, job: { readonly kind: string }, context: TaskContext): Promise<Said> {
  try {
    const task = Object.hasOwn(tasks, job.kind) ? tasks[job.kind] : undefined;
    if (task === undefined) {
      throw new Error(`No worker does jobs of the kind "${job.kind}".`);
    }
    return { kind: 'answer', answer: await task(job as never, context) };
  } catch (error) {
    return error instanceof Error
      ? { kind: 'error', name: error.name, words: error.message }
      : { kind: 'error', name: 'Error', words: String(error) };
  }
}

/** Answers the engine's requests over `channel` until the process ends. */
export function serveTasks(channel: Channel, tasks: Tasks): void {
  const running = new Map<number, AbortController>();
  const say = (id: number, said: Said): void => {
    channel.post({ ...said, id, rssBytes: process.memoryUsage.rss() });
  };
  channel.onMessage((message) => {
    const asked = message as ToWorker;
    if ('cancel' in asked) {
      running.get(asked.id)?.abort();
      return;
    }
    const { id, job } = asked;
    const stop = new AbortController();
    running.set(id, stop);
    const alive = setInterval(() => {
      say(id, { kind: 'alive' });
    }, ALIVE_MS);
    const part = (value: unknown): void => {
      say(id, { kind: 'part', part: value });
    };
    void perform(tasks, job, { signal: stop.signal, part }).then((said) => {
      clearInterval(alive);
      running.delete(id);
      say(id, said);
    });
  });
}
