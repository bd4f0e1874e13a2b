/** Subject of the rescan benchmark: the engine's scan of a folder in which nothing has changed. */
import { createTerminalHost } from '../../electron/local/terminal-host.ts';
import { startEngine } from '../../electron/engine/engine.ts';
import { answerQuestions } from './measure.ts';

/** One scan: from the order to the engine at rest, and as its row in the ledger says; in ms. */
export interface RescanAnswer {
  readonly ms: number;
  readonly scanMs: number;
  readonly seenCount: number;
  readonly changedCount: number;
}

const [dataFolder = '', folderText = ''] = process.argv.slice(2);
const folderId = Number(folderText);
const host = createTerminalHost(dataFolder, {});
const engine = await startEngine(host, { watches: false, resumesAll: false, sends: false });
const lastScan = engine.ledger.db.prepare<[], Omit<RescanAnswer, 'ms'>>(
  'SELECT finished_at - started_at AS scanMs, seen_count AS seenCount, changed_count AS changedCount FROM scan ORDER BY id DESC LIMIT 1',
);
const folder = engine.ledger.folders.byId(folderId);

answerQuestions(async (): Promise<RescanAnswer> => {
  const { api } = engine;
  const start = performance.now();
  // The engine counts as idle only when the scan that this orders has ended.
  const { runId } = await api.startIngest({
    folders: [folder?.path ?? ''],
    destination: { baseUrl: 'practice:', userId: 'owner', appId: 'photos' },
    concepts: [],
    notConcepts: [],
  });
  while ((await api.ingestProgress({ runId })).activity === 'scanning') {
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
  const ms = performance.now() - start;
  const scan = lastScan.get();
  if (scan === undefined) throw new Error('There was no scan.');
  return { ...scan, ms };
});
