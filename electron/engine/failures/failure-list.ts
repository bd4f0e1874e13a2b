/** Failures for the page: groups by cause, and the photos of a group. */
import { join } from 'node:path';
import { isSkip } from '../explain.ts';
import type { StoredFailure, StoredFileFailure } from '../ledger/failures.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { plainWords } from '../without-home.ts';
import type {
  FailedPhoto,
  FailedPhotos,
  FailureGroup,
  FailureGroups,
  FailureIds,
  LeftOut,
} from '#shared/failures.ts';
import { FAILURES, type FailureCause } from '#shared/problems.ts';

type Tables = Pick<Ledger, 'counts' | 'failures' | 'sheetRows' | 'sheetPhoto'>;

/** What a cause means for so many photos or files; one of a later version has no sentence here. */
export function meaningOf(cause: string, count = 1): Pick<FailureGroup, 'sentence' | 'remedy'> {
  if (Object.hasOwn(FAILURES, cause)) {
    const { sentence, several, remedy } = FAILURES[cause as FailureCause];
    return { sentence: count === 1 ? sentence : several, remedy };
  }
  return { sentence: `It failed for a reason that this version does not know (${cause}).`, remedy: 'retry' };
}

/** Causes that something at the destination failed for: those that want the owner first, then by number. */
export function groupsOf({ counts, failures }: Tables, destinationId: number): FailureGroup[] {
  const found = new Map<string, { photoCount: number; fileCount: number }>();
  for (const { state, reason, count } of counts.reasons(destinationId)) {
    if (state === 'failed') found.set(reason, { photoCount: count, fileCount: 0 });
  }
  for (const { reason, count } of counts.fileProblems(destinationId)) {
    if (isSkip(reason)) continue;
    found.set(reason, { photoCount: found.get(reason)?.photoCount ?? 0, fileCount: count });
  }
  const groups = [...found].map(([cause, counted]): FailureGroup => {
    const { sentence, remedy } = meaningOf(cause, counted.photoCount + counted.fileCount);
    const wantsOwner = remedy !== 'retries-itself';
    const nextAt = wantsOwner ? null : failures.nextAt(destinationId, cause);
    return { cause, sentence, remedy, ...counted, nextAt, wantsOwner };
  });
  return groups.toSorted(
    (a, b) =>
      Number(b.wantsOwner) - Number(a.wantsOwner) || sizeOf(b) - sizeOf(a) || (a.cause < b.cause ? -1 : 1),
  );
}

/** What is left out at the destination, by reason: the larger first. */
export function skippedAt({ counts }: Pick<Ledger, 'counts'>, destinationId: number): LeftOut[] {
  const found = new Map<string, LeftOut>();
  for (const { state, reason, count } of counts.reasons(destinationId)) {
    if (state === 'skipped') found.set(reason, { reason, photoCount: count, fileCount: 0 });
  }
  for (const { reason, count } of counts.fileProblems(destinationId)) {
    if (isSkip(reason))
      found.set(reason, { reason, photoCount: found.get(reason)?.photoCount ?? 0, fileCount: count });
  }
  return [...found.values()].toSorted((a, b) => sizeOf(b) - sizeOf(a) || (a.reason < b.reason ? -1 : 1));
}

/** What of it the owner left out. */
export function leftOutOf(skipped: readonly LeftOut[]): FailureGroups['leftOut'] {
  const { photoCount, fileCount } = skipped.find(({ reason }) => reason === 'skipped-by-owner') ?? {
    photoCount: 0,
    fileCount: 0,
  };
  return { photoCount, fileCount };
}

function sizeOf({ photoCount, fileCount }: Pick<FailureGroup, 'photoCount' | 'fileCount'>): number {
  return photoCount + fileCount;
}

/** A part of a group's rows. */
interface Page {
  readonly destinationId: number;
  readonly cause: string;
  readonly from: number;
  readonly count: number;
}

/** Rows of a group: photos first, then files without one. */
export function rowsOf(ledger: Tables, page: Page): Omit<FailedPhotos, 'asOf'> {
  const { destinationId, cause, from } = page;
  const { photoCount, fileCount } = ledger.failures.countsOf(destinationId, cause);
  const photos = ledger.failures.photos(page);
  const rest = afterPhotos(page, photos.length, photoCount);
  const files = rest === null ? [] : ledger.failures.files(rest);
  const rows = ledger.sheetRows.of(
    destinationId,
    photos.map(({ photoId }) => photoId),
  );
  const rowOf = new Map(rows.map((row) => [row.photoId, row]));
  return {
    from,
    total: photoCount + fileCount,
    rows: [
      ...photos.map((photo) => ({ ...photoRow(ledger, photo), row: rowOf.get(photo.photoId) ?? null })),
      ...files.map(fileRow),
    ],
  };
}

/** The same rows by their ids. */
export function idsOf({ failures }: Pick<Ledger, 'failures'>, page: Page): FailureIds {
  const photoIds = failures.photoIds(page);
  const { photoCount } = failures.countsOf(page.destinationId, page.cause);
  const rest = afterPhotos(page, photoIds.length, photoCount);
  return { photoIds, fileIds: rest === null ? [] : failures.fileIds(rest) };
}

/** What of a page is of files; null: it is full of photos. */
function afterPhotos(page: Page, found: number, photoCount: number): Page | null {
  if (found === page.count) return null;
  return { ...page, from: Math.max(0, page.from - photoCount), count: page.count - found };
}

/** A failed photo as it is told, without what the sheet shows of it. */
export function photoRow({ sheetPhoto }: Pick<Ledger, 'sheetPhoto'>, failure: StoredFailure): FailedPhoto {
  const { cause: _, ...said } = failure;
  const files = sheetPhoto.files(failure.photoId);
  const file = files.find(({ missingAt }) => missingAt === null) ?? files[0];
  return {
    ...said,
    detail: plainWords(said.detail),
    fileId: null,
    row: null,
    path: file === undefined ? null : join(file.folderPath, file.path),
    isThere: file?.missingAt === null,
  };
}

/** A file that could not become a photo, as it is told. */
export function fileRow({ fileId, folderPath, path, detail, at }: StoredFileFailure): FailedPhoto {
  return {
    photoId: null,
    fileId,
    row: null,
    path: join(folderPath, path),
    isThere: true,
    detail: plainWords(detail),
    statusCode: null,
    requestId: null,
    attempts: 1,
    at,
    nextAt: null,
  };
}
