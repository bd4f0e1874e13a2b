/**
 * What leaves this computer for one photo. Nothing is described here a second time: the request is made by the code
 * that makes it for the uploader, and read back.
 */
import { remoteIdOf } from './edits/concept-sync.ts';
import type { EngineParts } from './engine-parts.ts';
import { sizeWithin } from './imaging/rendition-recipe.ts';
import { PRACTICE_BASE_URL } from './ledger/destinations.ts';
import type { Photo, PhotoSource } from './ledger/photos.ts';
import type { Upload } from './ledger/uploads.ts';
import { inputJson } from './upload/body.ts';
import { conceptsOf, entryOf } from './upload/entries.ts';
import { bytesToSend, fitsTheService, type Bytes } from './upload/renditions.ts';
import type { CaptureFacts } from '#shared/capture.ts';
import type { Leaving, LeavingField, LeavingRequest } from '#shared/folders.ts';
import { FAILURES, SKIPS } from '#shared/problems.ts';

type LeavingParts = Pick<EngineParts, 'ledger' | 'spool' | 'openLines'>;

/** In the place of the picture's base64. */
const PICTURE_WORDS = 'the picture, as base64';

/** Null when the photo is not at the destination. */
export function leavingOf(
  parts: LeavingParts,
  { photoId, destinationId }: { readonly photoId: number; readonly destinationId: number },
): Omit<Leaving, 'asOf'> | null {
  const { ledger } = parts;
  const upload = ledger.uploads.get(photoId, destinationId);
  const photo = ledger.photos.byId(photoId);
  const destination = ledger.destinations.byId(destinationId);
  const stateAt = ledger.sheetPhoto.of(photoId, destinationId)?.stateAt;
  if (upload === undefined || photo === undefined || destination === undefined || stateAt === undefined) {
    return null;
  }
  const source = ledger.photos.source(photoId, destinationId);
  const bytes =
    source === undefined ? null : bytesToSend(parts, { ...upload, pictureHash: photo.pictureHash }, source);
  const { state, origin } = upload;
  return {
    destinationId,
    isPractice: destination.baseUrl === PRACTICE_BASE_URL,
    state,
    stateAt,
    origin,
    stays: staysFor(upload, source, bytes),
    request:
      source === undefined || bytes === null ? null : requestOf(parts, { photo, upload, source, bytes }),
  };
}

function staysFor(
  { state, reason }: Upload,
  source: PhotoSource | undefined,
  bytes: Bytes | null,
): string | null {
  if (state === 'skipped' || state === 'failed') {
    const failure = Object.entries(FAILURES).find(([cause]) => cause === reason)?.[1];
    const skip = Object.entries(SKIPS).find(([name]) => name === reason)?.[1];
    return failure?.sentence ?? skip ?? reason;
  }
  if (state !== 'found' && state !== 'queued') return null;
  if (source === undefined || bytes === null) return 'No file of a watched folder that goes there holds it.';
  const cause = bytes.kind === 'original' ? fitsTheService(source) : null;
  return cause === null ? null : FAILURES[cause].sentence;
}

interface Wanted {
  readonly photo: Photo;
  readonly upload: Upload;
  readonly source: PhotoSource;
  readonly bytes: Bytes;
}

/** The input as the body has it. */
interface ReadInput {
  readonly id: string;
  readonly data: {
    readonly concepts?: readonly { readonly id: string; readonly value: 0 | 1 }[];
    readonly metadata?: Readonly<Record<string, unknown>>;
    readonly geo?: { readonly geo_point: { readonly longitude: number; readonly latitude: number } };
  };
}

function requestOf(parts: LeavingParts, { photo, upload, source, bytes }: Wanted): LeavingRequest {
  const { ledger, spool } = parts;
  const tags = takenTags(parts, upload);
  const remoteIds = new Map(tags.map(({ conceptId, remoteId }) => [conceptId, remoteId]));
  const size = bytes.kind === 'original' ? source.size : spool.bytesOf(bytes.key);
  const picture = { file: bytes.path, bytes: size ?? 0 };
  const concepts = conceptsOf(tags, remoteIds) ?? [];
  const json = inputJson(entryOf({ inputId: upload.inputId, picture, concepts, source }), PICTURE_WORDS);
  const { id, data } = JSON.parse(json) as ReadInput;
  const names = new Map(tags.map(({ remoteId, name }) => [remoteId, name]));
  return {
    inputId: id,
    picture: {
      sends: bytes.kind,
      ...pixelsOf(photo, bytes),
      bytes: size,
      quality: bytes.kind === 'rendition' ? bytes.recipe.quality : null,
      holds: bytes.kind === 'rendition' ? [] : heldBy(ledger.sheetPhoto.captureOf(source.fileId)),
    },
    fields: Object.entries(data.metadata ?? {}).map(([name, value]) => ({ name, value: textOf(value) })),
    place: data.geo?.geo_point ?? null,
    concepts: (data.concepts ?? []).map((concept) => ({
      ...concept,
      name: names.get(concept.id) ?? concept.id,
    })),
    json,
  };
}

/** The photo's tags with their ids at the destination, without those that the service refused. */
function takenTags({ ledger, openLines }: LeavingParts, { photoId, destinationId }: Upload) {
  const line = openLines().find(({ destination }) => destination.id === destinationId);
  return ledger.tags.of(photoId).flatMap(({ conceptId, value }) => {
    const concept = ledger.concepts.byId(conceptId);
    if (concept === undefined || line?.isRefused(conceptId) === true) return [];
    return [
      { conceptId, value, name: concept.name, remoteId: remoteIdOf({ ledger, destinationId }, concept) },
    ];
  });
}

function pixelsOf({ width, height }: Photo, bytes: Bytes): { width: number | null; height: number | null } {
  if (width === null || height === null) return { width: null, height: null };
  return bytes.kind === 'original' ? { width, height } : sizeWithin({ width, height }, bytes.recipe.longEdge);
}

/** What is known of the metadata inside of a file. */
function heldBy(facts: CaptureFacts | null): LeavingField[] {
  if (facts === null) return [];
  const { latitude, longitude, capturedAt, captureOffset, cameraMake, cameraModel, keywords } = facts;
  const place = latitude === null || longitude === null ? null : `${latitude}, ${longitude}`;
  const fields: readonly (readonly [string, string | number | null])[] = [
    ['place', place],
    ['captured_at', capturedAt === null ? null : capturedAt + (captureOffset ?? '')],
    ['camera', [cameraMake, cameraModel].filter((part) => part !== null).join(' ')],
    ['lens', facts.lens],
    ['caption', facts.caption],
    ['keywords', keywords.join(', ')],
    ['rating', facts.rating],
  ];
  return fields.flatMap(([name, value]) =>
    value === null || value === '' ? [] : [{ name, value: String(value) }],
  );
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
