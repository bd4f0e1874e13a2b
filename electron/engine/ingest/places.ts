/** Where a path belongs: the deepest watched folder that it lies in, and its path in there. */
import type { Folder } from '../ledger/folders.ts';
import { isAtOrBelow, placeIn } from '../path-relations.ts';
import { countsWithParents, createFilter, type PathFilter } from './path-filter.ts';

/** A path of a watched folder. */
export interface Place {
  readonly folder: Folder;
  /** Relative to the folder, `/` between names; '' for the folder itself. */
  readonly below: string;
}

export interface Places {
  /** The folders that are at work, among all that the ledger watches. */
  set(active: readonly Folder[], all: readonly Folder[]): void;
  has(folderId: number): boolean;
  /** The place of an absolute path; undefined when its folder is not at work, or when it is in none. */
  of(path: string): Place | undefined;
  /** Whether a place counts as a file by junk rules and the owner's globs. */
  countsAsFile(place: Place): boolean;
  /** Whether a place would be entered if it were a folder. */
  countsAsFolder(place: Place): boolean;
}

/**
 * Starts with no folder.
 *
 * @param leftOut absolute paths that are nobody's place, nor anything below them
 */
export function createPlaces(leftOut: readonly string[]): Places {
  let folders: readonly Folder[] = [];
  const active = new Set<number>();
  const filters = new Map<number, PathFilter>();
  const filterOf = ({ id, includeGlobs, excludeGlobs }: Folder): PathFilter => {
    const filter = filters.get(id) ?? createFilter({ include: includeGlobs, exclude: excludeGlobs });
    filters.set(id, filter);
    return filter;
  };
  return {
    set(wanted, all) {
      folders = all;
      active.clear();
      filters.clear();
      for (const { id } of wanted) active.add(id);
    },
    has: (folderId) => active.has(folderId),
    of(path) {
      let best: Folder | undefined;
      for (const folder of folders) {
        if (folder.path.length > (best?.path.length ?? -1) && isAtOrBelow(path, folder.path)) best = folder;
      }
      if (best === undefined || !active.has(best.id)) return undefined;
      const { length } = best.path;
      if (leftOut.some((own) => own.length > length && isAtOrBelow(path, own))) return undefined;
      return { folder: best, below: placeIn(best.path, path) };
    },
    countsAsFile: ({ folder, below }) => countsWithParents(filterOf(folder), below, 'file'),
    countsAsFolder: ({ folder, below }) => countsWithParents(filterOf(folder), below, 'directory'),
  };
}
