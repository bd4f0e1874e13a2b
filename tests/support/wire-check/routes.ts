/** The REST routes that the `google.api.http` options of the service's protos declare. */
import type protobuf from 'protobufjs';
import { isObject } from './problem.ts';
import { PROTOS, SERVICE_NAME } from './protos.ts';

/** One route: an RPC may have several. */
export interface Route {
  /** Upper case. */
  readonly method: string;
  /** As declared, with `{user_app_id.user_id}` for what varies. */
  readonly pattern: string;
  readonly rpc: string;
  readonly request: protobuf.Type;
  readonly response: protobuf.Type;
  /** True when the body is the request message; otherwise what the path does not hold travels in the query. */
  readonly takesBody: boolean;
}

/** A route found for a path, with what its variables hold (decoded). */
export interface FoundRoute {
  readonly route: Route;
  readonly variables: ReadonlyMap<string, string>;
}

const VERBS = ['get', 'put', 'post', 'delete', 'patch'] as const;

/** All routes of the service, in the order of the file. */
export const ROUTES: readonly Route[] = PROTOS.lookupService(SERVICE_NAME).methodsArray.flatMap(routesOf);

function routesOf(method: protobuf.Method): Route[] {
  const { resolvedRequestType: request, resolvedResponseType: response } = method;
  if (request === null || response === null) throw new Error(`${method.name} has unresolved messages.`);
  const rules = (method.parsedOptions ?? [])
    .map((option: Record<string, unknown>) => option['(google.api.http)'])
    .filter(isObject)
    .flatMap((rule) => [rule, ...[rule['additional_bindings'] ?? []].flat().filter(isObject)]);
  return rules.map((rule) => {
    const verb = VERBS.find((name) => typeof rule[name] === 'string');
    const body = rule['body'];
    if (verb === undefined || (body !== undefined && body !== '*')) {
      throw new Error(`The route of ${method.name} is declared in a way the checker does not know.`);
    }
    return {
      method: verb.toUpperCase(),
      pattern: String(rule[verb]),
      rpc: method.name,
      request,
      response,
      takesBody: body === '*',
    };
  });
}

/**
 * The route that answers a path (without query), or null. Where several fit, the one with the earliest literal
 * segment wins (`inputs/status` before `inputs/{input_id}`), then the one declared first.
 */
export function findRoute(method: string, path: string): FoundRoute | null {
  const segments = path.split('/').map(decodeSegment);
  let best: { readonly found: FoundRoute; readonly literals: string } | null = null;
  for (const route of ROUTES) {
    if (route.method !== method.toUpperCase()) continue;
    const fit = matchPattern(route.pattern, segments);
    if (fit !== null && (best === null || fit.literals > best.literals)) {
      best = { found: { route, variables: fit.variables }, literals: fit.literals };
    }
  }
  return best?.found ?? null;
}

/** `literals` has one character per segment, `1` for a literal: the larger string is the better fit. */
function matchPattern(
  pattern: string,
  segments: readonly string[],
): { readonly variables: Map<string, string>; readonly literals: string } | null {
  const parts = pattern.split('/');
  if (parts.length !== segments.length) return null;
  const variables = new Map<string, string>();
  let literals = '';
  for (const [index, part] of parts.entries()) {
    const segment = segments[index] ?? '';
    if (part.startsWith('{')) {
      variables.set(part.slice(1, -1), segment);
      literals += '0';
    } else if (part === segment) literals += '1';
    else return null;
  }
  return { variables, literals };
}

function decodeSegment(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch (error) {
    if (error instanceof URIError) return '';
    throw error;
  }
}
