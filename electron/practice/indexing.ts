/**
 * What happens by itself after a request: inputs pass 30001 → 30003 → 30000 (or fail), deletions are carried out. Due
 * times are in the store, so a restart goes on where a killed process stopped.
 */
import { createHash } from 'node:crypto';
import { IMAGE_BYTES_LIMIT } from '#shared/limits.ts';
import { checkImage, decodeImage } from './images.ts';
import type { InputRow } from './input-rows.ts';
import type { Packs } from './packs.ts';
import type { Store } from './store.ts';

export interface IndexingOptions {
  readonly db: Store;
  readonly packs: Packs;
  /** `header`: images are not decoded. */
  readonly indexing: 'decode' | 'header';
  readonly now: () => number;
  /** Told about what should not happen (a full disk). */
  readonly onProblem: (error: unknown) => void;
}

interface Outcome {
  readonly seq: number;
  readonly code: number;
  readonly details: string | null;
}

/** Outcomes of decoding are written together, at most this often: each write is one flush to disk. */
const WRITE_EVERY_MS = 20;
const LONGEST_TIMER_MS = 1_000_000;
const FETCH_TIMEOUT_MS = 10_000;

const isLoopback = (url: string): boolean =>
  URL.canParse(url) && ['127.0.0.1', 'localhost', '[::1]'].includes(new URL(url).hostname);

/** Indexes images given by URL on this machine; other URLs are taken unread. */
const fetchImage = async (url: string): Promise<Buffer | Omit<Outcome, 'seq'>> => {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(FETCH_TIMEOUT_MS) });
    if (!response.ok) return { code: 30002, details: `The URL answered ${response.status}` };
    const bytes = Buffer.from(await response.arrayBuffer());
    return bytes.length < IMAGE_BYTES_LIMIT ? bytes : { code: 30105, details: 'The image is too large' };
  } catch (error) {
    return { code: 39996, details: `The URL could not be read: ${(error as Error).message}` };
  }
};

/** Statements of the clockwork. */
const prepareMoves = (db: Store) => ({
  next: db.prepare<[], { at: number | null }>(
    `SELECT min(at) AS at FROM (
       SELECT min(due_at) AS at FROM input WHERE due_at IS NOT NULL
       UNION ALL SELECT min(deleting_at) FROM input WHERE deleting_at IS NOT NULL)`,
  ),
  /** The first half of the time is spent pending, the second in progress. */
  begin: db.prepare<[number, number]>(
    `UPDATE input SET status = 30003, modified_at = ?, due_at = due_at + (due_at - created_at)
     WHERE status = 30001 AND due_at <= ?`,
  ),
  due: db.prepare<[number], InputRow>(
    'SELECT * FROM input WHERE status = 30003 AND due_at <= ? ORDER BY seq',
  ),
  take: db.prepare<[number]>('UPDATE input SET due_at = NULL WHERE seq = ?'),
  resume: db.prepare<[number]>('UPDATE input SET due_at = ? WHERE status = 30003 AND due_at IS NULL'),
  settle: db.prepare<[number, string | null, number, number]>(
    'UPDATE input SET status = ?, details = ?, modified_at = ? WHERE seq = ?',
  ),
  setStored: db.prepare<[string, number, number, string, string, number, number, number]>(
    'UPDATE input SET pack = ?, offset = ?, bytes = ?, sha256 = ?, format = ?, width = ?, height = ? WHERE seq = ?',
  ),
  deletable: db.prepare<[number], { seq: number; pack: string | null }>(
    'SELECT seq, pack FROM input WHERE deleting_at <= ?',
  ),
  delete: db.prepare<[number]>('DELETE FROM input WHERE seq = ?'),
  packUser: db.prepare<[string], { seq: number }>('SELECT seq FROM input WHERE pack = ? LIMIT 1'),
});

