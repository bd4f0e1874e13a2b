/** The practice account behind a recording proxy: what a suite's client is pointed at. */
import { startPractice, type Practice, type PracticeOptions } from './practice.ts';
import { startRecordingProxy, type ExchangeProblem, type RecordingProxy } from './recording-proxy.ts';
import type { JudgeOptions } from './wire-check/exchange.ts';

/** A practice account whose `apiBase` is the proxy's. */
export interface CheckedPractice extends Practice {
  /** The account's own base URL, past the proxy. */
  readonly directBase: string;
  readonly proxy: RecordingProxy;
  /** Stops both. Rejects with every problem that was recorded, when there was any. */
  stop(): Promise<void>;
}

/**
 * Starts both. `call()` and the control routes go to the account directly. After `kill()`, another account started on
 * the same port is reached by the same proxy.
 */
export async function startCheckedPractice(
  options: PracticeOptions & JudgeOptions = {},
): Promise<CheckedPractice> {
  const practice = await startPractice(options);
  const proxy = await startRecordingProxy({ ...options, target: practice.apiBase });
  return {
    ...practice,
    apiBase: proxy.url,
    directBase: practice.apiBase,
    proxy,
    async stop() {
      await proxy.stop();
      await practice.stop();
      throwProblems(proxy.problems());
    },
  };
}

/** Throws an error that lists the problems, each repeated one once; returns when there are none. */
export function throwProblems(problems: readonly ExchangeProblem[]): void {
  if (problems.length === 0) return;
  const lines = new Set(
    problems.map(({ side, call, where, problem }) => `${call}, ${side}: ${where}: ${problem}`),
  );
  throw new Error(`What travelled departs from the service's protos:\n  ${[...lines].join('\n  ')}`);
}
