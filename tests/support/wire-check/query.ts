/** Query strings: dotted field names, repeated keys for repeated fields. */
import protobuf from 'protobufjs';
import type { Report } from './problem.ts';
import { queryScalarProblem } from './scalars.ts';
import type { FoundRoute } from './routes.ts';
import { enumProblem, unknownKey } from './walk.ts';
import { wellKnownProblem, wrappedScalar } from './well-known.ts';

/** Checks a query string (without `?`) against the request message of its route. */
export function checkQuery(found: FoundRoute, query: string, report: Report): void {
  const pairs = [...new URLSearchParams(query)];
  if (found.route.takesBody && pairs.length > 0) {
    report('query', `${found.route.rpc} takes its fields in the body, not in the query`);
    return;
  }
  const seen = new Set<string>();
  for (const [key, text] of pairs) {
    const where = `query.${key}`;
    const leaf = findLeaf(found.route.request, key);
    if (typeof leaf === 'string') {
      report(where, leaf);
      continue;
    }
    if (found.variables.has(key)) report(where, 'the path holds this field already');
    if (seen.has(key) && !leaf.repeated) report(where, 'given twice, but the field is not repeated');
    seen.add(key);
    const problem = leafProblem(leaf, text);
    if (problem !== null) report(where, problem);
  }
}

/** The field that a dotted name ends in, or the reason why it is none. */
function findLeaf(message: protobuf.Type, name: string): protobuf.Field | string {
  let type = message;
  const steps = name.split('.');
  for (const [index, step] of steps.entries()) {
    const field = Object.hasOwn(type.fields, step) ? type.fields[step] : undefined;
    if (field === undefined) return unknownKey(type, step);
    if (index === steps.length - 1) return field;
    if (!(field.resolvedType instanceof protobuf.Type))
      return `${step} is no message, nothing lies inside it`;
    if (field.repeated || field.map) return `${step} is repeated, nothing inside it can be named in a query`;
    type = field.resolvedType;
  }
  return 'an empty name';
}

function leafProblem(field: protobuf.Field, text: string): string | null {
  if (field.map) return 'a map cannot be given in a query';
  const type = field.resolvedType;
  if (type instanceof protobuf.Enum) return enumProblem(type, /^-?\d+$/.test(text) ? Number(text) : text);
  if (!(type instanceof protobuf.Type)) return queryScalarProblem(field.type, text);
  const wrapped = wrappedScalar(type.fullName);
  if (wrapped !== undefined) return queryScalarProblem(wrapped, text);
  if (/\.(Timestamp|Duration|FieldMask)$/.test(type.fullName))
    return wellKnownProblem(type.fullName, text) ?? null;
  return `a message (${type.name}) cannot be given in a query; name one of its fields`;
}
