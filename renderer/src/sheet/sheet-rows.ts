/**
 * The outline of a sheet and the rows around what is shown of it, kept as the ledger has them. Questions go one at a
 * time: first rows that are on screen and missing, then what changed, then rows that may come on screen next. What is
 * painted stays until something newer is there, and of two answers about a photo the newer one counts.
 */
import type { Connection } from '../engine/connection.ts';
import { createRowCache } from './row-cache.ts';
import type { ChangeTopic } from '#shared/changes.ts';
import type { EngineApi } from '#shared/engine-api.ts';
import type { SheetOutline, SheetQuery, SheetRow } from '#shared/sheet.ts';

/** Rows that are asked for together. */
export const CHUNK_SIZE = 120;
/** The engine answers no more rows at once. */
const MOST_CHUNKS_AT_ONCE = 4;

/** Changes that make a sheet old. */
const TOPICS: readonly ChangeTopic[] = ['photos', 'tags', 'concepts', 'folders'];

/** What the sheet needs of a connection. */
export type SheetConnection = Pick<Connection, 'status' | 'onStatus' | 'onChanged'> & {
  readonly engine: Pick<EngineApi, 'sheet' | 'sheetRows' | 'sheetIds' | 'sheetPlace'>;
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
  const listeners = new Set<() => void>();
  const cache = createRowCache(CHUNK_SIZE);
  let wanted = firstQuery;
  let arrival: Arrival | null = null;
  let problem: Error | null = null;
  let shown: ShownPlaces = { from: 0, to: CHUNK_SIZE - 1, anchor: null };
  /** Counts what made the sheet old; whatever was asked before is asked again. */
  let news = 1;
  let outlineNews = 0;
  let isAsking = false;
  let isStopped = true;

  const tell = (): void => listeners.forEach((listener) => listener());
  const total = (): number => arrival?.outline.total ?? 0;

  /** Asks what is most needed, until nothing is. */
  function pump(): void {
    if (isAsking || isStopped || problem !== null || connection.status().state !== 'open') return;
    const question = nextQuestion();
    if (question === null) return;
    isAsking = true;
    const { epoch } = connection.status();
    const asked = wanted;
    const isCurrent = (): boolean =>
      !isStopped &&
      asked === wanted &&
      epoch === connection.status().epoch &&
      connection.status().state === 'open';
    question(isCurrent)
      .catch((error: unknown) => {
        if (!isCurrent()) return;
        problem = error instanceof Error ? error : new Error(String(error));
        tell();
      })
      .finally(() => {
        isAsking = false;
        pump();
      })
      .catch((error: unknown) => reportError(error));
  }

  type Question = (isCurrent: () => boolean) => Promise<void>;

  function nextQuestion(): Question | null {
    if (arrival === null || arrival.query !== wanted) return renew;
    const visible = cache.firstWithout(shown.from, Math.min(shown.to, total() - 1), 0);
    if (visible !== null) return (isCurrent) => load(visible, isCurrent);
    if (outlineNews < news) return renew;
    const old = cache.firstWithout(shown.from, Math.min(shown.to, total() - 1), outlineNews);
    if (old !== null) return (isCurrent) => load(old, isCurrent);
    const reach = shown.to - shown.from + 1;
    const near = cache.firstWithout(
      Math.max(0, shown.from - reach),
      Math.min(shown.to + reach, total() - 1),
      0,
    );
    return near === null ? null : (isCurrent) => load(near, isCurrent);
  }

  async function load(chunk: number, isCurrent: () => boolean): Promise<void> {
    const at = news;
    const answer = await engine.sheetRows({ query: wanted, from: chunk * CHUNK_SIZE, count: CHUNK_SIZE });
    if (!isCurrent()) return;
    if (answer.total !== total()) news += 1;
    cache.putChunks(answer, connection.status().epoch, at);
    cache.trim(shown);
    tell();
  }

  /** The outline, the rows on screen and the places of anchor and cursor; then all of it at once. */
  async function renew(isCurrent: () => boolean): Promise<void> {
    const at = news;
    const query = wanted;
    const { epoch } = connection.status();
    const before = arrival;
    const isOther = before === null || before.query !== query;
    const outline = await engine.sheet({ query });
    if (!isCurrent()) return;
    const anchorId = isOther || shown.anchor === null ? undefined : cache.idAt(shown.anchor);
    const anchorAt = anchorId === undefined ? null : await engine.sheetPlace({ query, photoId: anchorId });
    if (!isCurrent()) return;
    const shift = anchorAt === null || shown.anchor === null ? 0 : anchorAt - shown.anchor;
    const first = isOther ? 0 : Math.max(0, Math.min(shown.from + shift, outline.total - 1));
    const firstChunk = Math.floor(first / CHUNK_SIZE);
    const lastChunk = Math.floor((first + shown.to - shown.from) / CHUNK_SIZE);
    const answer = await engine.sheetRows({
      query,
      from: firstChunk * CHUNK_SIZE,
      count: Math.min(lastChunk - firstChunk + 1, MOST_CHUNKS_AT_ONCE) * CHUNK_SIZE,
    });
    if (!isCurrent()) return;
    const watched = await placeOfWatched(query);
    if (!isCurrent()) return;
    const wasOther = isOther || !isSameShape(before.outline, outline) || !cache.holds(answer);
    if (isOther && before !== null && before.query.destinationId !== query.destinationId) cache.clear();
    else if (wasOther) cache.dropPlaces();
    cache.putChunks(answer, epoch, at);
    outlineNews = answer.total === outline.total ? at : at - 1;
    problem = null;
    if (wasOther) {
      const moved =
        anchorAt === null || shown.anchor === null || shift === 0
          ? null
          : { from: shown.anchor, to: anchorAt };
      arrival = { query, outline, moved, watched, isOther, shape: (before?.shape ?? 0) + 1 };
    } else
      arrival = {
        ...before,
        outline: { ...outline, sections: before.outline.sections },
        moved: null,
        watched,
      };
    cache.trim(shown);
    tell();
  }

  async function placeOfWatched(query: SheetQuery): Promise<Arrival['watched']> {
    const photoId = watchedId();
    return photoId === null ? null : { photoId, place: await engine.sheetPlace({ query, photoId }) };
  }

  function grewOld(): void {
    news += 1;
    problem = null;
    pump();
  }

  return {
    /** The sheet on screen; null before the first. */
    arrival: (): Arrival | null => arrival,
    /** The query of the sheet on screen, else the first one asked. */
    query: (): SheetQuery => arrival?.query ?? wanted,
    total,
    /** Why the last question failed; null when it did not. */
    problem: (): Error | null => problem,
    /** Whether another sheet is on its way. */
    isComing: (): boolean => arrival?.query !== wanted,
    rowAt: (place: number): SheetRow | undefined => cache.rowAt(place),
    rowOf: (photoId: number): SheetRow | undefined => cache.rowOf(photoId),
    idAt: (place: number): number | undefined => cache.idAt(place),
    idsBetween: (from: number, to: number): Promise<readonly number[]> =>
      engine.sheetIds({ query: arrival?.query ?? wanted, from, to }),
    /** Another sheet. The one before stays until it is there. */
    setQuery(query: SheetQuery): void {
      if (JSON.stringify(query) === JSON.stringify(wanted)) return;
      if (query.destinationId !== wanted.destinationId) arrival = null;
      wanted = query;
      problem = null;
      tell();
      pump();
    },
    /** Resolves when the sheet of a query is on screen. */
    whenShown(query: SheetQuery): Promise<void> {
      const isShown = (): boolean => JSON.stringify(arrival?.query) === JSON.stringify(query);
      return new Promise((resolve) => {
        const check = (): void => {
          if (!isShown()) return;
          listeners.delete(check);
          resolve();
        };
        listeners.add(check);
        check();
      });
    },
    /** Says what is on screen. */
    show(places: ShownPlaces): void {
      shown = places;
      pump();
    },
    /** Rows as an act answered them. */
    applyRows(rows: readonly SheetRow[], asOf: number): void {
      if (cache.putRows(rows, connection.status().epoch, asOf)) tell();
    },
    /** Asks again after a failure. */
    again: grewOld,
    onChange: (listener: () => void): (() => void) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    /** Keeps the sheet up to date from now on. Returns how to stop it; it may be started again. */
    start(): () => void {
      const stops = [
        connection.onChanged(({ topics }) => {
          if (topics.some((topic) => TOPICS.includes(topic))) grewOld();
        }),
        connection.onStatus(grewOld),
      ];
      isStopped = false;
      grewOld();
      return () => {
        isStopped = true;
        for (const stop of stops) stop();
      };
    },
  };
}

function isSameShape(one: SheetOutline, other: SheetOutline): boolean {
  return (
    one.total === other.total &&
    one.unfiltered === other.unfiltered &&
    JSON.stringify(one.sections) === JSON.stringify(other.sections)
  );
}
