/** Words of the inspector, and how facts of a picture are written. */
import {
  counted,
  formatBytes,
  formatCount,
  formatMoment,
  formatWallTime,
  formatWallTimes,
} from './format.ts';
import { filterText, ratingName } from './filter.ts';
import { stateNames } from './sheet.ts';
import type { PhotoState } from '#shared/photo.ts';
import type { ExposureName, FacetValue, HistoryEntry, PhotoFacts, SheetRow } from '#shared/sheet.ts';

/** A name and what it is: one line of a definition list. */
export interface Line {
  readonly name: string;
  readonly value: string;
}

export const inspectorText = {
  inspector: 'Inspector',
  facts: 'Info',
  way: 'Its way',
  files: 'Files',
  common: 'In common',
  loading: 'Reading the photo',
  failed: 'The facts of this photo could not be read.',
  several: (count: number) => counted(count, 'photo', 'photos'),
  tooMany: 'Their facts are told for up to 500 chosen photos, and for the whole sheet.',
  copyInputId: 'Copy input id',
  copyPath: 'Copy path',
  copyRequestId: 'Copy request id',
  reveal: 'Show in folder',
  revealFailed: 'The file manager could not show it. It may have been moved; its path can be copied instead.',
  copied: 'Copied',
  copyFailed: 'Nothing could be copied: the browser does not allow it here.',
  missingSince: (at: number) => `Missing since ${formatMoment(at)}`,
  noFiles: 'No file of this photo is in a watched folder now.',
  tagsSent: 'Tags sent',
  requestId: 'Request',
  /** The service's own codes have five digits; what is shorter is HTTP's. */
  status: (code: number) => (code < 1000 ? `HTTP ${String(code)}` : `Code ${String(code)}`),
  names: {
    taken: 'Taken',
    size: 'Size',
    camera: 'Camera',
    lens: 'Lens',
    place: 'Place',
    caption: 'Caption',
    keywords: 'Keywords',
    rating: 'Rating',
    format: 'Format',
    inputId: 'Input id',
    recovered: 'Recovered',
    states: 'State',
    ratings: 'Rating',
  },
} as const;

const exposureNames: Readonly<Record<ExposureName, string>> = {
  exposureTime: 'Exposure',
  aperture: 'Aperture',
  iso: 'ISO',
  focalLength: 'Focal length',
  focalLength35mm: 'In 35 mm terms',
  exposureBias: 'Compensation',
  flash: 'Flash',
  exposureProgram: 'Program',
  meteringMode: 'Metering',
  whiteBalance: 'White balance',
  software: 'Software',
  artist: 'Artist',
  copyright: 'Copyright',
  colorSpace: 'Color space',
};

const decimals = new Intl.NumberFormat(undefined, { maximumFractionDigits: 1 });
const signed = new Intl.NumberFormat(undefined, { maximumFractionDigits: 2, signDisplay: 'exceptZero' });
const shares = new Intl.NumberFormat(undefined, { style: 'percent', maximumFractionDigits: 0 });
const degrees = new Intl.NumberFormat(undefined, { minimumFractionDigits: 4, maximumFractionDigits: 4 });

/** A line of how the picture was taken: `1/200 s`, `f/8`, `50 mm`. */
export function exposureLine({ name, value }: { name: ExposureName; value: number | string }): Line {
  return { name: exposureNames[name], value: typeof value === 'string' ? value : exposureValue(name, value) };
}

function exposureValue(name: ExposureName, value: number): string {
  if (name === 'exposureTime') return exposureTime(value);
  if (name === 'aperture') return `f/${decimals.format(value)}`;
  if (name === 'focalLength' || name === 'focalLength35mm') return `${decimals.format(value)} mm`;
  if (name === 'exposureBias') return `${signed.format(value)} EV`;
  return decimals.format(value);
}

/** `1/200 s` below half a second, else `0.5 s`, `30 s`. @param seconds > 0 */
export function exposureTime(seconds: number): string {
  if (seconds <= 0 || seconds >= 0.4) return `${decimals.format(seconds)} s`;
  return `1/${String(Math.round(1 / seconds))} s`;
}

