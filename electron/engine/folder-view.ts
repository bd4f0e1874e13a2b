/** Watched folders as the page shows them, and what patterns would leave out. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { nameEditOf } from './edits/folder-acts.ts';
import type { EngineParts } from './engine-parts.ts';
import { recipeIn } from './imaging/rendition-recipe.ts';
import { countsWithParents, createFilter } from './ingest/path-filter.ts';
import { RECIPE_SETTING, type Folder } from './ledger/folders.ts';
import { folderStatus } from './status.ts';
import { plainWords } from './without-home.ts';
import type { ExcludePreview, FolderScan, WatchedFolder } from '#shared/folders.ts';
import { PHOTO_STATES, type PhotoState, type StateCounts } from '#shared/photo.ts';

/** Paths that are compared in one turn of the event loop: the engine owes a key press its few milliseconds. */
const TURN_COUNT = 500;
const MOST_EXAMPLES = 5;

type ViewParts = Pick<EngineParts, 'ledger' | 'ingest' | 'sheets' | 'isAtWork'>;

/** All watched folders, those of every destination. Counts are made off the engine's thread. */
export async function watchedFolders(parts: ViewParts): Promise<readonly WatchedFolder[]> {
  const { ledger } = parts;
  const destinations = ledger.destinations.all();
  const found: WatchedFolder[] = [];
  for (const folder of ledger.folders.all()) {
    const counts = await countsOf(parts, folder);
    found.push({
      ...folderStatus(folder, destinations),
      ...chosenOf(parts, folder),
      ...seenOf(parts, folder),
      counts,
    });
  }
  return found;
}

function chosenOf({ ledger }: ViewParts, folder: Folder) {
  const recipe: unknown = ledger.settings.get(RECIPE_SETTING + folder.id);
  return {
    sends: folder.sends,
    recipe: recipeIn(recipe === undefined ? null : JSON.stringify(recipe)),
    sendsGps: folder.sendsGps,
    sendsCaptureTime: folder.sendsCaptureTime,
    sendsFileName: folder.sendsFileName,
    metadata: folder.metadata,
    excludeGlobs: folder.excludeGlobs,
    includeGlobs: folder.includeGlobs,
    addsFolderName: nameEditOf(ledger, folder.id) !== null,
    concepts: ledger.folders.tagsOf(folder.id).flatMap(({ conceptId, value }) => {
      const concept = ledger.concepts.byId(conceptId);
      return concept === undefined ? [] : [{ name: concept.name, value }];
    }),
  };
}

function seenOf({ ledger, ingest, isAtWork }: ViewParts, folder: Folder) {
  const { id, destinationId, fileSystem, pausedAt, pausedUntil } = folder;
  return {
    id,
    pausedAt,
    pausedUntil,
    destinationId,
    fileSystem,
    isAtWork: isAtWork(id),
    lastEventAt: ingest.lastEventAt(id),
    lastScan: lastScanOf(ledger, id),
    isScanning: ingest.isScanning(id),
  };
}

function lastScanOf({ scans }: Pick<ViewParts['ledger'], 'scans'>, folderId: number): FolderScan | null {
  const scan = scans.last(folderId);
  return scan === null ? null : { ...scan, detail: plainWords(scan.detail) };
}

async function countsOf({ sheets }: ViewParts, { id, destinationId }: Folder): Promise<StateCounts> {
  const filter = { folder: { folderId: id, directory: '' } };
  const query = { destinationId, filter, groupBy: 'day', descending: false } as const;
  const { values } = await sheets.facet(query, 'state');
  const counts = Object.fromEntries(PHOTO_STATES.map((state) => [state, 0])) as Record<PhotoState, number>;
  for (const { value, count } of values) counts[value as PhotoState] = count;
  return counts;
}

/**
 * Compares the files that are known with patterns.
 *
 * @throws GlobError in words for people
 */
export async function previewExclude(
  { ledger }: Pick<EngineParts, 'ledger'>,
  { id, includeGlobs: include, excludeGlobs }: Folder,
  wanted: readonly string[],
): Promise<ExcludePreview> {
  const now = createFilter({ include, exclude: excludeGlobs });
  const then = createFilter({ include, exclude: wanted });
  const examples: string[] = [];
  let fileCount = 0;
  let returningCount = 0;
  for (let after = ''; ;) {
    const page = ledger.files.page(id, after, TURN_COUNT);
    for (const { path, missingAt } of page) {
      const counts = countsWithParents(now, path, 'file');
      const willCount = countsWithParents(then, path, 'file');
      if (missingAt === null && counts && !willCount) {
        fileCount += 1;
        if (examples.length < MOST_EXAMPLES) examples.push(path);
      }
      if (missingAt !== null && !counts && willCount) returningCount += 1;
    }
    const last = page.at(-1);
    if (last === undefined || page.length < TURN_COUNT) return { fileCount, examples, returningCount };
    after = last.path;
    await nextTurn();
  }
}
