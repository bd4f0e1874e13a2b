/** What happens to a photo that comes to a folder, and to one whose file was read. */
import { tagByKeywords } from './edits/keyword-edits.ts';
import { tagPhotos } from './edits/tag-edits.ts';
import type { Folder } from './ledger/folders.ts';
import type { Ledger } from './ledger/ledger.ts';

/** It gets the folder's tags, as items of the edit that asked for them. True: it got some. */
export function tagArrival(ledger: Ledger, folder: Folder, photoId: number): boolean {
  const byEdit = new Map<number, { conceptId: number; value: 0 | 1 }[]>();
  for (const { conceptId, value, editId } of ledger.folders.tagsOf(folder.id)) {
    if (editId === null) continue;
    byEdit.set(editId, [...(byEdit.get(editId) ?? []), { conceptId, value }]);
  }
  const counts = [...byEdit].map(([editId, changes]) => tagPhotos(ledger, editId, [photoId], changes));
  return counts.some((count) => count > 0);
}

/** It gets the tags that automatic rules have for its file's keywords; `at` in UTC ms. True: it got some. */
export function tagRead(ledger: Ledger, photoId: number, at: number): boolean {
  return tagByKeywords(ledger, photoId, at);
}
