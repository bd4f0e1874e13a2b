/**
 * What a file states about its picture: EXIF, IPTC and XMP put together into `CaptureFacts`.
 *
 * The readers are our own, because the facts are few and the files are strangers': each is bounded, throws on
 * nothing, and tells namespaces apart (`xmp:Rating` counts to 5, `MicrosoftPhoto:Rating` to 99).
 */
import type { CaptureFacts } from '#shared/capture.ts';
import type { Orientation } from '#shared/photo.ts';
import { readExif, type ExifFacts } from './capture-exif.ts';
import { iptcOfPhotoshop, readIptc, type IptcFacts } from './capture-iptc.ts';
import { limitText, type CaptureTime } from './capture-text.ts';
import { joinXmpPieces, readXmp, type XmpFacts } from './capture-xmp.ts';
import type { MetadataBlocks } from './picture-hash/metadata-blocks.ts';
import { rangesOfBlock, type Ranges } from './picture-hash/ranges.ts';

const CAPTION_BYTES_LIMIT = 64 * 1024;
const TEXT_BYTES_LIMIT = 1024;
const KEYWORDS_LIMIT = 1000;
/** IPTC cuts keywords here. */
const IPTC_KEYWORD_BYTES = 64;

/** What to read beside the collected blocks. */
export interface CaptureSource {
  readonly metadata: MetadataBlocks;
  /** The file itself when it is a TIFF structure, so that its first directory is the EXIF. */
  readonly tiff?: Ranges | undefined;
  /** The orientation that the container states, where that is what decoders obey (AVIF, HEIC). */
  readonly orientation?: Orientation | undefined;
}

/** Reads all blocks. Broken metadata gives the facts that could be read, never an error. */
export async function captureFacts({ metadata, tiff, orientation }: CaptureSource): Promise<CaptureFacts> {
  const { blocks, size } = metadata;
  const ranges = tiff === undefined ? blocks.exif.map(rangesOfBlock) : [tiff];
  const exif = await firstExif(ranges);
  // Adobe splits resources over several APP13 segments without regard to where one ends.
  const photoshop = present(Buffer.concat(blocks.photoshop), exif?.photoshop);
  const iptc = [...photoshop.flatMap(iptcOfPhotoshop), ...present(exif?.iptc), ...blocks.iptc].map(readIptc);
  const xmp = [...blocks.xmp, ...present(exif?.xmp), ...joinXmpPieces(metadata.xmpPieces)].map(readXmp);
  const moment = exif?.original ?? exif?.digitized ?? firstOf(xmp, 'created') ?? firstOf(iptc, 'created');
  return {
    orientation: orientation ?? exif?.orientation ?? 1,
    width: size?.width ?? null,
    height: size?.height ?? null,
    ...momentFacts(moment),
    ...placeOf([exif, ...xmp]),
    cameraMake: limited(exif?.make ?? firstOf(xmp, 'make')),
    cameraModel: limited(exif?.model ?? firstOf(xmp, 'model')),
    lens: limited(exif?.lens ?? firstOf(xmp, 'lens')),
    caption: limited(
      firstOf(xmp, 'caption') ?? firstOf(iptc, 'caption') ?? exif?.description,
      CAPTION_BYTES_LIMIT,
    ),
    keywords: keywordsOf(iptc, xmp),
    hierarchicalKeywords: distinct(xmp.flatMap((facts) => facts.hierarchicalKeywords)),
    rating: firstOf(xmp, 'rating') ?? exifRating(exif?.rating),
  };
}

const present = (...found: readonly (Buffer | null | undefined)[]): Buffer[] =>
  found.filter((block) => block !== null && block !== undefined);

async function firstExif(ranges: readonly Ranges[]): Promise<ExifFacts | null> {
  for (const block of ranges) {
    const exif = await readExif(block);
    if (exif !== null) return exif;
  }
  return null;
}

function firstOf<F extends XmpFacts | IptcFacts, K extends keyof F>(all: readonly F[], key: K): F[K] | null {
  return all.find((facts) => facts[key] !== null)?.[key] ?? null;
}

function momentFacts(moment: CaptureTime | null): Pick<CaptureFacts, 'capturedAt' | 'captureOffset'> {
  return { capturedAt: moment?.at ?? null, captureOffset: moment?.offset ?? null };
}

/** The first place that is whole and on the globe. */
function placeOf(
  all: readonly ({ readonly latitude: number | null; readonly longitude: number | null } | null)[],
): Pick<CaptureFacts, 'latitude' | 'longitude'> {
  for (const facts of all) {
    const { latitude = null, longitude = null } = facts ?? {};
    if (latitude === null || longitude === null) continue;
    if (Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180) return { latitude, longitude };
  }
  return { latitude: null, longitude: null };
}

/** IPTC's keywords, then XMP's; one that IPTC had to cut gives way to its whole form. */
function keywordsOf(iptc: readonly IptcFacts[], xmp: readonly XmpFacts[]): string[] {
  const subjects = xmp.flatMap(({ keywords }) => keywords);
  const words = iptc.flatMap(({ keywords }) => keywords);
  const isCut = (word: string): boolean =>
    Buffer.byteLength(word) > IPTC_KEYWORD_BYTES - 4 &&
    subjects.some((subject) => subject.length > word.length && subject.startsWith(word));
  return distinct([...words.filter((word) => !isCut(word)), ...subjects]);
}

const distinct = (words: readonly string[]): string[] =>
  [...new Set(words.map((word) => limitText(word, TEXT_BYTES_LIMIT)))].slice(0, KEYWORDS_LIMIT);

const limited = (text: string | null | undefined, bytes = TEXT_BYTES_LIMIT): string | null =>
  text === null || text === undefined ? null : limitText(text, bytes);

const exifRating = (rating: number | null | undefined): number | null =>
  rating !== null && rating !== undefined && rating >= 0 && rating <= 5 ? rating : null;
