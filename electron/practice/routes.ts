/** The paths of the API: long (`/v2/users/…/apps/…`) and short (`/v2`), and what answers them. */
import type { Account, Call } from './account.ts';
import {
  deleteAnnotation,
  deleteAnnotations,
  getAnnotation,
  listAnnotations,
  patchAnnotations,
  postAnnotations,
} from './annotations.ts';
import {
  countConcepts,
  getConcept,
  listConcepts,
  patchConcepts,
  postConcepts,
  searchConcepts,
} from './concepts.ts';
import {
  countInputs,
  deleteInput,
  deleteInputs,
  getInput,
  listInputs,
  patchInputs,
  streamInputs,
} from './inputs.ts';
import { cancelJob, getJob, listJobs } from './jobs.ts';
import { postInputs } from './post-inputs.ts';
import { Refusal, type Reply } from './reply.ts';

/** Answers one route; everything it stores is durable when it returns. */
export type Answer = (account: Account, call: Call) => Reply;

const notImplemented: Answer = () => {
  throw new Refusal(501, 10040, 'The practice account does not have this part of the API');
};

/** Fixed names stand before `{input_id}`, as in the service. */
const ROUTES: readonly (readonly [pattern: string, answers: Readonly<Record<string, Answer>>])[] = [
  ['/inputs', { POST: postInputs, GET: listInputs, PATCH: patchInputs, DELETE: deleteInputs }],
  ['/inputs/status', { GET: countInputs }],
  ['/inputs/stream', { GET: streamInputs }],
  ['/inputs/annotations', { DELETE: deleteAnnotations }],
  ['/inputs/jobs/add', { GET: listJobs }],
  ['/inputs/jobs/add/{id}', { GET: getJob, PATCH: cancelJob }],
  ['/inputs/jobs/extraction', { GET: notImplemented, PATCH: notImplemented }],
  ['/inputs/jobs/extraction/{id}', { GET: notImplemented }],
  ['/inputs/searches', { POST: notImplemented, PATCH: notImplemented }],
  ['/inputs/data_sources', { POST: notImplemented }],
  ['/inputs/uploads', { POST: notImplemented }],
  ['/inputs/{input_id}', { GET: getInput, DELETE: deleteInput }],
  ['/inputs/{input_id}/annotations/{annotation_id}', { GET: getAnnotation, DELETE: deleteAnnotation }],
  ['/inputs/{input_id}/video_manifest', { GET: notImplemented }],
  [
    '/annotations',
    { POST: postAnnotations, GET: listAnnotations, PATCH: patchAnnotations, DELETE: deleteAnnotations },
  ],
  ['/annotations/searches', { POST: notImplemented }],
  ['/annotations/workers', { GET: notImplemented }],
  ['/concepts', { POST: postConcepts, GET: listConcepts, PATCH: patchConcepts }],
  ['/concepts/searches', { POST: searchConcepts }],
  ['/concepts/status', { GET: countConcepts }],
  ['/concepts/{concept_id}', { GET: getConcept }],
  ['/datasets', { GET: notImplemented, POST: notImplemented, PATCH: notImplemented, DELETE: notImplemented }],
  ['/datasets/{dataset_id}', { GET: notImplemented }],
  ['/datasets/{dataset_id}/inputs', { GET: notImplemented, POST: notImplemented, DELETE: notImplemented }],
  ['/bulk_operations', { GET: notImplemented, POST: notImplemented }],
  ['/uploads', { GET: notImplemented, POST: notImplemented, DELETE: notImplemented }],
];

/** What a path and a method mean. */
export interface RouteMatch {
  /** `POST /inputs`, for the counters; unknown paths are `POST ?`. */
  readonly label: string;
  /** The path behind the app. */
  readonly path: string;
  /** From the long form; null in the short one. */
  readonly userApp: { readonly userId: string; readonly appId: string } | null;
  readonly params: Readonly<Record<string, string>>;
  /** Null: no such path. */
  readonly answers: Readonly<Record<string, Answer>> | null;
}

const decode = (segment: string): string => {
  try {
    return decodeURIComponent(segment);
  } catch {
    // A broken escape is part of no id: the segment stands for itself and is not found.
    return segment;
  }
};

const matchPattern = (pattern: string, segments: readonly string[]): Record<string, string> | null => {
  const names = pattern.split('/').slice(1);
  if (names.length !== segments.length) return null;
  const params: Record<string, string> = {};
  for (const [at, name] of names.entries()) {
    const segment = decode(segments[at] ?? '');
    if (name.startsWith('{')) params[name.slice(1, -1)] = segment;
    else if (name !== segment) return null;
  }
  return params;
};

/** Finds the route of a request. */
export const findRoute = (method: string, pathname: string): RouteMatch => {
  const all = pathname.replace(/\/$/, '').split('/').slice(1);
  const long = all[1] === 'users' && all[3] === 'apps';
  const segments = all.slice(long ? 5 : 1);
  const path = `/${segments.join('/')}`;
  const userApp = long ? { userId: decode(all[2] ?? ''), appId: decode(all[4] ?? '') } : null;
  if (all[0] === 'v2') {
    for (const [pattern, answers] of ROUTES) {
      const params = matchPattern(pattern, segments);
      if (params !== null) return { label: `${method} ${pattern}`, path, userApp, params, answers };
    }
  }
  return { label: `${method} ?`, path, userApp, params: {}, answers: null };
};
