/** The plain-Node host: what the engine gets where there is no Electron. */
import { join } from 'node:path';
import { realClock } from '../engine/clock.ts';
import type { EngineHost } from '../engine/host.ts';
import { openFileLog } from '../host/file-log.ts';
import { createFetch } from '../host/outward-fetch.ts';
import { forkWorker } from './fork-worker.ts';
import { factsOf } from '../host/last-words.ts';
import { PROGRAM } from './program.ts';
import { readPat, type PatSources } from '../host/pat.ts';
import { createPracticeProcess } from '../host/practice-process.ts';

/** The host of this process, and how to end what it started. */
export interface TerminalHost extends EngineHost {
  stop(): Promise<void>;
}

/** Makes the host of a data folder. Nothing is started before it is needed. */
export function createTerminalHost(
  dataFolder: string,
  env: Readonly<Record<string, string | undefined>> = process.env,
  { tokenBase }: Pick<PatSources, 'tokenBase'> = {},
): TerminalHost {
  const log = openFileLog(dataFolder);
  const practice = createPracticeProcess(join(dataFolder, 'practice'), log);
  const noteUnexpected = (error: unknown): void => log.error('unexpected', factsOf(error));
  process.on('uncaughtExceptionMonitor', noteUnexpected);
  return {
    dataFolder,
    program: PROGRAM,
    clock: realClock,
    log,
    fetch: createFetch({ env, log }),
    startWorker: () => forkWorker(),
    pat: (baseUrl) => readPat(baseUrl, { dataFolder, env, tokenBase }),
    practice: () => practice.address(),
    async stop() {
      await practice.stop();
      process.off('uncaughtExceptionMonitor', noteUnexpected);
      log.close();
    },
  };
}
