/**
 * Takes the base64 strings out of a JSON body while it arrives. What is left is a small skeleton for `JSON.parse`, in
 * which each value of a `"base64"` key is replaced by a token, so that a body of 128 MB never stands in memory.
 */

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
/** Longest text remembered between two strings; only `:` with white space is of interest. */
const BETWEEN_KEPT = 16;
const IMAGE_KEY = 'base64';

/** One base64 string, decoded. */
export interface ImageString {
  /** Null when more than the limit; the bytes were dropped as they came. */
  readonly bytes: Buffer | null;
  /** False when it holds characters that base64 does not have, or breaks off. */
  readonly valid: boolean;
}

/** Decodes base64 (also the URL-safe kind, also without padding) piece by piece. */
const createDecoder = (limitBytes: number) => {
  let pieces: Buffer[] = [];
  let carry = '';
  let tail = '';
  let characterCount = 0;
  let decodedBytes = 0;
  const decode = (text: string): void => {
    if (text === '') return;
    characterCount += text.length;
    tail = text.slice(-4);
    const piece = Buffer.from(text, 'base64');
    decodedBytes += piece.length;
    if (decodedBytes < limitBytes) pieces.push(piece);
    else pieces = [];
  };
  return {
    push(text: string): void {
      let whole = carry + text;
      if (whole.includes('\\')) whole = whole.replaceAll('\\/', '/');
      const usable = whole.endsWith('\\') ? whole.length - 1 : whole.length;
      const cut = usable - (usable % 4);
      carry = whole.slice(cut);
      decode(whole.slice(0, cut));
    },
    end(): ImageString {
      decode(carry);
      const paddingCount = tail.endsWith('==') ? 2 : tail.endsWith('=') ? 1 : 0;
      const digits = characterCount - paddingCount;
      const valid = digits % 4 !== 1 && decodedBytes === Math.floor((digits * 3) / 4);
      return { bytes: decodedBytes < limitBytes ? Buffer.concat(pieces) : null, valid };
    },
  };
};

/**
 * A scanner for one body. `token` must not be guessable by who wrote the body; the n-th image stands in the skeleton
 * as the string `token` + n. `found` is called with each image as soon as its string ends.
 */
export const createImageStrings = (
  token: string,
  limitBytes: number,
  found: (image: ImageString, index: number) => void,
) => {
  let skeleton = '';
  let between = '';
  let lastString = '';
  let inString = false;
  let decoder: ReturnType<typeof createDecoder> | null = null;
  let oddBackslashes = false;
  let count = 0;

  /** Where the string that holds `at` ends in this chunk; -1 when it goes on in the next one. */
  const closingQuote = (chunk: Buffer, at: number): number => {
    let from = at;
    for (;;) {
      const quote = chunk.indexOf(QUOTE, from);
      const end = quote === -1 ? chunk.length : quote;
      let backslashes = 0;
      while (end - 1 - backslashes >= at && chunk[end - 1 - backslashes] === BACKSLASH) backslashes += 1;
      const carried = end - backslashes === at && oddBackslashes ? 1 : 0;
      const odd = (backslashes + carried) % 2 === 1;
      if (quote === -1) {
        oddBackslashes = odd;
        return -1;
      }
      oddBackslashes = false;
      if (!odd) return quote;
      from = quote + 1;
    }
  };

  const openString = (): void => {
    inString = true;
    oddBackslashes = false;
    const isValue = between.trim() === ':';
    decoder = isValue && lastString === IMAGE_KEY ? createDecoder(limitBytes) : null;
    skeleton += decoder === null ? '"' : `"${token}${count}`;
    lastString = '';
  };

  const takeString = (text: string): void => {
    if (decoder !== null) {
      decoder.push(text);
      return;
    }
    skeleton += text;
    if (lastString.length <= IMAGE_KEY.length) lastString += text.slice(0, IMAGE_KEY.length + 1);
  };

  const closeString = (): void => {
    inString = false;
    between = '';
    skeleton += '"';
    if (decoder === null) return;
    const image = decoder.end();
    decoder = null;
    found(image, count);
    count += 1;
  };

  return {
    push(chunk: Buffer): void {
      let at = 0;
      while (at < chunk.length) {
        const stop = inString ? closingQuote(chunk, at) : chunk.indexOf(QUOTE, at);
        const text = chunk.toString('latin1', at, stop === -1 ? chunk.length : stop);
        if (inString) takeString(text);
        else {
          skeleton += text;
          if (between.length < BETWEEN_KEPT) between += text.slice(0, BETWEEN_KEPT);
        }
        if (stop === -1) return;
        if (inString) closeString();
        else openString();
        at = stop + 1;
      }
    },
    /** The JSON text without its images. */
    skeleton: (): string => Buffer.from(skeleton, 'latin1').toString('utf8'),
  };
};
