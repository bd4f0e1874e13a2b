/** The messages of `google.protobuf` that have a JSON form of their own. */
import { isObject, named } from './problem.ts';
import { scalarProblem } from './scalars.ts';

const TIMESTAMP = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(\.\d{1,9})?Z$/;
const DURATION = /^-?(0|[1-9]\d*)(\.\d{1,9})?s$/;
const LONGEST_DURATION_SECONDS = 315_576_000_000;

const WRAPPED: Readonly<Record<string, string>> = {
  DoubleValue: 'double',
  FloatValue: 'float',
  Int64Value: 'int64',
  UInt64Value: 'uint64',
  Int32Value: 'int32',
  UInt32Value: 'uint32',
  BoolValue: 'bool',
  StringValue: 'string',
  BytesValue: 'bytes',
};

/** What is wrong with the JSON of a well-known message; null when nothing is, undefined when it is not one of them. */
export function wellKnownProblem(fullName: string, value: unknown): string | null | undefined {
  const name = /^\.?google\.protobuf\.(\w+)$/.exec(fullName)?.[1];
  if (name === undefined) return undefined;
  const wrapped = WRAPPED[name];
  if (wrapped !== undefined) return scalarProblem(wrapped, value);
  switch (name) {
    case 'Timestamp':
      return isTimestamp(value) ? null : `${shown(value)} where an RFC 3339 time in UTC is expected`;
    case 'Duration':
      return isDuration(value) ? null : `${shown(value)} where a duration in seconds ("1.5s") is expected`;
    case 'Struct':
      return isObject(value) ? null : `${named(value)} where any JSON object is expected`;
    case 'ListValue':
      return Array.isArray(value) ? null : `${named(value)} where any JSON array is expected`;
    case 'Value':
      return null;
    case 'Any':
      return isObject(value) && typeof value['@type'] === 'string'
        ? null
        : `${named(value)} without an "@type"`;
    case 'Empty':
      return isObject(value) && Object.keys(value).length === 0
        ? null
        : `${named(value)} where {} is expected`;
    case 'FieldMask':
      return typeof value === 'string' ? null : `${named(value)} where a field mask is expected`;
    default:
      return undefined;
  }
}

/** True where JSON null is a value and not the absence of one. */
export function takesNull(type: string): boolean {
  return /^\.?google\.protobuf\.(Value|NullValue)$/.test(type);
}

/** The scalar that a wrapper message holds (`google.protobuf.BoolValue` → `bool`), or undefined. */
export function wrappedScalar(fullName: string): string | undefined {
  return WRAPPED[/^\.?google\.protobuf\.(\w+)$/.exec(fullName)?.[1] ?? ''];
}

function isTimestamp(value: unknown): boolean {
  const whole = typeof value === 'string' ? TIMESTAMP.exec(value)?.[1] : undefined;
  if (whole === undefined) return false;
  const at = Date.parse(`${whole}Z`);
  // A 31 February would be moved to March.
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(whole) && !whole.startsWith('0000');
}

function isDuration(value: unknown): boolean {
  if (typeof value !== 'string' || !DURATION.test(value)) return false;
  return Math.abs(Number.parseFloat(value)) <= LONGEST_DURATION_SECONDS;
}

function shown(value: unknown): string {
  return typeof value === 'string' ? JSON.stringify(value.slice(0, 60)) : named(value);
}
