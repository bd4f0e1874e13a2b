/**
 * What one look at a path found, written to the ledger: the step from disk to ledger. Everything here runs inside one
 * transaction of the caller and reads no file.
 */
import type { Ledger } from '../ledger/ledger.ts';
import type { Folder } from '../ledger/folders.ts';
import type { FileRow } from '../ledger/files.ts';
import type { Identified } from '../workers/jobs.ts';
import type { FileStamp } from '#shared/file-stamp.ts';
import { UNDECODED_FORMATS, type Orientation, type PhotoFormat } from '#shared/photo.ts';
import { INPUT_ID_LENGTH } from '#shared/photo.ts';

/** The input id of a folder photo: the same on every machine. */
export function inputIdOf(pictureHash: string): string {
  return pictureHash.slice(0, INPUT_ID_LENGTH);
}

/** What a look needs. */
export interface LookParts {
  readonly ledger: Ledger;
  readonly now: () => number;
  /** Called in the same transaction when a photo comes to a folder: it may tag it. */
  readonly onArrival: (folder: Folder, photoId: number) => void;
  /** Called in the transaction in which a file that carries keywords was read; it may tag the photo. */
  readonly onKeywords: (photoId: number) => void;
  /** Called in the same transaction when a photo whose thumbnails stand comes, or comes back: it can be sent at once. */
  readonly onQueued: () => void;
}

/** One path of a watched folder, and what it turned out to be. */
export interface Looked {
  readonly folder: Folder;
  /** Relative to the folder. */
  readonly path: string;
  /** The stamp that made us look, for findings that carry none of their own. */
  readonly stamp: FileStamp;
  readonly found: Exclude<Identified, { kind: 'changed' }>;
}

/** Writes what was found. Returns the photo that lost its file here, if one did, for {@link failLost}. */
export function recordLook(parts: LookParts, looked: Looked): number | null {
  const { ledger, now } = parts;
  const { folder, path, stamp, found } = looked;
  const before = ledger.files.byPath(folder.id, path);
  switch (found.kind) {
    case 'photo':
      recordPhoto(parts, looked, found, before);
      return null;
    case 'not-a-photo':
      ledger.files.record({ folderId: folder.id, path, stamp, at: now(), kind: 'other' });
      break;
    case 'problem':
      if (found.cause === 'file-gone') {
        // Not lost yet: a rename shows as a path that is gone before the one that is new.
        return loseFile(parts, folder.id, path);
      }
      // A photo that cannot be read for the moment is still that photo; the next scan looks again.
      if (before?.kind === 'photo' && found.cause === 'file-unreadable') return null;
      recordProblem(parts, looked, found.cause, found.detail);
      break;
  }
  if (before !== undefined) leaveBehind(parts, before, null);
  return null;
}

/** Records a path that is left out or cannot be read: a failure cause or a skip reason about the file. */
export function recordProblem(
  { ledger, now }: LookParts,
  { folder, path, stamp }: Pick<Looked, 'folder' | 'path' | 'stamp'>,
  problem: string,
  problemDetail: string | null,
): void {
  ledger.files.record({
    folderId: folder.id,
    path,
    stamp,
    at: now(),
    kind: 'problem',
    problem,
    problemDetail,
  });
}

/** A path is gone. Returns the photo that it held; if it has another file, it shows that one's facts from now on. */
export function loseFile({ ledger, now }: LookParts, folderId: number, path: string): number | null {
  const photoId = ledger.files.markMissing(folderId, path, now());
  if (photoId === null) return null;
  if (!hasChosenFile(ledger, photoId)) chooseAnother(ledger, photoId, new Set());
  return photoId;
}

function hasChosenFile(ledger: Ledger, photoId: number): boolean {
  const { chosenFileId = null } = ledger.photos.byId(photoId) ?? {};
  const chosen = chosenFileId === null ? undefined : ledger.files.byId(chosenFileId);
  return chosen !== undefined && chosen.missingAt === null && chosen.photoId === photoId;
}

/** Has the photo show another of its files that are there, none of `tried`. False when there is none. */
export function chooseAnother(ledger: Ledger, photoId: number, tried: ReadonlySet<number>): boolean {
  const other = ledger.files
    .ofPhoto(photoId)
    .find((file) => file.missingAt === null && file.kind === 'photo' && !tried.has(file.id));
  if (other === undefined) return false;
  show(ledger, photoId, { fileId: other.id, orientation: other.orientation ?? 1, sortAt: other.sortAt });
  return true;
}

/** Photos lost a file. One with no other, not yet sent, has nothing to wait for any more and says so. */
export function failLost({ ledger, now }: LookParts, photoIds: Iterable<number>): void {
  for (const photoId of photoIds) {
    if (hasFile(ledger, photoId)) continue;
    for (const { state, destinationId } of ledger.uploads.ofPhoto(photoId)) {
      if (state !== 'found' && state !== 'queued') continue;
      ledger.uploads.fail(photoId, destinationId, { cause: 'file-gone', detail: null, at: now() });
    }
  }
}

/** The folder's patterns leave out files that held these photos; what was not sent and has no other file, stays out. */
export function skipExcluded({ ledger, now }: LookParts, photoIds: Iterable<number>): void {
  for (const photoId of photoIds) {
    if (hasFile(ledger, photoId)) continue;
    for (const { state, destinationId } of ledger.uploads.ofPhoto(photoId)) {
      if (state !== 'found' && state !== 'queued' && state !== 'failed') continue;
      ledger.uploads.skip(photoId, destinationId, 'excluded', now());
    }
  }
}

