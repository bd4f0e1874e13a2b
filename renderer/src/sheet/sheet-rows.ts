/**
 * The outline of a sheet and the rows around what is shown of it, kept as the ledger has them. Questions go one at a
 * time: first rows that are on screen and missing, then what changed, then rows that may come on screen next. What is
 * painted stays until something newer is there, and of two answers about a photo the newer one counts.
 */
import type { Connection } from '../engine/connection.ts';
import { createListeners } from '../engine/listeners.ts';
import { createAsker, type Question } from './asker.ts';
import { createRowCache } from './row-cache.ts';
import type { ChangeTopic } from '#shared/changes.ts';
import type { EngineApi } from '#shared/engine-api.ts';
import type {
  SheetOutline,
  SheetQuery,
  SheetRow,
  SheetRows as AnsweredRows,
  SheetSection,
} from '#shared/sheet.ts';

/** Rows that are asked for together. */
export const CHUNK_SIZE = 120;
/** The engine answers no more rows at once. */
const MOST_CHUNKS_AT_ONCE = 4;

/** So often outline and rows are asked for that fit one another. */
const MOST_ATTEMPTS = 3;

/** Changes that make the outline old, and those that make only rows old unless the filter asks for tags. */
const SHAPE_TOPICS: readonly ChangeTopic[] = ['photos', 'folders'];
const TAG_TOPICS: readonly ChangeTopic[] = ['tags', 'concepts'];

/** What the sheet needs of a connection. */
export type SheetConnection = Pick<Connection, 'status' | 'onStatus' | 'onChanged'> & {
  readonly engine: Pick<EngineApi, 'sheet' | 'sheetRows' | 'rowsOf' | 'sheetIds' | 'sheetPlace'>;
};

/** Places on screen; `anchor` is the first one that is to stay where it is, null: the top of the sheet is shown. */
export interface ShownPlaces {
  readonly from: number;
  readonly to: number;
  readonly anchor: number | null;
}

/** A sheet as it came on screen: all of it is replaced at once. */
export interface Arrival {
  readonly query: SheetQuery;
  readonly outline: SheetOutline;
  /** The anchor's place before and now, for the view to scroll along; null: nothing to hold. */
  readonly moved: { readonly from: number; readonly to: number } | null;
  /** The watched photo (the cursor's) and its place now; null: the sheet does not show it. */
  readonly watched: { readonly photoId: number; readonly place: number | null } | null;
  /** Whether it is another sheet (filter, order, grouping) than the one before. */
  readonly isOther: boolean;
  /** Rises whenever photos came, left or moved; the same while only rows changed. */
  readonly shape: number;
}

export type SheetRows = ReturnType<typeof createSheetRows>;

/**
 * Asks nothing before it is started.
 *
 * @param watchedId the photo whose place has to be known whenever the sheet changes
 */
