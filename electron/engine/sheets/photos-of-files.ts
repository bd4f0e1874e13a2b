/** Photos by the files that hold them: somebody opened these with Tagalong. */
import type { Ledger } from '../ledger/ledger.ts';
import { leadsBelow, placeIn } from '../path-relations.ts';
import type { OpenedPhotos } from '#shared/sheet.ts';

/** What these files hold, at the account of the first that is a photo in a watched folder; null: none is. @param paths absolute */
export function photosOfFiles(
  { folders, files }: Pick<Ledger, 'folders' | 'files'>,
  paths: readonly string[],
): OpenedPhotos | null {
  const watched = folders.all();
  const found = paths.flatMap((path) =>
    watched
      .filter((folder) => leadsBelow(path, folder.path))
      .flatMap(({ id, path: above, destinationId }) => {
        const photoId = files.byPath(id, placeIn(above, path))?.photoId ?? null;
        return photoId === null ? [] : [{ photoId, destinationId }];
      }),
  );
  const [first] = found;
  if (first === undefined) return null;
  const { destinationId } = first;
  const there = found.filter((one) => one.destinationId === destinationId).map(({ photoId }) => photoId);
  return { destinationId, photoIds: [...new Set(there)] };
}
