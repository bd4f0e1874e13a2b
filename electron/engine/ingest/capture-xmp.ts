/** Capture facts of an XMP packet (ISO 16684-1), of a file or of a sidecar. */
import { cleanText, parseMoment, type CaptureTime } from './capture-text.ts';
import { readXml, type XmlElement } from './capture-xml.ts';
import type { XmpPiece } from './picture-hash/metadata-blocks.ts';

const RDF = 'http://www.w3.org/1999/02/22-rdf-syntax-ns';
/** Usual prefixes of the namespaces that are read; URIs without their last `/` or `#`. */
const PREFIXES: ReadonlyMap<string, string> = new Map([
  ['http://purl.org/dc/elements/1.1', 'dc'],
  ['http://ns.adobe.com/xap/1.0', 'xmp'],
  ['http://ns.adobe.com/lightroom/1.0', 'lr'],
  ['http://www.digikam.org/ns/1.0', 'digiKam'],
  ['http://ns.microsoft.com/photo/1.0', 'MicrosoftPhoto'],
  ['http://ns.adobe.com/photoshop/1.0', 'photoshop'],
  ['http://ns.adobe.com/tiff/1.0', 'tiff'],
  ['http://ns.adobe.com/exif/1.0', 'exif'],
  ['http://ns.adobe.com/exif/1.0/aux', 'aux'],
  ['http://cipa.jp/exif/1.0', 'exifEX'],
]);

export interface XmpFacts {
  readonly keywords: readonly string[];
  /** With `|` between levels, whoever wrote them. */
  readonly hierarchicalKeywords: readonly string[];
  readonly caption: string | null;
  /** -1 (rejected) to 5. */
  readonly rating: number | null;
  readonly created: CaptureTime | null;
  readonly latitude: number | null;
  readonly longitude: number | null;
  readonly make: string | null;
  readonly model: string | null;
  readonly lens: string | null;
}

/** Reads a packet; whatever is broken in it is as if it were not there. */
export function readXmp(packet: Buffer): XmpFacts {
  const properties = propertiesOf(readXml(decodePacket(packet)));
  const list = (name: string): readonly string[] => properties.get(name) ?? [];
  const first = (...names: readonly string[]): string | null => {
    for (const name of names) {
      const value = cleanText(list(name)[0]);
      if (value !== null) return value;
    }
    return null;
  };
  const words = (name: string): string[] =>
    list(name)
      .map(cleanText)
      .filter((word) => word !== null);
  const slashed = (name: string): string[] => words(name).map((path) => path.replaceAll('/', '|'));
  const moments = [
    'exif:DateTimeOriginal',
    'photoshop:DateCreated',
    'exif:DateTimeDigitized',
    'xmp:CreateDate',
  ];
  return {
    keywords: words('dc:subject'),
    hierarchicalKeywords: [
      ...words('lr:hierarchicalSubject'),
      ...slashed('digiKam:TagsList'),
      ...slashed('MicrosoftPhoto:LastKeywordXMP'),
    ],
    caption: first('dc:description'),
    rating: toRating(first('xmp:Rating')),
    created: moments.map((name) => parseMoment(first(name))).find((moment) => moment !== null) ?? null,
    latitude: coordinate(first('exif:GPSLatitude'), 'NS'),
    longitude: coordinate(first('exif:GPSLongitude'), 'EW'),
    make: first('tiff:Make'),
    model: first('tiff:Model'),
    lens: first('exifEX:LensModel', 'aux:Lens'),
  };
}

/** Puts extended XMP together again; pieces that do not join end it. */
export function joinXmpPieces(pieces: readonly XmpPiece[]): Buffer[] {
  return [...new Set(pieces.map(({ guid }) => guid))].map((guid) => {
    const own = pieces.filter((piece) => piece.guid === guid).sort((a, b) => a.offset - b.offset);
    const joined: Buffer[] = [];
    let length = 0;
    for (const { offset, bytes } of own) {
      if (offset !== length) break;
      joined.push(bytes);
      length += bytes.length;
    }
    return Buffer.concat(joined);
  });
}

/** XMP is UTF-8 nearly always; the standard also allows UTF-16 with a byte order mark. */
function decodePacket(packet: Buffer): string {
  const mark = packet.toString('latin1', 0, 2);
  if (mark === '\u00ff\u00fe') return new TextDecoder('utf-16le').decode(packet);
  if (mark === '\u00fe\u00ff') return new TextDecoder('utf-16be').decode(packet);
  return packet.toString('utf8');
}

/** Simple values and lists of the packet's top nodes, as `prefix:name` → values; the first statement of a name counts. */
function propertiesOf(top: readonly XmlElement[]): Map<string, string[]> {
  const found = new Map<string, string[]>();
  const add = (space: string, name: string, values: string[]): void => {
    const key = `${PREFIXES.get(space) ?? space}:${name}`;
    if (space !== RDF && !found.has(key) && values.length > 0) found.set(key, values);
  };
  for (const rdf of [...top, ...top.flatMap(({ children }) => children)].filter(isRdf('RDF'))) {
    for (const node of rdf.children.filter(isRdf('Description'))) {
      for (const { space, name, value } of node.attributes) add(space, name, [value]);
      for (const child of node.children) add(child.space, child.name, valuesOf(child));
    }
  }
  return found;
}

const isRdf =
  (name: string) =>
  (element: XmlElement): boolean =>
    element.name === name && (element.space === RDF || element.space === 'rdf');

const isDefault = ({ attributes }: XmlElement): boolean =>
  attributes.some(({ name, value }) => name === 'lang' && value === 'x-default');

function valuesOf(property: XmlElement): string[] {
  const array = property.children.find((child) => ['Bag', 'Seq', 'Alt'].some((name) => isRdf(name)(child)));
  if (array === undefined) return property.children.length === 0 ? [property.text] : [];
  const members = array.children.filter(isRdf('li'));
  const preferred = array.name === 'Alt' ? members.filter(isDefault) : [];
  return [...preferred, ...members.filter((member) => !preferred.includes(member))].map(({ text }) => text);
}

function toRating(text: string | null): number | null {
  const value = text === null ? Number.NaN : Math.round(Number(text));
  return value >= -1 && value <= 5 ? value : null;
}

/** `52,30.5N` or `52,30,30N`. */
function coordinate(text: string | null, references: string): number | null {
  const found = /^(\d+),(\d+(?:\.\d+)?)(?:,(\d+(?:\.\d+)?))?([NSEW])$/i.exec(text ?? '');
  if (found === null) return null;
  const [, degrees, minutes, seconds = '0', reference = ''] = found;
  if (!references.includes(reference.toUpperCase())) return null;
  const value = Number(degrees) + Number(minutes) / 60 + Number(seconds) / 3600;
  return 'SW'.includes(reference.toUpperCase()) ? -value : value;
}
