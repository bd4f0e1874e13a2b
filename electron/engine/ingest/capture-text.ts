/** Text and dates as metadata hold them. */

const STRICT = new TextDecoder('utf-8', { fatal: true });
const WESTERN = new TextDecoder('windows-1252');

/** UTF-8 where it is valid, Windows' Latin-1 otherwise. */
export function decodeText(bytes: Buffer): string {
  try {
    return STRICT.decode(bytes);
  } catch {
    // Not UTF-8: the other encoding that cameras and old programs write.
    return WESTERN.decode(bytes);
  }
}

/** Text up to its first NUL, without space around it; null when nothing is left. */
export function cleanText(text: string | null | undefined): string | null {
  const cleaned = text?.split('\0', 1)[0]?.trim();
  return cleaned === undefined || cleaned === '' ? null : cleaned;
}

/** Cuts text to so many UTF-8 bytes, between characters. */
export function limitText(text: string, bytes: number): string {
  if (text.length * 3 <= bytes) return text;
  const encoded = Buffer.from(text, 'utf8');
  if (encoded.length <= bytes) return text;
  let end = bytes;
  while (end > 0 && ((encoded[end] ?? 0) & 0xc0) === 0x80) end--;
  return encoded.toString('utf8', 0, end);
}

/** A moment as a file states it. */
export interface CaptureTime {
  /** Local wall time, `YYYY-MM-DDTHH:MM:SS[.fff]`. */
  readonly at: string;
  /** `+02:00`, or null when it is not stated. */
  readonly offset: string | null;
}

const MOMENT =
  /^(\d{4})[:\-/](\d{2})[:\-/](\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d+))?)?\s*(Z|[+-]\d{2}:?\d{2})?)?$/;

/**
 * Reads EXIF's `2024:05:01 10:20:30`, XMP's ISO 8601 and dates without time (midnight). Year alone, blanks, zeros
 * and dates that no calendar has are null.
 */
export function parseMoment(
  text: string | null,
  apart: { readonly fraction?: string | null; readonly offset?: string | null } = {},
): CaptureTime | null {
  const found = MOMENT.exec(cleanText(text) ?? '');
  if (found === null) return null;
  const [, year = '', month = '', day = '', hour = '00', minute = '00', second = '00', fraction, zone] =
    found;
  const date = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
  const isDay = date.toISOString().startsWith(`${year}-${month}-${day}`);
  if (!isDay || Number(year) === 0 || Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59)
    return null;
  const digits = /^\d+/.exec(fraction ?? cleanText(apart.fraction) ?? '')?.[0];
  const part = digits === undefined ? '' : `.${digits.slice(0, 3).padEnd(3, '0')}`;
  return {
    at: `${year}-${month}-${day}T${hour}:${minute}:${second}${part}`,
    offset: parseOffset(zone ?? cleanText(apart.offset)),
  };
}

function parseOffset(text: string | null): string | null {
  if (text === null) return null;
  if (text === 'Z') return '+00:00';
  const [, sign, hours = '', minutes = ''] = /^([+-])(\d{2}):?(\d{2})$/.exec(text) ?? [];
  if (sign === undefined || Number(hours) > 14 || Number(minutes) > 59) return null;
  return `${sign}${hours}:${minutes}`;
}
