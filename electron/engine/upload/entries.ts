/** What travels with a picture: its concepts, and the metadata that its folder sends along. */
import { basename } from 'node:path';
import type { SentGeo } from '../clarifai/wire-sent.ts';
import type { PhotoSource } from '../ledger/photos.ts';
import type { SentConcept } from '../ledger/batches.ts';
import type { Tag } from '../ledger/tags.ts';
import type { BodyEntry } from './body.ts';

/** One input as it travels: the only place where it is said what that is. */
export function entryOf(wanted: {
  readonly inputId: string;
  readonly picture: Pick<BodyEntry, 'file' | 'bytes'>;
  readonly concepts: readonly SentConcept[];
  readonly source: PhotoSource;
}): BodyEntry {
  return {
    inputId: wanted.inputId,
    ...wanted.picture,
    concepts: wanted.concepts.map(({ remoteId, value }) => ({ id: remoteId, value })),
    ...metadataOf(wanted.source),
  };
}

/** The metadata of a folder, and of what is known of the file only that which the folder opted to send. */
function metadataOf(source: PhotoSource): Pick<BodyEntry, 'metadata' | 'geo'> {
  const metadata: Record<string, unknown> =
    source.metadata === null ? {} : (JSON.parse(source.metadata) as Record<string, unknown>);
  if (source.sendsFileName === 1) metadata['file_name'] = basename(source.path);
  if (source.sendsCaptureTime === 1 && source.capturedAt !== null) {
    metadata['captured_at'] = source.capturedAt + (source.captureOffset ?? '');
  }
  const geo = geoOf(source);
  return {
    ...(Object.keys(metadata).length === 0 ? {} : { metadata }),
    ...(geo === null ? {} : { geo }),
  };
}

function geoOf({ sendsGps, longitude, latitude }: PhotoSource): SentGeo | null {
  if (sendsGps !== 1 || longitude === null || latitude === null) return null;
  return { geo_point: { longitude, latitude } };
}

/** Tags with their ids at the service; null when one of them has none yet. */
export function conceptsOf(
  tags: readonly Tag[],
  remoteIds: ReadonlyMap<number, string>,
): readonly SentConcept[] | null {
  const concepts: SentConcept[] = [];
  for (const { conceptId, value } of tags) {
    const remoteId = remoteIds.get(conceptId);
    if (remoteId === undefined) return null;
    concepts.push({ conceptId, remoteId, value });
  }
  return concepts;
}
