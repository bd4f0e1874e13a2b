/** What happens to a photo that comes to a folder, and to one whose file was read. */
import { posix } from 'node:path';
import { standingName } from './edits/concept-edits.ts';
import { nameEditOf, nameForPlace } from './edits/folder-acts.ts';
import { tagByKeywords } from './edits/keyword-edits.ts';
import { tagPhotos } from './edits/tag-edits.ts';
import type { Folder } from './ledger/folders.ts';
import type { Ledger } from './ledger/ledger.ts';

/**
 * It gets the folder's tags, and the name of the folder that it lies in where that is wanted, as items of the edit that
 * asked for them; `at` in UTC ms. True: it got some.
 */
export function tagArrival(ledger: Ledger, folder: Folder, photoId: number, at: number): boolean {
  const byEdit = new Map<number, { conceptId: number; value: 0 | 1 }[]>();
  for (const { conceptId, value, editId } of ledger.folders.tagsOf(folder.id)) {
    if (editId === null) continue;
    byEdit.set(editId, [...(byEdit.get(editId) ?? []), { conceptId, value }]);
  }
  const nameEditId = nameEditOf(ledger, folder.id);
  if (nameEditId !== null) {
    const given = byEdit.get(nameEditId) ?? [];
    for (const name of namesOf(ledger, folder, photoId)) {
      const { id } = ledger.concepts.ensure(standingName(ledger, name), at);
      if (!given.some(({ conceptId }) => conceptId === id)) given.push({ conceptId: id, value: 1 });
    }
    byEdit.set(nameEditId, given);
  }
  const counts = [...byEdit].map(([editId, changes]) => tagPhotos(ledger, editId, [photoId], changes));
  return counts.some((count) => count > 0);
}

/** Names of the folders that it lies in, below a watched one. */
function namesOf(ledger: Ledger, folder: Folder, photoId: number): ReadonlySet<string> {
  const names = ledger.files
    .ofPhoto(photoId)
    .filter(({ folderId, missingAt }) => folderId === folder.id && missingAt === null)
    .map(({ path }) => nameForPlace(folder.path, path.includes('/') ? posix.dirname(path) : ''));
  return new Set(names.filter((name) => name !== null));
}

/** It gets the tags that automatic rules have for its file's keywords; `at` in UTC ms. True: it got some. */
export function tagRead(ledger: Ledger, photoId: number, at: number): boolean {
  return tagByKeywords(ledger, photoId, at);
}