export function createSheetRows(
  connection: SheetConnection,
  firstQuery: SheetQuery,
  watchedId: () => number | null = () => null,
) {
  const { engine } = connection;
  const { add: onChange, tell } = createListeners<void>();
  const cache = createRowCache(CHUNK_SIZE);
  let wanted = firstQuery;
  let arrival: Arrival | null = null;
  let problem: Error | null = null;
  let shown: ShownPlaces = { from: 0, to: CHUNK_SIZE - 1, anchor: null };
  /** Counts what made the sheet old; whatever was asked before is asked again. */
  let news = 1;
  /** What of it made the outline old, and up to where the outline is known. */
  let shapeNews = 1;
  let outlineNews = 0;

  const total = (): number => arrival?.outline.total ?? 0;

  const asker = createAsker(connection, {
    nextQuestion: () => (problem === null ? nextQuestion() : null),
    about: () => wanted,
    // It rests until something changes, or the owner asks again.
    onProblem(error) {
      problem = error;
      tell();
    },
  });

  function nextQuestion(): Question | null {
    if (arrival === null || arrival.query !== wanted) return renew;
    const missing = cache.firstMissing(shown.from, Math.min(shown.to, total() - 1));
    if (missing !== null) return (isCurrent) => load(missing, isCurrent);
    if (outlineNews < shapeNews) return renew;
    const needed = cache.mostNeeded(shown, total(), { shapeNews, news });
    return needed && ((isCurrent) => (needed.isPlaced ? refresh : load)(needed.chunk, isCurrent));
  }

  async function load(chunk: number, isCurrent: () => boolean): Promise<void> {
    const at = news;
    const answer = await engine.sheetRows({ query: wanted, from: chunk * CHUNK_SIZE, count: CHUNK_SIZE });
    if (!isCurrent()) return;
    if (answer.total !== total()) shapeNews = news += 1;
    cache.putChunks(answer, connection.status().epoch, at);
    cache.trim(shown);
    tell();
  }

  /** The photos of a chunk stand where they stood: only what their rows say is asked for. */
  async function refresh(chunk: number, isCurrent: () => boolean): Promise<void> {
    const at = news;
    const photoIds = cache.idsOf(chunk);
    const { rows, asOf } = await engine.rowsOf({ destinationId: wanted.destinationId, photoIds });
    if (!isCurrent()) return;
    cache.putRows(rows, connection.status().epoch, asOf);
    cache.refreshed(chunk, at);
    tell();
  }

  /** The outline, the rows on screen and the places of anchor and cursor; then all of it at once. */
  async function renew(isCurrent: () => boolean): Promise<void> {
    const at = news;
    const query = wanted;
    const before = arrival;
    const isOther = before === null || before.query !== query;
    const anchorId = isOther || shown.anchor === null ? undefined : cache.idAt(shown.anchor);
    const asked = {
      query,
      shown: isOther ? { ...shown, from: 0, to: shown.to - shown.from } : shown,
      anchorId,
    };
    const answer = await askSheet(engine, { ...asked, watchedId: watchedId() }, isCurrent);
    if (answer === null || !isCurrent()) return;
    const { outline, rows, moved, watched } = answer;
    const isChanged = isOther || !isSameShape(before.outline, outline) || !cache.holds(rows);
    if (isOther && before !== null && before.query.destinationId !== query.destinationId) cache.clear();
    else if (isChanged) cache.dropPlaces();
    cache.putChunks(rows, connection.status().epoch, at);
    outlineNews = rows.total === outline.total ? at : 0;
    // A sheet that is as it was stays the same object: nothing of it is drawn again.
    if (isChanged) arrival = { query, outline, moved, watched, isOther, shape: (before?.shape ?? 0) + 1 };
    cache.trim(shown);
    tell();
  }

  function growOld(what: 'outline' | 'rows' | null): void {
    if (what === null) return;
    news += 1;
    if (what === 'outline') shapeNews = news;
    problem = null;
    asker.pump();
  }

  return {
    /** The sheet on screen; null before the first. */
    arrival: (): Arrival | null => arrival,
    /** The query of the sheet on screen, else the first one asked. */
    query: (): SheetQuery => arrival?.query ?? wanted,
    total,
    /** Why the last question failed; null when it did not. */
    problem: (): Error | null => problem,
    rowAt: (place: number): SheetRow | undefined => cache.rowAt(place),
    rowOf: (photoId: number): SheetRow | undefined => cache.rowOf(photoId),
    idAt: (place: number): number | undefined => cache.idAt(place),
    idsBetween: (from: number, to: number): Promise<readonly number[]> =>
      engine.sheetIds({ query: arrival?.query ?? wanted, from, to }),
    /** The place of a photo; null when the sheet does not show it. */
    placeOf: (photoId: number): Promise<number | null> =>
      engine.sheetPlace({ query: arrival?.query ?? wanted, photoId }),
    /** Another sheet. The one before stays until it is there. */
    setQuery(query: SheetQuery): void {
      if (JSON.stringify(query) === JSON.stringify(wanted)) return;
      if (query.destinationId !== wanted.destinationId) arrival = null;
      wanted = query;
      problem = null;
      tell();
      asker.pump();
    },
    /** Says what is on screen. */
    show(places: ShownPlaces): void {
      shown = places;
      asker.pump();
    },
    /** Rows as an act answered them. */
    applyRows(rows: readonly SheetRow[], asOf: number): void {
      if (cache.putRows(rows, connection.status().epoch, asOf)) tell();
    },
    /** Asks again after a failure. */
    again: (): void => growOld('outline'),
    onChange,
    /** Keeps the sheet up to date from now on. Returns how to stop it; it may be started again. */
    start(): () => void {
      const stops = [
        connection.onChanged(({ topics }) => growOld(grownOld(topics, wanted))),
        connection.onStatus(() => growOld('outline')),
      ];
      asker.start();
      growOld('outline');
      return () => [asker.stop, ...stops].forEach((stop) => stop());
    },
  };
}

