/** Holds a JSON value against a proto message, field by field. */
import protobuf from 'protobufjs';
import { inside, isObject, named, type Report } from './problem.ts';
import { isScalar, scalarProblem } from './scalars.ts';
import { takesNull, wellKnownProblem } from './well-known.ts';

/** How strict a walk is. */
export interface WalkOptions {
  /** Let null stand for "not set", as proto3 JSON does. Off by default: nobody here has to send it. */
  readonly allowNull?: boolean;
}

/** Enums whose list of values grows while clients are in use: an integer that is not in it is no mistake. */
const GROWING_ENUMS: ReadonlySet<string> = new Set(['.clarifai.api.status.StatusCode']);

/** Checks `value` as a message of `type`; problems go to `report`. */
export function walkMessage(
  type: protobuf.Type,
  value: unknown,
  where: string,
  report: Report,
  options: WalkOptions,
): void {
  const known = wellKnownProblem(type.fullName, value);
  if (known !== undefined) {
    if (known !== null) report(where, known);
    return;
  }
  if (!isObject(value)) {
    report(where === '' ? 'body' : where, `${named(value)} where an object (${type.name}) is expected`);
    return;
  }
  const members = new Map<string, string>();
  for (const [key, child] of Object.entries(value)) {
    const place = inside(where, key);
    const field = Object.hasOwn(type.fields, key) ? type.fields[key] : undefined;
    if (field === undefined) {
      report(place, unknownKey(type, key));
      continue;
    }
    const oneof = field.partOf;
    if (oneof !== null && !oneof.isProto3Optional && child !== null) {
      const other = members.get(oneof.name);
      if (other !== undefined)
        report(place, `${other} is set too, and only one of them may be (oneof ${oneof.name})`);
      members.set(oneof.name, key);
    }
    walkField(field, child, place, report, options);
  }
}

/** The reason why `key` is not a field, with the likely intention. */
export function unknownKey(type: protobuf.Type, key: string): string {
  const meant = type.fieldsArray.find((field) => protobuf.util.camelCase(field.name) === key);
  return meant === undefined
    ? `${type.name} has no field of this name`
    : `the field is written ${meant.name} on this wire`;
}

function walkField(
  field: protobuf.Field,
  value: unknown,
  where: string,
  report: Report,
  options: WalkOptions,
): void {
  if (value === null && !(takesNull(field.type) && !field.repeated && !field.map)) {
    if (options.allowNull !== true) report(where, 'null; leave the field out instead');
    return;
  }
  if (field instanceof protobuf.MapField) {
    if (!isObject(value)) return report(where, `${named(value)} where a map (an object) is expected`);
    for (const [key, child] of Object.entries(value)) {
      const problem = mapKeyProblem(field.keyType, key);
      if (problem !== null) report(inside(where, key), problem);
      walkOne(field, child, inside(where, key), report, options);
    }
    return;
  }
  if (!field.repeated) return walkOne(field, value, where, report, options);
  if (!Array.isArray(value)) return report(where, `${named(value)} where an array is expected`);
  for (const [index, child] of value.entries()) walkOne(field, child, `${where}[${index}]`, report, options);
}

function walkOne(
  field: protobuf.Field,
  value: unknown,
  where: string,
  report: Report,
  options: WalkOptions,
): void {
  const type = field.resolvedType;
  // An element of an array or a map is never "not set".
  if (value === null && !takesNull(field.type)) return report(where, 'null inside an array or a map');
  if (type instanceof protobuf.Type) return walkMessage(type, value, where, report, options);
  const problem =
    type instanceof protobuf.Enum
      ? enumProblem(type, value)
      : isScalar(field.type) && scalarProblem(field.type, value);
  if (problem === false)
    throw new Error(`The wire checker cannot resolve the type ${field.type} of ${field.fullName}.`);
  if (problem !== null) report(where, problem);
}

/** What is wrong with the JSON of an enum: its name or its number are right; null when nothing is wrong. */
export function enumProblem(type: protobuf.Enum, value: unknown): string | null {
  if (takesNull(type.fullName)) return value === null ? null : `${named(value)} where null is expected`;
  if (typeof value === 'string') {
    return Object.hasOwn(type.values, value) ? null : `${type.name} has no value "${value.slice(0, 60)}"`;
  }
  const problem = scalarProblem('int32', value);
  if (problem !== null) return `${named(value)} where a name or number of ${type.name} is expected`;
  if (GROWING_ENUMS.has(type.fullName)) return null;
  return Object.values(type.values).includes(Number(value))
    ? null
    : `${type.name} has no value ${String(value)}`;
}

function mapKeyProblem(keyType: string, key: string): string | null {
  if (keyType === 'string') return scalarProblem('string', key);
  if (keyType === 'bool') return key === 'true' || key === 'false' ? null : 'a key that is not true or false';
  return /^-?\d+$/.test(key)
    ? scalarProblem(keyType, keyType.endsWith('64') ? key : Number(key))
    : `a key that is no ${keyType}`;
}