/** What the file says of its picture; what it does not say is left out. */
export function captureLines({ row, capture, format, recoveredShare, files }: PhotoFacts): readonly Line[] {
  const { names } = inspectorText;
  const bytes = (files.find((file) => file.isChosen) ?? files[0])?.size;
  const { width, height } = row;
  const pixels = width === null || height === null ? null : pixelSize(width, height);
  const camera = [capture?.cameraMake, capture?.cameraModel].filter((part) => typeof part === 'string');
  const [make, model] = camera;
  const named = make !== undefined && model?.startsWith(make) === true ? [model] : camera;
  const { latitude = null, longitude = null } = capture ?? {};
  return lines([
    [names.taken, capture?.capturedAt === null ? null : formatWallTime(row.sortAt)],
    [
      names.size,
      [pixels, bytes === undefined ? null : unbroken(formatBytes(bytes))].filter(Boolean).join(' · '),
    ],
    [names.format, format?.toUpperCase()],
    [names.camera, named.join(' ')],
    [names.lens, capture?.lens],
    [names.rating, row.rating === null ? null : ratingLine(row.rating)],
    [names.caption, capture?.caption],
    [names.keywords, capture?.keywords.join(', ')],
    [
      names.place,
      latitude === null || longitude === null
        ? null
        : `${degrees.format(latitude)}°, ${degrees.format(longitude)}°`,
    ],
    [names.recovered, recoveredShare === null ? null : shares.format(recoveredShare)],
  ]);
}

function pixelSize(width: number, height: number): string {
  return unbroken(`${formatCount(width)} × ${formatCount(height)}`);
}

/** A number stays on the line of its unit. */
function unbroken(text: string): string {
  return text.replaceAll(' ', '\u00A0');
}

function ratingLine(rating: number): string {
  return rating < 0 ? 'Rejected' : `${formatCount(rating)} of 5`;
}

function lines(all: readonly (readonly [string, string | null | undefined])[]): readonly Line[] {
  return all.flatMap(([name, value]) =>
    value === null || value === undefined || value === '' ? [] : [{ name, value }],
  );
}

/** What several photos have in common, and where they differ. */
export function commonLines(rows: readonly SheetRow[]): readonly Line[] {
  const { names } = inspectorText;
  const states = Map.groupBy(rows, ({ state }) => state);
  const ratings = new Set(rows.map(({ rating }) => rating));
  const [rating] = ratings;
  const sizes = new Set(
    rows.map(({ width, height }) => (width === null || height === null ? null : pixelSize(width, height))),
  );
  const times = rows.map(({ sortAt }) => sortAt);
  const [first, last] = [Math.min(...times), Math.max(...times)];
  const [size] = sizes;
  return lines([
    [
      names.states,
      [...states]
        .map(([state, of]) => `${formatCount(of.length)} ${stateNames[state].toLowerCase()}`)
        .join(', '),
    ],
    [names.taken, rows.length === 0 ? null : formatWallTimes(first, last)],
    [names.size, sizes.size === 1 ? size : null],
    [
      names.ratings,
      ratings.size === 1 && rating !== null && rating !== undefined ? ratingLine(rating) : null,
    ],
  ]);
}

/** What the photos of a whole sheet are, by its facets. @param values those that the sheet shows */
export function sheetLines(values: {
  readonly states: readonly FacetValue[];
  readonly ratings: readonly FacetValue[];
  readonly cameras: readonly FacetValue[];
}): readonly Line[] {
  const { names } = inspectorText;
  return lines([
    [names.states, told(values.states, ({ value }) => stateNames[value as PhotoState].toLowerCase())],
    [
      names.ratings,
      told(values.ratings, ({ value }) => ratingName(value === '' ? null : Number(value)).toLowerCase()),
    ],
    [names.camera, told(values.cameras, ({ value }) => value || filterText.unknownCamera.toLowerCase())],
  ]);
}

/** One below the other: in a row they would break within the numbers. */
function told(facet: readonly FacetValue[], name: (value: FacetValue) => string): string {
  return facet.map((value) => `${name(value)} (${formatCount(value.count)})`).join('\n');
}

/** What happened, in a word. */
export function historyWord({ what }: HistoryEntry): string {
  return what === 'tags' ? inspectorText.tagsSent : stateNames[what];
}
