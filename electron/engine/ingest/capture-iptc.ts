/** Capture facts of IPTC-IIM records, bare or inside Photoshop's image resources. */
import { cleanText, decodeText, parseMoment, type CaptureTime } from './capture-text.ts';

const RESOURCE_IPTC = 0x0404;
const MARKER = 0x1c;
/** What 1:90 holds when the texts are UTF-8: ESC % G. */
const UTF8 = '\u001b%G';

export interface IptcFacts {
  readonly keywords: readonly string[];
  readonly caption: string | null;
  readonly created: CaptureTime | null;
}

/** The IPTC records in a run of image resources (`8BIM` …), as APP13 of a JPEG has them. */
export function iptcOfPhotoshop(resources: Buffer): Buffer[] {
  const found: Buffer[] = [];
  let at = 0;
  while (at + 12 <= resources.length) {
    const id = resources.readUInt16BE(at + 4);
    const name = resources[at + 6] ?? 0;
    const sizeAt = at + 6 + name + 1 + ((name + 1) % 2);
    if (resources.toString('latin1', at, at + 4) !== '8BIM' || sizeAt + 4 > resources.length) break;
    const size = resources.readUInt32BE(sizeAt);
    const start = sizeAt + 4;
    if (id === RESOURCE_IPTC) found.push(resources.subarray(start, start + size));
    at = start + size + (size % 2);
  }
  return found;
}

/** Reads the records; what comes after a damaged one is left out. */
export function readIptc(records: Buffer): IptcFacts {
  const values = new Map<string, Buffer[]>();
  let at = 0;
  while (at + 5 <= records.length && records[at] === MARKER) {
    const key = `${records[at + 1] ?? 0}:${records[at + 2] ?? 0}`;
    const size = records.readUInt16BE(at + 3);
    // The high bit announces a length of a length; no text that is read here needs one.
    if (size >= 0x8000) break;
    const known = values.get(key) ?? [];
    known.push(records.subarray(at + 5, at + 5 + size));
    values.set(key, known);
    at += 5 + size;
  }
  const isUtf8 = values.get('1:90')?.[0]?.toString('latin1') === UTF8;
  const decode = (bytes: Buffer): string => (isUtf8 ? bytes.toString('utf8') : decodeText(bytes));
  const first = (key: string): string | null => {
    const bytes = values.get(key)?.[0];
    return bytes === undefined ? null : cleanText(decode(bytes));
  };
  return {
    keywords: (values.get('2:25') ?? [])
      .map((bytes) => cleanText(decode(bytes)))
      .filter((word) => word !== null),
    caption: first('2:120'),
    created: momentOf(first('2:55'), first('2:60')),
  };
}

/** `20240501` and `102030+0200`. */
function momentOf(date: string | null, time: string | null): CaptureTime | null {
  const day = /^(\d{4})(\d{2})(\d{2})$/.exec(date ?? '');
  if (day === null) return null;
  const clock = /^(\d{2})(\d{2})(\d{2})([+-]\d{4})?$/.exec(time ?? '');
  const hours = clock === null ? '' : `T${clock.slice(1, 4).join(':')}${clock[4] ?? ''}`;
  return parseMoment(`${day.slice(1, 4).join('-')}${hours}`);
}
