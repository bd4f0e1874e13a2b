/**
 * Subject of the tagging benchmark: an engine that takes photos in and sends them, while tags come as messages. What is
 * measured begins when the message leaves the other process and ends after the commit: the way here, the event loop's
 * delay, and the write. Both processes read the same monotonic clock.
 */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { editTags } from '../../electron/engine/edits/tag-edits.ts';
import { startEngine } from '../../electron/engine/engine.ts';
import { createTerminalHost } from '../../electron/local/terminal-host.ts';
import { answerQuestions } from './measure.ts';

/** What is asked: a tag, or how the ingest stands. */
export type TaggingQuestion =
  | { readonly kind: 'tag'; readonly sentAtNs: bigint }
  /** `count`: photos that the account will have at the end. */
  | { readonly kind: 'take'; readonly folder: string; readonly count: number };

/** How long one tag took, and how the ingest stands. */
export interface TaggingAnswer {
  readonly latencyMs: number;
  /** Of it, the transaction alone. */
  readonly writeMs: number;
  readonly photoCount: number;
  readonly isDone: boolean;
  /** Longest and 99th-percentile delay of the event loop since the ingest began, ms. */
  readonly loopMaxMs: number;
  readonly loopP99Ms: number;
}

const [dataFolder = '', baseUrl = '', userId = '', appId = '', pat = ''] = process.argv.slice(2);
const host = createTerminalHost(dataFolder, { CLARIFAI_PAT: pat }, { tokenBase: baseUrl });
const engine = await startEngine(host, { watches: false, resumesAll: false });
const { ledger, api } = engine;
const conceptId = ledger.concepts.ensure('harbour', Date.now()).id;
const photoCount = ledger.db.prepare<[], number>('SELECT count(*) FROM photo').pluck();
const loop = monitorEventLoopDelay({ resolution: 1 });
let runId: number | null = null;
let isDone = false;
let wantedCount = 0;
let turn = 0;

/** As a host does that shows progress. */
async function poll(): Promise<void> {
  if (runId === null) return;
  const progress = await api.ingestProgress({ runId });
  // The state would stay `working` for as long as there are new tags to be sent.
  isDone = progress.counts.indexed === wantedCount;
}
setInterval(() => void poll(), 150);

async function take(folder: string, count: number): Promise<TaggingAnswer> {
  isDone = false;
  wantedCount = count;
  const started = await api.startIngest({
    folders: [folder],
    destination: { baseUrl, userId, appId },
    concepts: [],
    notConcepts: [],
  });
  ({ runId } = started);
  loop.reset();
  loop.enable();
  return answer(0, 0);
}

function tag(sentAtNs: bigint): TaggingAnswer {
  const count = photoCount.get() ?? 0;
  turn += 1;
  const photoId = 1 + (turn % count);
  const value = Math.floor(turn / count) % 2 === 0 ? 1 : 0;
  const start = performance.now();
  editTags(ledger, { label: 'harbour', at: Date.now() }, [photoId], [{ conceptId, value }]);
  const end = process.hrtime.bigint();
  return answer(Number(end - sentAtNs) / 1e6, performance.now() - start);
}

function answer(latencyMs: number, writeMs: number): TaggingAnswer {
  return {
    latencyMs,
    writeMs,
    photoCount: photoCount.get() ?? 0,
    isDone,
    loopMaxMs: loop.max / 1e6,
    loopP99Ms: loop.percentile(99) / 1e6,
  };
}

answerQuestions((question: TaggingQuestion): Promise<TaggingAnswer> =>
  question.kind === 'take' ? take(question.folder, question.count) : Promise.resolve(tag(question.sentAtNs)),
);
