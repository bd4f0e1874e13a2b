/** What follows from a change of a folder for its photos, in the transaction that makes or undoes it. */
import { restart } from '../failures/restart.ts';
import type { CellValues } from '../ledger/edit-log.ts';
import type { FolderPart } from '../ledger/folder-parts.ts';
import { RECIPE_SETTING, type Folder } from '../ledger/folders.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { FailureCause } from '#shared/problems.ts';

/** What of a folder some cells are about. */
export type ChangedPart = FolderPart | 'recipe';

/** Parts of folders among the cells of an act, by folder. */
export function changedFolders(cells: CellValues): ReadonlyMap<number, ReadonlySet<ChangedPart>> {
  const found = new Map<number, Set<ChangedPart>>();
  for (const name of Object.keys(cells)) {
    const [kind, place = '', part] = name.split(' ');
    const isRecipe = kind === 'setting' && place.startsWith(RECIPE_SETTING);
    if (kind !== 'folder' && !isRecipe) continue;
    const folderId = Number(isRecipe ? place.slice(RECIPE_SETTING.length) : place);
    const changed = found.get(folderId) ?? new Set<ChangedPart>();
    found.set(folderId, changed.add(isRecipe ? 'recipe' : (part as FolderPart)));
  }
  return found;
}

/** Brings photos to where their folders go now, and has nothing sent that was prepared for what was before. */
export function settleFolders(ledger: Ledger, cells: CellValues, at: number): void {
  for (const [folderId, changed] of changedFolders(cells)) {
    const folder = ledger.folders.byId(folderId);
    if (folder === undefined) continue;
    ledger.folders.unready(folderId);
    if (changed.has('sends') && folder.sends === 'rendition') sendCopies(ledger, folder, at);
    if (!changed.has('removed') && !changed.has('destination')) continue;
    leaveOut(ledger, folder, at);
    if (folder.removedAt === null) ledger.folders.bringPhotos(folderId, at);
  }
}

/** What was not sent of a folder that is removed, or goes elsewhere, is not sent any more. */
function leaveOut(ledger: Ledger, { id, destinationId: own }: Folder, at: number): void {
  for (const { photoId, destinationId } of ledger.folders.orphans(id)) {
    const reason = destinationId === own ? 'folder-removed' : 'other-destination';
    ledger.uploads.skip(photoId, destinationId, reason, at);
  }
}

/** What could not go as it is: a copy may. */
const WANT_COPIES: readonly string[] = ['too-large', 'format-not-accepted'] satisfies FailureCause[];

/** The folder's photos that failed as the files they are, are tried again as copies. */
export function sendCopies(ledger: Ledger, { id, destinationId }: Folder, at: number): void {
  const photoIds = new Set(ledger.files.photosIn([id]));
  for (const cause of WANT_COPIES) {
    const failed = ledger.workLists.failed(destinationId, cause).map(({ photoId }) => photoId);
    restart(
      ledger,
      failed.filter((photoId) => photoIds.has(photoId)),
      destinationId,
      at,
    );
  }
}
