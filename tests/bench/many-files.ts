/** A tree of many small files, and a ledger that knows them all as photos. */
import { lstatSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { openLedger } from '../../electron/engine/ledger/ledger.ts';

/** Files in each folder. */
const FILES = 100;

/** Writes `count` files, 100 to a folder, and returns their paths relative to `root`. */
export function writeManyFiles(root: string, count: number): string[] {
  const paths: string[] = [];
  for (let index = 0; index < count; index += 1) {
    const folder = `shoot-${String(Math.floor(index / FILES)).padStart(4, '0')}`;
    if (index % FILES === 0) mkdirSync(path.join(root, folder), { recursive: true });
    const name = `${folder}/DSC_${String(index).padStart(6, '0')}.jpg`;
    // One byte takes a block: a file without one would count as a cloud drive's placeholder.
    writeFileSync(path.join(root, name), 'x');
    paths.push(name);
  }
  return paths;
}

/** Makes a ledger that knows the files as they are now, as photos with the facts that a camera writes. */
export function writeLedgerOf(
  ledgerPath: string,
  root: string,
  paths: readonly string[],
): { readonly folderId: number } {
  const ledger = openLedger(ledgerPath);
  try {
    const names = { baseUrl: 'practice:', userId: 'owner', appId: 'photos' };
    const destination = ledger.destinations.ensure(names, 1);
    const folder = ledger.folders.add(root, destination.id, 1);
    ledger.transaction(() => {
      for (const [index, name] of paths.entries()) {
        const { size, mtimeMs, ctimeMs, ino: inode } = lstatSync(path.join(root, name));
        const hash = index.toString(16).padStart(64, '0');
        const sortAt = Math.round(mtimeMs);
        const { id: photoId } = ledger.photos.ensure({
          pictureHash: hash,
          format: 'jpeg',
          orientation: 1,
          sortAt,
          at: 1,
        });
        const fileId = ledger.files.record({
          folderId: folder.id,
          path: name,
          stamp: { size, mtimeMs, ctimeMs, inode },
          at: 1,
          kind: 'photo',
          photoId,
          fileHash: hash,
          format: 'jpeg',
          sortAt,
          facts: {
            orientation: 1,
            width: 6000,
            height: 4000,
            capturedAt: '2026-05-01T12:00:00',
            captureOffset: '+02:00',
            latitude: 54.1,
            longitude: 13.4,
            cameraMake: 'NIKON CORPORATION',
            cameraModel: 'NIKON Z 6_2',
            lens: 'NIKKOR Z 24-70mm f/4 S',
            caption: 'The harbour in the morning',
            keywords: ['harbour', 'morning', 'sea'],
            hierarchicalKeywords: ['Places|Coast'],
            rating: 3,
          },
        });
        ledger.photos.choose(photoId, fileId, 1, sortAt);
        ledger.photos.decoded(photoId, { at: 1, width: 6000, height: 4000, recoveredShare: null });
        ledger.uploads.arrive(photoId, destination.id, hash.slice(32), sortAt, 1);
        ledger.uploads.queue(photoId, 1);
      }
    });
    ledger.db.pragma('optimize');
    return { folderId: folder.id };
  } finally {
    ledger.close();
  }
}
