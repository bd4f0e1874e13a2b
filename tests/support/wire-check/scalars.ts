/**
 * The scalar types of proto3 in JSON, in the form that a serializer writes (https://protobuf.dev/programming-guides/json).
 * Where a parser would also take a second form (a number as a string, base64 for URLs), that is a problem here:
 * what both sides write has to be the plain form.
 */
import { named } from './problem.ts';

const INT_RANGES: Readonly<Record<string, readonly [bigint, bigint]>> = {
  int32: [-(2n ** 31n), 2n ** 31n - 1n],
  sint32: [-(2n ** 31n), 2n ** 31n - 1n],
  sfixed32: [-(2n ** 31n), 2n ** 31n - 1n],
  uint32: [0n, 2n ** 32n - 1n],
  fixed32: [0n, 2n ** 32n - 1n],
  int64: [-(2n ** 63n), 2n ** 63n - 1n],
  sint64: [-(2n ** 63n), 2n ** 63n - 1n],
  sfixed64: [-(2n ** 63n), 2n ** 63n - 1n],
  uint64: [0n, 2n ** 64n - 1n],
  fixed64: [0n, 2n ** 64n - 1n],
};
const LARGEST_FLOAT = 3.4028234663852886e38;
const DECIMAL_INTEGER = /^(0|-?[1-9]\d*)$/;
const DECIMAL_NUMBER = /^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$/;

/** True for the names of scalar types. */
export function isScalar(type: string): boolean {
  return type in INT_RANGES || ['float', 'double', 'bool', 'string', 'bytes'].includes(type);
}

/** What is wrong with a JSON value of a scalar type; null when nothing is. */
export function scalarProblem(type: string, value: unknown): string | null {
  const wanted = `${type === 'int32' || type === 'int64' ? 'an' : 'a'} ${type} is expected`;
  switch (type) {
    case 'bool':
      return typeof value === 'boolean' ? null : `${named(value)} where ${wanted}`;
    case 'string':
      if (typeof value !== 'string') return `${named(value)} where ${wanted}`;
      return value.isWellFormed() ? null : 'a string with half a surrogate pair is no UTF-8';
    case 'bytes':
      return typeof value === 'string' ? base64Problem(value) : `${named(value)} where ${wanted}`;
    case 'float':
    case 'double':
      if (value === 'NaN' || value === 'Infinity' || value === '-Infinity') return null;
      if (typeof value !== 'number') return `${named(value)} where ${wanted}`;
      return type === 'float' && Math.abs(value) > LARGEST_FLOAT
        ? `${value} is out of range for a float`
        : null;
    default:
      return integerProblem(type, value, wanted);
  }
}

function integerProblem(type: string, value: unknown, wanted: string): string | null {
  const range = INT_RANGES[type];
  if (range === undefined) throw new Error(`The wire checker does not know the scalar type ${type}.`);
  const wide = type.endsWith('64');
  if (typeof value === 'string') {
    if (!wide) return `a string where ${wanted}`;
    if (!DECIMAL_INTEGER.test(value)) return `"${value.slice(0, 40)}" where ${wanted}`;
  } else if (typeof value !== 'number') {
    return `${named(value)} where ${wanted}`;
  } else if (!Number.isInteger(value)) {
    return `the fraction ${value} where ${wanted}`;
  } else if (wide && !Number.isSafeInteger(value)) {
    return `${value} has lost digits: beyond 2^53 it has to be a string`;
  }
  const integer = BigInt(value);
  return integer < range[0] || integer > range[1] ? `${value} is out of range for ${type}` : null;
}

/** A scalar written in a query string, where everything is text. */
export function queryScalarProblem(type: string, text: string): string | null {
  switch (type) {
    case 'string':
    case 'bytes':
      return scalarProblem(type, text);
    case 'bool':
      return text === 'true' || text === 'false' ? null : `"${text}" where true or false is expected`;
    case 'float':
    case 'double':
      return scalarProblem(type, DECIMAL_NUMBER.test(text) ? Number(text) : text);
    default:
      if (!DECIMAL_INTEGER.test(text)) return `"${text}" where ${type} is expected`;
      return scalarProblem(type, type.endsWith('64') ? text : Number(text));
  }
}

/** Standard alphabet, padded, no stray bits. Looks at every character (about 1 GB/s), and copies none. */
function base64Problem(text: string): string | null {
  if (text.length % 4 !== 0) return `base64 of ${text.length} characters, which is no multiple of four`;
  const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0;
  const stray = text.slice(0, text.length - padding).search(/[^A-Za-z0-9+/]/);
  if (stray >= 0) return `character ${stray} of the base64 is ${JSON.stringify(text[stray])}`;
  const end = text.slice(-4);
  return Buffer.from(end, 'base64').toString('base64') === end
    ? null
    : `base64 that ends in "${end}" has stray bits`;
}