function hasFile(ledger: Ledger, photoId: number): boolean {
  return ledger.files.ofPhoto(photoId).some((file) => file.missingAt === null);
}

/** Order of every sheet: the wall clock of the capture, else the file's time. UTC ms. */
export function sortAtOf(capturedAt: string | null, mtimeMs: number): number {
  const captured = capturedAt === null ? Number.NaN : Date.parse(`${capturedAt}Z`);
  return Number.isNaN(captured) ? Math.round(mtimeMs) : captured;
}

type FoundPhoto = Extract<Identified, { kind: 'photo' }>;

function recordPhoto(
  parts: LookParts,
  { folder, path }: Looked,
  found: FoundPhoto,
  before: FileRow | undefined,
): void {
  const { ledger, now } = parts;
  const at = now();
  const { pictureHash, format, facts, stamp } = found;
  const sortAt = sortAtOf(facts.capturedAt, stamp.mtimeMs);
  const photo = ledger.photos.ensure({ pictureHash, format, orientation: facts.orientation, sortAt, at });
  const fileId = ledger.files.record({
    folderId: folder.id,
    path,
    stamp,
    at,
    kind: 'photo',
    photoId: photo.id,
    fileHash: found.fileHash,
    format,
    facts,
    sortAt,
  });
  if (before !== undefined && before.photoId !== photo.id) leaveBehind(parts, before, photo.id);
  chooseFile(parts, photo.id, fileId, found, sortAt);
  arrive(parts, folder, photo.id, found, sortAt);
  if (before?.photoId !== photo.id || before.missingAt !== null) parts.onArrival(folder, photo.id);
  if (facts.keywords.length > 0 || facts.hierarchicalKeywords.length > 0) parts.onKeywords(photo.id);
}

/** The photo shows the facts of its chosen file: the first that is there. */
function chooseFile(
  { ledger }: LookParts,
  photoId: number,
  fileId: number,
  found: FoundPhoto,
  sortAt: number,
): void {
  const stands = hasChosenFile(ledger, photoId);
  if (stands && ledger.photos.byId(photoId)?.chosenFileId !== fileId) return;
  show(ledger, photoId, { fileId, orientation: found.facts.orientation, sortAt });
}

/** Makes a file the one whose facts the photo shows. Another orientation changes what was made of the picture. */
function show(
  ledger: Ledger,
  photoId: number,
  file: { readonly fileId: number; readonly orientation: Orientation; readonly sortAt: number },
): void {
  const before = ledger.photos.byId(photoId)?.orientation;
  ledger.photos.choose(photoId, file.fileId, file.orientation, file.sortAt);
  if (before === undefined || before === file.orientation) return;
  // Turned by another program: thumbnails are remade, and so is what was prepared but not sent.
  if (isOnItsSide(before) !== isOnItsSide(file.orientation)) ledger.photos.turn(photoId);
  ledger.photos.forgetThumbnails(photoId);
  for (const upload of ledger.uploads.ofPhoto(photoId)) {
    if (upload.state === 'queued') ledger.uploads.ready(photoId, upload.destinationId, null);
  }
}

/** EXIF orientations 5 to 8 exchange width and height. */
function isOnItsSide(orientation: Orientation): boolean {
  return orientation >= 5;
}

/** Why a photo was left out that is no reason any more when a file of a folder that goes there holds it. */
const OVER_ON_RETURN: readonly (string | null)[] = [
  'superseded',
  'excluded',
  'other-destination',
  'folder-removed',
];

function arrive(
  { ledger, now, onQueued }: LookParts,
  folder: Folder,
  photoId: number,
  found: FoundPhoto,
  sortAt: number,
): void {
  const at = now();
  const { destinationId } = folder;
  const isNew = ledger.uploads.arrive(photoId, destinationId, inputIdOf(found.pictureHash), sortAt, at);
  const upload = ledger.uploads.get(photoId, destinationId);
  if (upload === undefined) return;
  const isBack =
    (upload.state === 'failed' && upload.reason === 'file-gone') ||
    (upload.state === 'skipped' && OVER_ON_RETURN.includes(upload.reason));
  if (isBack) ledger.uploads.restart(photoId, destinationId, 'found', at);
  if (!isNew && !isBack) return;
  if (skipOrQueue(ledger, photoId, found.format, at)) onQueued();
}

/** Nothing is to be decoded of a format that waits for its decoder, nor of a picture whose thumbnails stand. */
export function skipOrQueue(ledger: Ledger, photoId: number, format: PhotoFormat, at: number): boolean {
  if (UNDECODED_FORMATS.includes(format)) {
    for (const { state, destinationId } of ledger.uploads.ofPhoto(photoId)) {
      if (state === 'found') ledger.uploads.skip(photoId, destinationId, 'format-not-yet-supported', at);
    }
    return true;
  }
  if (ledger.photos.byId(photoId)?.thumbnailsAt === null) return false;
  ledger.uploads.queue(photoId, at);
  return true;
}

/** A path that held a photo holds something else now; that photo, if nothing else holds it and it was not sent, ends. */
function leaveBehind({ ledger, now }: LookParts, before: FileRow, photoId: number | null): void {
  if (before.photoId === null || before.photoId === photoId) return;
  if (hasFile(ledger, before.photoId)) {
    if (!hasChosenFile(ledger, before.photoId)) chooseAnother(ledger, before.photoId, new Set());
    return;
  }
  for (const upload of ledger.uploads.ofPhoto(before.photoId)) {
    const waits = upload.state === 'found' || upload.state === 'queued' || upload.state === 'failed';
    if (waits) ledger.uploads.skip(before.photoId, upload.destinationId, 'superseded', now());
  }
}
