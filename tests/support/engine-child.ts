/**
 * An engine in a process of its own that takes a folder in and kills itself at a named point:
 * `node tests/support/engine-child.ts '<ChildOrder as JSON>'`. It exits with 0 when all is done.
 */
import { appendFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { editTags } from '../../electron/engine/edits/tag-edits.ts';
import { startEngine, type Engine } from '../../electron/engine/engine.ts';
import type { PracticeAccount } from '../../electron/engine/host.ts';
import { forkWorker } from '../../electron/local/fork-worker.ts';
import { createTerminalHost } from '../../electron/local/terminal-host.ts';
import type { PracticeStats } from '../../electron/practice/stats.ts';
import type { ChildOrder, KillPoint } from './engine-orders.ts';
import { POST } from './practice.ts';

const KILLING_WORKER = path.join(import.meta.dirname, 'worker-that-kills.ts');
/** How long the account keeps an answer back, so that this process dies first. */
const HELD_BACK_MS = 60_000;

const order = JSON.parse(process.argv[2] ?? '') as ChildOrder;
const passed = new Map<KillPoint, number>();

function die(): void {
  process.kill(process.pid, 'SIGKILL');
}

/** Counts one more time of coming to this point; true when the process has to die there. */
function isReached(point: KillPoint): boolean {
  const time = (passed.get(point) ?? 0) + 1;
  passed.set(point, time);
  return order.kill?.at === point && order.kill.time === time;
}

/** The owner tags every second photo, and the process dies with the commit. */
function editAndDie({ ledger }: Engine): void {
  const rows = ledger.db.prepare('SELECT photo_id AS photoId, input_id AS inputId FROM upload').all() as {
    photoId: number;
    inputId: string;
  }[];
  const chosen = rows.filter(({ photoId }) => photoId % 2 === 0);
  const concept = ledger.concepts.ensure(order.edit.concept, Date.now());
  writeFileSync(order.edit.inputIdsFile, JSON.stringify(chosen.map(({ inputId }) => inputId)));
  editTags(
    ledger,
    { label: order.edit.concept, at: Date.now() },
    chosen.map(({ photoId }) => photoId),
    [{ conceptId: concept.id, value: 1 }],
  );
  die();
}

async function control(account: PracticeAccount, method: string, route: string, body?: unknown) {
  const response = await fetch(`${account.apiBase}/practice/${route}`, {
    method,
    headers: { 'X-Practice-Control': account.pat },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return response.json();
}

/** Lets the account store POSTs and keep its answers back, and dies when the wanted number of inputs is there. */
async function dieWhenStored(account: PracticeAccount, inputCount: number): Promise<void> {
  await control(account, 'PUT', 'faults', [
    { kind: 'delay', ms: HELD_BACK_MS, when: 'after-storing', on: POST },
  ]);
  for (;;) {
    const { inputs } = (await control(account, 'GET', 'stats')) as PracticeStats;
    if (inputs >= inputCount) die();
    await sleep(5);
  }
}

const terminalHost = createTerminalHost(order.dataFolder, process.env, {
  tokenBase: order.destination?.baseUrl,
});
const accountOf = async (): Promise<PracticeAccount> =>
  order.destination === null
    ? terminalHost.practice()
    : {
        ...order.destination,
        apiBase: order.destination.baseUrl,
        pat: (await terminalHost.pat(order.destination.baseUrl)) ?? '',
      };
const engine = await startEngine(
  {
    ...terminalHost,
    startWorker: () => {
      if (order.kill?.at !== 'rendition-unrenamed') return forkWorker();
      process.env['KILL_AT_RENDITION'] = String(order.kill.time);
      return forkWorker(KILLING_WORKER);
    },
    fetch: (input, init) => {
      const { pathname } = new URL(input instanceof Request ? input.url : input);
      appendFileSync(order.requestLog, `${init?.method ?? 'GET'} ${pathname}\n`);
      return fetch(input, init);
    },
  },
  {
    watches: false,
    resumesAll: false,
    upload: {
      batchBytes: order.batchBytes,
      onStep: (step) => {
        if (isReached(step)) die();
        // In the middle of a POST: its photos are on their way with the tags of before.
        if (step === 'half-sent' && isReached('edit-committed')) editAndDie(engine);
      },
    },
  },
);

if (order.faults.length > 0) await control(await accountOf(), 'PUT', 'faults', order.faults);
if (order.kill?.at === 'stored') void dieWhenStored(await accountOf(), order.kill.time);
const { runId } = await engine.api.startIngest({
  folders: [order.folder],
  destination: order.destination,
  concepts: order.concepts,
  notConcepts: order.notConcepts,
});
while ((await engine.api.ingestProgress({ runId })).state === 'working') await sleep(20);
await engine.stop();
await terminalHost.stop();
