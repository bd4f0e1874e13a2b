/**
 * Strict check of what travels between a client and the service (or the practice account): every JSON body and query
 * string against the official protos, by the rules of proto3 JSON, with the field names written as in the protos.
 */
import { isObject, type Report, type WireProblem } from './problem.ts';
import { PROTOS } from './protos.ts';
import { checkQuery } from './query.ts';
import { findRepeatedKeys } from './repeated-keys.ts';
import { findRoute } from './routes.ts';
import { walkMessage, type WalkOptions } from './walk.ts';

/** A request as sent. */
export interface WireRequest {
  readonly method: string;
  /** From `/v2` on, still percent-encoded, without the query. */
  readonly path: string;
  /** Without `?`; absent or empty for none. */
  readonly query?: string | undefined;
  /** The parsed body; absent for none. */
  readonly body?: unknown;
}

/** A reply as received. */
export interface WireReply {
  readonly method: string;
  readonly path: string;
  /** HTTP status. */
  readonly http: number;
  readonly body: unknown;
}

const BASE_RESPONSE = PROTOS.lookupType('clarifai.api.status.BaseResponse');

/** Runs one check and returns the problems it found, none for a good one. */
function collect(run: (report: Report) => void): WireProblem[] {
  const problems: WireProblem[] = [];
  run((where, problem) => problems.push({ where, problem }));
  return problems;
}

/** Checks method, path, query and body of a request. */
export function checkRequest(request: WireRequest, options: WalkOptions = {}): WireProblem[] {
  return collect((report) => {
    const found = findRoute(request.method, request.path);
    if (found === null) {
      report('path', `the service has no route ${request.method} ${request.path}`);
      return;
    }
    for (const [name, value] of found.variables) {
      if (value === '') report('path', `{${name}} is empty or wrongly encoded`);
    }
    checkQuery(found, request.query ?? '', report);
    if (request.body === undefined) {
      if (found.route.takesBody) report('body', `${found.route.rpc} needs a body`);
    } else if (!found.route.takesBody) {
      report('body', `${found.route.rpc} takes no body`);
    } else {
      walkMessage(found.route.request, request.body, '', report, options);
      for (const [name, value] of found.variables) {
        const given = deepValue(request.body, name);
        if (given !== undefined && given !== value) report(name, 'the path says otherwise');
      }
    }
  });
}

/** Checks the body of a reply; one to a path that is no route has to be a BaseResponse. */
export function checkResponse(reply: WireReply, options: WalkOptions = {}): WireProblem[] {
  return collect((report) => {
    const type = findRoute(reply.method, reply.path)?.route.response ?? BASE_RESPONSE;
    walkMessage(type, reply.body, '', report, options);
    if (!isObject(reply.body)) return;
    const status = reply.body['status'];
    if (!isObject(status) || status['code'] === undefined)
      report('status.code', 'every reply has to carry it');
    if (!isObject(status) || !status['req_id']) report('status.req_id', 'every reply has to carry it');
  });
}

/** Checks any value as the message of a full name such as `clarifai.api.Input`. */
export function checkMessage(name: string, value: unknown, options: WalkOptions = {}): WireProblem[] {
  return collect((report) => walkMessage(PROTOS.lookupType(name), value, '', report, options));
}

/** Checks a body's text for what parsing hides: the same key twice in one object. */
export function checkText(text: string): WireProblem[] {
  return findRepeatedKeys(text).map((where) => ({ where, problem: 'the key stands twice in one object' }));
}

function deepValue(value: unknown, dotted: string): unknown {
  return dotted
    .split('.')
    .reduce<unknown>((inner, step) => (isObject(inner) ? inner[step] : undefined), value);
}