/** What of a sheet changes make old; an outline with its rows. */
function grownOld(topics: readonly ChangeTopic[], { filter }: SheetQuery): 'outline' | 'rows' | null {
  const isAny = (some: readonly ChangeTopic[]): boolean => topics.some((topic) => some.includes(topic));
  if (isAny(SHAPE_TOPICS)) return 'outline';
  if (!isAny(TAG_TOPICS)) return null;
  const { concepts = [], untagged } = filter;
  return concepts.length > 0 || untagged !== undefined ? 'outline' : 'rows';
}

function isSameShape(one: SheetOutline, other: SheetOutline): boolean {
  return (
    one.total === other.total &&
    one.unfiltered === other.unfiltered &&
    one.sections.length === other.sections.length &&
    one.sections.every((section, index) => isSameSection(section, other.sections[index]))
  );
}

function isSameSection(one: SheetSection, other: SheetSection | undefined): boolean {
  return (
    other !== undefined &&
    one.key === other.key &&
    one.day === other.day &&
    one.start === other.start &&
    one.count === other.count &&
    one.folders.length === other.folders.length &&
    one.folders.every((folder, index) => folder === other.folders[index])
  );
}

interface Asked {
  readonly query: SheetQuery;
  readonly shown: ShownPlaces;
  readonly anchorId: number | undefined;
  readonly watchedId: number | null;
}

type AnsweredSheet = Pick<Arrival, 'outline' | 'moved' | 'watched'> & { readonly rows: AnsweredRows };

/**
 * A sheet as it is now, with the rows that will be on screen once the anchor is held; null when it is wanted no more.
 * Outline and rows are of one moment as far as their totals tell: while photos keep coming they are asked for again.
 */
async function askSheet(
  engine: SheetConnection['engine'],
  asked: Asked,
  isCurrent: () => boolean,
): Promise<AnsweredSheet | null> {
  for (let attempt = 1; ; attempt += 1) {
    const answer = await askOnce(engine, asked, isCurrent);
    if (answer === null || answer.rows.total === answer.outline.total || attempt === MOST_ATTEMPTS)
      return answer;
  }
}

async function askOnce(
  engine: SheetConnection['engine'],
  { query, shown, anchorId, watchedId }: Asked,
  isCurrent: () => boolean,
): Promise<AnsweredSheet | null> {
  const outline = await engine.sheet({ query });
  if (!isCurrent()) return null;
  const anchorAt = anchorId === undefined ? null : await engine.sheetPlace({ query, photoId: anchorId });
  if (!isCurrent()) return null;
  const { from, to, anchor } = shown;
  const likelyShift = anchorAt === null || anchor === null ? 0 : anchorAt - anchor;
  const first = Math.max(0, Math.min(from + likelyShift, outline.total - 1));
  const firstChunk = Math.floor(first / CHUNK_SIZE);
  const chunkCount = Math.floor((first + to - from) / CHUNK_SIZE) - firstChunk + 1;
  const count = Math.min(chunkCount, MOST_CHUNKS_AT_ONCE) * CHUNK_SIZE;
  const rows = await engine.sheetRows({ query, from: firstChunk * CHUNK_SIZE, count });
  if (!isCurrent()) return null;
  const watchedAt = watchedId === null ? null : await engine.sheetPlace({ query, photoId: watchedId });
  const watched =
    watchedId === null ? null : { photoId: watchedId, place: placeIn(rows, watchedId) ?? watchedAt };
  // Where the rows have it is where it will be drawn, whatever came between the two answers.
  const heldAt = anchorId === undefined ? null : (placeIn(rows, anchorId) ?? anchorAt);
  const moved = heldAt === null || anchor === null || heldAt === anchor ? null : { from: anchor, to: heldAt };
  return { outline, rows, moved, watched };
}

function placeIn({ from, rows }: AnsweredRows, photoId: number): number | null {
  const index = rows.findIndex((row) => row.photoId === photoId);
  return index < 0 ? null : from + index;
}

/** Resolves when the sheet of a query is on screen. */
export function whenShown(rows: Pick<SheetRows, 'arrival' | 'onChange'>, query: SheetQuery): Promise<void> {
  const wanted = JSON.stringify(query);
  const isShown = (): boolean => JSON.stringify(rows.arrival()?.query) === wanted;
  return new Promise((resolve) => {
    if (isShown()) {
      resolve();
      return;
    }
    const stop = rows.onChange(() => {
      if (!isShown()) return;
      stop();
      resolve();
    });
  });
}
