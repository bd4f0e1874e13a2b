/** Rows that were loaded: by place in chunks, and by photo. Bounded, and of two rows of a photo the newer one stays. */
import type { SheetRow, SheetRows } from '#shared/sheet.ts';

/** Chunks that are kept; those farthest from the screen go first. */
const MOST_CHUNKS = 30;
/** Rows of photos that are kept beside those of the chunks: as acts answered them. */
const MOST_LOOSE_ROWS = 2000;

interface KnownRow {
  readonly row: SheetRow;
  readonly epoch: number;
  readonly asOf: number;
}

interface Chunk {
  readonly ids: readonly number[];
  /** Number of the news that it was asked after. */
  readonly news: number;
}

/** Starts empty. */
export function createRowCache(chunkSize: number) {
  const chunks = new Map<number, Chunk>();
  const rows = new Map<number, KnownRow>();

  function put(row: SheetRow, epoch: number, asOf: number): boolean {
    const known = rows.get(row.photoId);
    if (known !== undefined && known.epoch === epoch && known.asOf > asOf) return false;
    // A row that says the same stays the same object: nothing of it has to be drawn again.
    const isSame = known !== undefined && JSON.stringify(known.row) === JSON.stringify(row);
    rows.set(row.photoId, { row: isSame ? known.row : row, epoch, asOf });
    return !isSame;
  }

  const idAt = (place: number): number | undefined =>
    chunks.get(Math.floor(place / chunkSize))?.ids[place % chunkSize];

  /** The first chunk of these places that is missing, or was asked before `news`; null when all are there. */
  function firstWithout(from: number, to: number, news: number): number | null {
    for (let chunk = Math.floor(from / chunkSize); chunk * chunkSize <= to; chunk += 1) {
      const held = chunks.get(chunk);
      if (held === undefined || held.news < news) return chunk;
    }
    return null;
  }

  return {
    idAt,
    rowOf: (photoId: number): SheetRow | undefined => rows.get(photoId)?.row,
    rowAt(place: number): SheetRow | undefined {
      const id = idAt(place);
      return id === undefined ? undefined : rows.get(id)?.row;
    },
    /** The first chunk of these places that is missing; null when all are there. */
    firstMissing: (from: number, to: number): number | null => firstWithout(from, to, 0),
    /**
     * The chunk to ask for next when none on screen is missing: first those on screen that are older than what changed,
     * then those within a screen's reach. `isPlaced`: its photos stand where they stood, only their rows are old.
     */
    mostNeeded(
      { from, to }: { readonly from: number; readonly to: number },
      total: number,
      { shapeNews, news }: { readonly shapeNews: number; readonly news: number },
    ): { readonly chunk: number; readonly isPlaced: boolean } | null {
      const [last, reach] = [total - 1, to - from + 1];
      const moved = firstWithout(from, Math.min(to, last), shapeNews);
      const old = moved ?? firstWithout(from, Math.min(to, last), news);
      const needed = old ?? firstWithout(Math.max(0, from - reach), Math.min(to + reach, last), 0);
      return needed === null ? null : { chunk: needed, isPlaced: moved === null && old !== null };
    },
    /** Whether an answer has the photos at the places where they are already, as far as those are loaded. */
    holds: ({ from, rows: answered }: SheetRows): boolean =>
      answered.every(({ photoId }, index) => (idAt(from + index) ?? photoId) === photoId),
    /** Puts an answer that starts at a chunk. */
    putChunks(answer: SheetRows, epoch: number, news: number): void {
      for (let start = 0; start === 0 || start < answer.rows.length; start += chunkSize) {
        const part = answer.rows.slice(start, start + chunkSize);
        chunks.set((answer.from + start) / chunkSize, { ids: part.map(({ photoId }) => photoId), news });
        for (const row of part) put(row, epoch, answer.asOf);
      }
    },
    /** The photos of a chunk; none when it is not kept. */
    idsOf: (chunk: number): readonly number[] => chunks.get(chunk)?.ids ?? [],
    /** The rows of a chunk are known as they were after `news`; its photos are the same. */
    refreshed(chunk: number, news: number): void {
      const held = chunks.get(chunk);
      if (held !== undefined) chunks.set(chunk, { ...held, news });
    },
    /** Puts rows by themselves. Answers whether any of them says something new. */
    putRows(changed: readonly SheetRow[], epoch: number, asOf: number): boolean {
      return changed.map((row) => put(row, epoch, asOf)).includes(true);
    },
    /** Places are not what they were; rows of photos stay. */
    dropPlaces: (): void => chunks.clear(),
    clear(): void {
      chunks.clear();
      rows.clear();
    },
    /** Forgets what is farthest from the screen, when there is too much. */
    trim({ from, to }: { readonly from: number; readonly to: number }): void {
      const middle = (from + to) / 2 / chunkSize;
      const far = [...chunks.keys()].sort((a, b) => Math.abs(a - middle) - Math.abs(b - middle));
      for (const chunk of far.slice(MOST_CHUNKS)) chunks.delete(chunk);
      if (rows.size <= MOST_CHUNKS * chunkSize + MOST_LOOSE_ROWS) return;
      const placed = new Set([...chunks.values()].flatMap(({ ids }) => ids));
      for (const id of rows.keys()) if (!placed.has(id)) rows.delete(id);
    },
  };
}
