/** A ledger in a folder of its own, and short ways to put photos into it. */
import { join } from 'node:path';
import { NO_CAPTURE_FACTS } from '#shared/capture.ts';
import { openLedger, type Ledger } from '../../electron/engine/ledger/ledger.ts';
import { INPUT_ID_LENGTH } from '#shared/photo.ts';
import { temporaryFolder } from '../support/tree.ts';

/** A ledger that goes, with its folder, at the end of the `await using` block. */
export interface TemporaryLedger extends AsyncDisposable {
  readonly folder: string;
  readonly path: string;
  /** The one that is open at present. */
  ledger: Ledger;
  /** Closes and opens it again, as after a restart. */
  reopen(): Ledger;
}

/** Opens a new ledger. */
export async function temporaryLedger(): Promise<TemporaryLedger> {
  const folder = await temporaryFolder();
  const path = join(folder.path, 'ledger.db');
  const made: TemporaryLedger = {
    folder: folder.path,
    path,
    ledger: openLedger(path),
    reopen() {
      made.ledger.close();
      made.ledger = openLedger(path);
      return made.ledger;
    },
    async [Symbol.asyncDispose]() {
      made.ledger.close();
      await folder[Symbol.asyncDispose]();
    },
  };
  return made;
}

/** Makes a destination named by `appId`. */
export function destinationOf(ledger: Ledger, appId: string): number {
  return ledger.destinations.ensure({ baseUrl: 'https://api.test', userId: 'me', appId }, 1).id;
}

/** A picture hash that `n` decides. */
export function hashOf(n: number): string {
  return n.toString(16).padStart(8, '0').repeat(8);
}

/** Makes photo `n`, at the destinations given, as found. Returns its id. */
export function addPhoto(
  ledger: Ledger,
  n: number,
  { sortAt = n * 1000, at = [] }: { sortAt?: number; at?: readonly number[] } = {},
): number {
  const pictureHash = hashOf(n);
  const { id } = ledger.photos.ensure({ pictureHash, format: 'jpeg', orientation: 1, sortAt, at: 1 });
  for (const destinationId of at) {
    ledger.uploads.arrive(id, destinationId, pictureHash.slice(0, INPUT_ID_LENGTH), sortAt, 1);
  }
  return id;
}

/** Puts a file that holds the photo into a folder. Returns the file's id. */
export function addFile(
  ledger: Ledger,
  folderId: number,
  path: string,
  photoId: number,
  sortAt = 1000,
): number {
  return ledger.files.record({
    folderId,
    path,
    stamp: { size: 10, mtimeMs: 1.5, ctimeMs: 2.5, inode: 3 },
    at: 5,
    kind: 'photo',
    photoId,
    fileHash: hashOf(photoId),
    format: 'jpeg',
    facts: NO_CAPTURE_FACTS,
    sortAt,
  });
}

/** Claims queued photos into one batch. Returns its id. */
export function claim(ledger: Ledger, destinationId: number, photoIds: readonly number[], at = 10): number {
  return ledger.transaction(() =>
    ledger.batches.claim({
      destinationId,
      parentId: null,
      bodyBytes: 100,
      at,
      photos: photoIds.map((photoId) => {
        const upload = ledger.uploads.get(photoId, destinationId);
        return {
          photoId,
          inputId: upload?.inputId ?? '',
          bytes: 10,
          concepts: [],
          tagsVersion: upload?.tagsVersion ?? 0,
          orientation: 1,
        };
      }),
    }),
  );
}
