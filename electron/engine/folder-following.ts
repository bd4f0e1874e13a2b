/** What the running engine does after an act changed folders: watches, scans and sends as they are now. */
import { changedFolders } from './edits/folder-settling.ts';
import type { EngineParts } from './engine-parts.ts';
import { releaseUnwanted } from './upload/renditions.ts';

/** Follows an act, or the undo of one; an act that changed no folder costs nothing. */
export async function followFolders(
  parts: EngineParts,
  { editId, kind }: { readonly editId: number | null; readonly kind: string },
): Promise<void> {
  if (editId === null || kind !== 'folder') return;
  const { ledger, ingest, host } = parts;
  const changed = changedFolders(ledger.editLog.cellsOf(editId).after);
  for (const folderId of changed.keys()) {
    const folder = ledger.folders.byId(folderId);
    const destination = folder === undefined ? undefined : ledger.destinations.byId(folder.destinationId);
    if (destination !== undefined) await parts.lineOf(destination);
  }
  const makesOthers = [...changed.values()].some((part) => part.has('recipe') || part.has('sends'));
  if (makesOthers) {
    void releaseUnwanted(parts).catch((error: unknown) =>
      host.log.warn('upload.rendition-not-removed', { error: String(error) }),
    );
  }
  await parts.takeUp([...changed.keys()]);
  for (const [folderId, part] of changed) {
    if (part.has('exclude') || part.has('removed')) ingest.scan(folderId, 'owner');
  }
  // Photos of a folder that is back wait for their thumbnails to be looked at.
  ingest.wake();
  for (const line of parts.openLines()) line.wake();
}
