/**
 * Bytes that arrive in chunks, read by a parser written as a generator: it yields when it needs more. So the parsers
 * need no file, no promise per byte, and never more memory than two chunks.
 */

/** A parser's steps; every `yield` means "give me the next chunk, or say that there is none". */
export type Steps<T> = Generator<undefined, T, undefined>;

/** Takes bytes; they are valid only during the call. */
export type Sink = (bytes: Buffer) => void;

const DROP: Sink = () => undefined;

export interface ByteStream {
  /** The bytes at hand, from the present position; valid until the next step. */
  window(): Buffer;
  /** Moves on within the window. */
  advance(count: number): void;
  /** Makes the window longer; false when the stream has ended. */
  more(): Steps<boolean>;
  /** Makes the window at least `count` bytes long; false when the stream ends before. For small counts only. */
  ensure(count: number): Steps<boolean>;
  /** A copy of the next `count` bytes, fewer when the stream ends. */
  take(count: number): Steps<Buffer>;
  /** Runs `count` bytes (Infinity: the rest) through `sink`; returns how many there were (for a finite count). */
  pass(count: number, sink?: Sink): Steps<number>;
  /** The feeding side: the next chunk, or the end. */
  push(chunk: Buffer): void;
  end(): void;
}

/** An empty stream, to be fed with `push` and `end`. */
export function createByteStream(): ByteStream {
  let buffer: Buffer = Buffer.alloc(0);
  let at = 0;
  let ended = false;

  function* more(): Steps<boolean> {
    const before = buffer.length - at;
    while (buffer.length - at === before) {
      if (ended) return false;
      yield;
    }
    return true;
  }
  function* ensure(count: number): Steps<boolean> {
    while (buffer.length - at < count) if (!(yield* more())) return false;
    return true;
  }
  function* pass(count: number, sink: Sink = DROP): Steps<number> {
    let left = count;
    while (left > 0) {
      if (at === buffer.length && !(yield* more())) break;
      const length = Math.min(left, buffer.length - at);
      sink(buffer.subarray(at, at + length));
      at += length;
      left -= length;
    }
    return count === Infinity ? 0 : count - left;
  }
  function* take(count: number): Steps<Buffer> {
    const parts: Buffer[] = [];
    yield* pass(count, (bytes) => parts.push(Buffer.from(bytes)));
    return Buffer.concat(parts);
  }
  return {
    window: () => buffer.subarray(at),
    advance: (count) => {
      at = Math.min(buffer.length, at + count);
    },
    more,
    ensure,
    take,
    pass,
    push: (chunk) => {
      buffer = at === buffer.length ? chunk : Buffer.concat([buffer.subarray(at), chunk]);
      at = 0;
    },
    end: () => {
      ended = true;
    },
  };
}
