/** Everything about one photo, put together for the inspector. */
import { join } from 'node:path';
import type { Ledger } from '../ledger/ledger.ts';
import { plainWords } from '../without-home.ts';
import { FAILURES, SKIPS } from '#shared/problems.ts';
import type { PhotoFacts } from '#shared/sheet.ts';

/** Null when the photo is not at the destination. */
export function photoFacts(
  { sheetRows, sheetPhoto }: Pick<Ledger, 'sheetRows' | 'sheetPhoto'>,
  { photoId, destinationId }: { readonly photoId: number; readonly destinationId: number },
): Omit<PhotoFacts, 'asOf'> | null {
  const [row] = sheetRows.of(destinationId, [photoId]);
  const stored = sheetPhoto.of(photoId, destinationId);
  if (row === undefined || stored === undefined) return null;
  return {
    row,
    format: stored.format,
    capture: sheetPhoto.capture(photoId),
    files: sheetPhoto.files(photoId).map(({ folderPath, path, isChosen, ...file }) => {
      return { ...file, path: join(folderPath, path), isChosen: isChosen === 1 };
    }),
    inputId: stored.inputId,
    stateAt: stored.stateAt,
    goesFirst: stored.isFirst === 1 && (stored.state === 'found' || stored.state === 'queued'),
    isResting: stored.isResting === 1,
    sentence: stored.reason === null ? null : sentenceOf(stored.reason),
    recoveredShare: stored.recoveredShare,
    history: sheetPhoto
      .history(photoId, destinationId)
      .map((entry) => ({ ...entry, detail: plainWords(entry.detail) })),
  };
}

/** A cause of a later version has no sentence here: its own name says more than nothing. */
function sentenceOf(reason: string): string {
  const failure = Object.entries(FAILURES).find(([cause]) => cause === reason)?.[1];
  const skip = Object.entries(SKIPS).find(([cause]) => cause === reason)?.[1];
  return failure?.sentence ?? skip ?? reason;
}
