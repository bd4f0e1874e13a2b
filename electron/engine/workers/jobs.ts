/**
 * What the engine asks of its worker processes, and what they answer. Plain data: it crosses a process boundary, and
 * image bytes never do (they travel as files).
 */
import type { CheckOutcome } from '../ledger/check.ts';
import type { WalkJob } from '../ingest/walk-job.ts';
import type { WalkSummary } from '../ingest/walk-types.ts';
import type { CaptureFacts } from '#shared/capture.ts';
import type { FileStamp } from '#shared/file-stamp.ts';
import type { RenditionRecipe } from '#shared/folders.ts';
import type { FailureCause } from '#shared/problems.ts';
import type { Orientation, PhotoFormat } from '#shared/photo.ts';
import type { ExposureFacts } from '#shared/sheet.ts';
import type { PREVIEW_SIZE, WHOLE_SIZE } from '#shared/thumbnail-names.ts';

/** Read one file once: hashes, type, capture facts. */
export interface IdentifyJob {
  readonly kind: 'identify';
  readonly path: string;
}

/** What one file is. */
export type Identified =
  /** A picture, or a file named like one (`format: 'unknown'`). */
  | {
      readonly kind: 'photo';
      readonly stamp: FileStamp;
      /** SHA-256 over the whole file, 64 hex digits. */
      readonly fileHash: string;
      /** Picture hash version 1, 64 hex digits. */
      readonly pictureHash: string;
      readonly format: PhotoFormat;
      readonly facts: CaptureFacts;
      /** False when the file's structure says that its end is missing (JPEG without EOI, PNG without IEND …). */
      readonly complete: boolean;
    }
  /** Not a picture and not named like one (a text, a video): not counted at all. */
  | { readonly kind: 'not-a-photo' }
  /** Changed while it was read: it has to settle again. */
  | { readonly kind: 'changed' }
  | { readonly kind: 'problem'; readonly cause: FailureCause; readonly detail: string };

/** Make the thumbnails 320 and 640 (WebP, upright, sRGB) as files in `folder`. */
export interface ThumbnailsJob {
  readonly kind: 'thumbnails';
  readonly path: string;
  readonly format: PhotoFormat;
  readonly orientation: Orientation;
  readonly pictureHash: string;
  readonly folder: string;
}

/** A decode's outcome, shared by all image jobs. */
export type Decoded<T> =
  | ({
      readonly kind: 'made';
      /** Upright pixels of the original. */
      readonly width: number;
      readonly height: number;
      /** Share of rows that decoded, when the picture is damaged but counts as recovered; null when it is whole. */
      readonly recoveredShare: number | null;
    } & T)
  | { readonly kind: 'problem'; readonly cause: FailureCause; readonly detail: string };

/** Make the copy for sending as `target` (written to a temporary name, then renamed). */
export interface RenditionJob {
  readonly kind: 'rendition';
  /** Absent: the default. */
  readonly recipe?: RenditionRecipe;
  readonly path: string;
  readonly format: PhotoFormat;
  readonly orientation: Orientation;
  readonly target: string;
}

/** Make a WebP preview for the loupe as `target`. */
export interface PreviewJob {
  readonly kind: 'preview';
  /** Default: 2048, for the whole window. `WHOLE_SIZE`: for a look at 100 %. */
  readonly size?: typeof PREVIEW_SIZE | typeof WHOLE_SIZE;
  readonly path: string;
  readonly format: PhotoFormat;
  readonly orientation: Orientation;
  readonly target: string;
}

/** Check the ledger file for damage, on a connection of the worker's own. */
export interface CheckLedgerJob {
  readonly kind: 'check-ledger';
  readonly path: string;
}

/** Read how the picture was taken. */
export interface ExposureJob {
  readonly kind: 'exposure';
  readonly path: string;
}

export type WorkerJob =
  | WalkJob
  | CheckLedgerJob
  | IdentifyJob
  | ThumbnailsJob
  | RenditionJob
  | PreviewJob
  | ExposureJob;

/** The answer to each kind of job. */
export interface WorkerAnswers {
  /** Sends `WalkPart`s before it. */
  readonly walk: WalkSummary;
  readonly 'check-ledger': CheckOutcome;
  readonly identify: Identified;
  readonly thumbnails: Decoded<{ readonly bytes: number }>;
  readonly rendition: Decoded<{ readonly bytes: number }>;
  readonly preview: Decoded<{ readonly bytes: number }>;
  readonly exposure: ExposureFacts;
}

export type AnswerTo<J extends WorkerJob> = WorkerAnswers[J['kind']];