/** Starts the clockwork; call `wake` after writing due times. */
export const startIndexing = ({ db, packs, indexing, now, onProblem }: IndexingOptions) => {
  const moves = prepareMoves(db);
  const queue: InputRow[] = [];
  let outcomes: Outcome[] = [];
  let lastWriteAt = 0;
  let timer: NodeJS.Timeout | undefined;
  let working: Promise<void> | null = null;
  let stopped = false;

  const writeOutcomes = db.transaction((settled: readonly Outcome[]) => {
    for (const { seq, code, details } of settled) moves.settle.run(code, details, now(), seq);
  });

  const storeFetched = async (row: InputRow, bytes: Buffer): Promise<Omit<Outcome, 'seq'> | null> => {
    const verdict = await checkImage(bytes);
    if (verdict.kind === 'refused') return verdict;
    const pack = packs.create();
    const stored = await pack.write(bytes);
    await pack.keep();
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    if (stopped) return null;
    moves.setStored.run(
      ...([
        stored.pack,
        stored.offset,
        stored.bytes,
        sha256,
        verdict.format,
        verdict.width,
        verdict.height,
        row.seq,
      ] as const),
    );
    return null;
  };

  const readImage = async (row: InputRow): Promise<Buffer | Omit<Outcome, 'seq'>> => {
    const { pack, offset, bytes, url } = row;
    if (pack !== null && offset !== null && bytes !== null) return packs.read({ pack, offset, bytes });
    const image = await fetchImage(url ?? '');
    if (!Buffer.isBuffer(image)) return image;
    return (await storeFetched(row, image)) ?? image;
  };

  const index = async (row: InputRow): Promise<Omit<Outcome, 'seq'>> => {
    try {
      const image = await readImage(row);
      if (!Buffer.isBuffer(image)) return image;
      if (indexing === 'decode') await decodeImage(image);
      return { code: 30000, details: null };
    } catch (error) {
      return { code: 30002, details: `The image could not be decoded: ${(error as Error).message}` };
    }
  };

  const work = async (): Promise<void> => {
    for (let row = queue.shift(); row !== undefined; row = queue.shift()) {
      outcomes.push({ seq: row.seq, ...(await index(row)) });
      if (stopped) return;
      if (queue.length > 0 && performance.now() - lastWriteAt < WRITE_EVERY_MS) continue;
      writeOutcomes(outcomes);
      outcomes = [];
      lastWriteAt = performance.now();
    }
  };

  const plannedOutcome = (row: InputRow): Outcome | null => {
    const { seq, planned_code: code, planned_details: details } = row;
    if (code !== null) return { seq, code, details };
    const unread = row.pack === null && !isLoopback(row.url ?? '');
    const trusted = indexing === 'header' && row.pack !== null;
    return unread || trusted ? { seq, code: 30000, details: null } : null;
  };

  const carryOutDeletions = db.transaction((at: number): string[] => {
    const gone = moves.deletable.all(at);
    for (const { seq } of gone) moves.delete.run(seq);
    const freed = new Set(gone.flatMap(({ pack }) => (pack === null ? [] : [pack])));
    return [...freed].filter((pack) => moves.packUser.get(pack) === undefined);
  });

  const begin = db.transaction((at: number): void => {
    moves.begin.run(at, at);
    for (const row of moves.due.all(at)) {
      const outcome = plannedOutcome(row);
      moves.take.run(row.seq);
      if (outcome === null) queue.push(row);
      else moves.settle.run(outcome.code, outcome.details, at, row.seq);
    }
  });

  const tick = (): void => {
    const at = now();
    begin(at);
    for (const pack of carryOutDeletions(at)) packs.remove(pack).catch(onProblem);
    if (queue.length > 0 && working === null) {
      working = work()
        .catch(onProblem)
        .finally(() => (working = null));
    }
    wake();
  };

  const wake = (): void => {
    clearTimeout(timer);
    const at = moves.next.get()?.at ?? null;
    if (at === null || stopped) return;
    timer = setTimeout(
      () => {
        try {
          tick();
        } catch (error) {
          onProblem(error);
        }
      },
      Math.min(Math.max(at - now(), 0), LONGEST_TIMER_MS),
    );
  };

  moves.resume.run(now());
  wake();
  return {
    wake,
    /** Ends after the image at hand; whatever is not settled is taken up at the next start. */
    stop: async (): Promise<void> => {
      stopped = true;
      clearTimeout(timer);
      await working;
    },
  };
};
export type Indexing = ReturnType<typeof startIndexing>;
