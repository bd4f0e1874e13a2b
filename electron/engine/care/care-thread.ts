/** A thread that does one thing about the data folder over connections of its own, and ends. */
import { parentPort, workerData } from 'node:worker_threads';
import { perform, type CareReply, type CareTask } from './tasks.ts';

async function reply(task: CareTask): Promise<CareReply> {
  try {
    return { ok: true, value: await perform(task) };
  } catch (error) {
    return { ok: false, message: error instanceof Error ? error.message : String(error) };
  }
}

parentPort?.postMessage(await reply(workerData as CareTask));
