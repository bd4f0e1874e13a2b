/**
 * A practice account in a process of its own so that it can be stopped alone. In the `practice` folder of a data folder a
 * host finds it there and uses it instead of starting one; elsewhere it stands for the service of an account of one's own.
 */
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { quietFreePort } from './listen.ts';
import {
  startPractice,
  type FaultRule,
  type Practice,
  type PracticeInput,
  type PracticeOptions,
  type PracticeStats,
} from './practice.ts';

const HOLDER = path.join(import.meta.dirname, 'holds-database.ts');

/** What a person types to use it as an account of their own. */
export interface AccountNames {
  readonly baseUrl: string;
  readonly userId: string;
  readonly appId: string;
  readonly pat: string;
}

/** A practice account that can be away. */
export interface WindowAccount {
  readonly names: AccountNames;
  /** Everything it holds. */
  inputs(): Promise<PracticeInput[]>;
  /** Requests of a method since its life began. */
  requestCount(method: string): Promise<number>;
  /** What it counted since it was started last. */
  stats(): Promise<PracticeStats>;
  /** Names of the present and absent concepts of every input, by input id. */
  tagsByInput(): Promise<ReadonlyMap<string, Readonly<Record<string, 0 | 1>>>>;
  /** Replaces all faults on its script; a life of its own begins without any. */
  setFaults(rules: readonly FaultRule[]): Promise<void>;
  /** Kills it, and keeps everybody else from starting it: whoever asks is refused, as with the network down. */
  goAway(): Promise<void>;
  /** The same account at the same address. */
  comeBack(): Promise<void>;
  stop(): Promise<void>;
}

/** Starts the account whose folder is `dataDir`. */
export async function startWindowAccount(
  dataDir: string,
  options: PracticeOptions = {},
): Promise<WindowAccount> {
  // It goes away and comes back: nobody else may have its port meanwhile.
  const port = options.port ?? (await quietFreePort());
  const start = (): Promise<Practice> =>
    startPractice({ unlimitedRate: true, indexingMs: 50, ...options, dataDir, port });
  let practice = await start();
  let holder: ChildProcess | null = null;

  async function letGo(): Promise<void> {
    if (holder === null) return;
    const gone = once(holder, 'exit');
    holder.kill('SIGKILL');
    await gone;
    holder = null;
  }

  const { apiBase: baseUrl, userId, appId, pat } = practice;
  return {
    names: { baseUrl, userId, appId, pat },
    inputs: () => practice.inputs(),
    async requestCount(method) {
      const { requests } = await practice.stats();
      return Object.entries(requests)
        .filter(([route]) => route.startsWith(method))
        .reduce((sum, [, { count }]) => sum + count, 0);
    },
    stats: () => practice.stats(),
    async tagsByInput() {
      const names = await conceptNames(practice);
      const inputs = await practice.inputs();
      return new Map(
        inputs.map(({ id, concepts }) => [
          id,
          Object.fromEntries(
            Object.entries(concepts).map(([concept, value]) => [
              names.get(concept) ?? concept,
              value === 0 ? 0 : 1,
            ]),
          ),
        ]),
      );
    },
    setFaults: (rules) => practice.setFaults(rules),
    async goAway() {
      await practice.kill();
      const held = fork(HOLDER, ['database', path.join(dataDir, 'practice.db')], { execArgv: [] });
      const [word] = (await once(held, 'message')) as [string];
      holder = held;
      if (word !== 'held') throw new Error(`The practice account's database could not be held: ${word}`);
    },
    async comeBack() {
      await letGo();
      practice = await start();
    },
    async stop() {
      await letGo();
      await practice.stop();
    },
  };
}

/** Names of the account's concepts, by id. */
async function conceptNames(practice: Practice): Promise<ReadonlyMap<string, string>> {
  const response = await practice.call('GET', '/concepts?per_page=1000');
  const { concepts = [] } = (await response.json()) as {
    readonly concepts?: readonly { readonly id: string; readonly name?: string }[];
  };
  return new Map(concepts.map(({ id, name }) => [id, name ?? id]));
}
