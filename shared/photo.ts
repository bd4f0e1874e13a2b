/** Words about a photo: the picture by its content, its states per destination, and its formats. */

/** The nine states of a photo at one destination. Their sum is always the number of photos there. */
export const PHOTO_STATES = [
  'found',
  'queued',
  'sending',
  'accepted',
  'indexed',
  'failed',
  'skipped',
  'deleting',
  'removed',
] as const;
export type PhotoState = (typeof PHOTO_STATES)[number];

/** The only legal moves between states; the ledger's triggers hold the same table. */
export const STATE_MOVES: Readonly<Record<PhotoState, readonly PhotoState[]>> = {
  found: ['queued', 'failed', 'skipped', 'accepted', 'indexed'],
  queued: ['sending', 'failed', 'skipped', 'accepted', 'indexed'],
  sending: ['accepted', 'indexed', 'queued', 'failed'],
  accepted: ['indexed', 'failed', 'queued', 'deleting', 'removed'],
  indexed: ['deleting', 'removed'],
  failed: ['found', 'queued', 'skipped', 'accepted', 'indexed', 'deleting'],
  skipped: ['found', 'queued', 'failed'],
  deleting: ['removed', 'indexed', 'failed'],
  removed: ['queued'],
};

/** How many photos are in each state. */
export type StateCounts = Readonly<Record<PhotoState, number>>;

/**
 * File formats told apart by their first bytes. `raw` covers camera RAW files, `unknown` a file that is named like
 * a picture but is none we know.
 */
export const PHOTO_FORMATS = [
  'jpeg',
  'png',
  'webp',
  'gif',
  'tiff',
  'bmp',
  'avif',
  'heic',
  'dng',
  'raw',
  'unknown',
] as const;
export type PhotoFormat = (typeof PHOTO_FORMATS)[number];

/** Formats that wait for a decoder: their photos are skipped with the reason `format-not-yet-supported`. */
export const UNDECODED_FORMATS: readonly PhotoFormat[] = ['heic', 'dng', 'raw'];

/** EXIF orientation: 1 upright … 8; files without the tag are 1. */
export type Orientation = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8;

/** How many hex digits of the picture hash make the input id of a folder photo. */
export const INPUT_ID_LENGTH = 32;
