/**
 * What the service's status codes mean for what to do next. The numbers are from `status_code.proto`; which of them
 * are worth another try follows the official clients and the pages on status codes
 * (https://docs.clarifai.com/resources/api-overview/status-codes).
 */
import type { FailureCause } from '#shared/problems.ts';
import type { RequestProblemKind } from './errors.ts';
import type { WireStatus } from './wire-fields.ts';

/** `ok` and `mixed` are answers to read, input by input; the others are problems of the whole request. */
export type RequestVerdict = 'ok' | 'mixed' | Exclude<RequestProblemKind, 'offline' | 'cut' | 'timeout'>;

export interface AnsweredRequest {
  readonly http: number;
  /** The service's status code; null when the answer is not the service's JSON. */
  readonly code: number | null;
  /** Whether the answer carries inputs or annotations that have a status of their own. */
  readonly hasItems?: boolean;
  /** Whether one thing was asked for by its id; "does not exist" then speaks of it and not of the app. */
  readonly aboutOne?: boolean;
}

const SUCCESS = 10000;
const MIXED_STATUS = 10010;
const FAILURE = 10020;
const ACCEPTED = 10070;
const DOES_NOT_EXIST = 11101;

/** Codes of the service's own trouble, documented as "try again" or plainly passing. */
const TROUBLE = [
  40011, 40012, 40013, 40014, 40015, 40016, 40020, 40021, 40030, 40031, 40032, 40034, 40035, 40037, 41000,
  41002, 41003, 41004, 41005, 41006, 41007, 41008, 41009, 99009,
];

/** A verdict for each code that says by itself what to do, whatever the HTTP status. */
const REQUEST_CODES = table<RequestVerdict>([
  ['not-the-service', [10050]],
  ['throttled', [11003, 11005]],
  ['token-rejected', [11001, 11002, 11008, 11009, 11102]],
  ['not-permitted', [11000, 11007, 11104, 11200]],
  ['over-quota', [11004, 11006]],
  ['maintenance', [39997, 39998]],
  ['too-large', [40033]],
  ['refused-whole', [10040, 11100, 11103, 11105, 39999]],
  ['server-error', [10030, ...TROUBLE]],
]);

/** HTTP statuses that mean the same with or without the service's JSON. */
const HTTP_VERDICTS = table<RequestVerdict>([
  ['token-rejected', [401]],
  ['over-quota', [402]],
  ['server-error', [408]],
  ['too-large', [413, 414, 431]],
  ['throttled', [429]],
]);

/** Judges a request by its answer. */
export function judgeRequest(answer: AnsweredRequest): RequestVerdict {
  const { http, code } = answer;
  if (http < 200 || (http >= 300 && http < 400)) return 'not-the-service';
  if (code === null) return judgeWithoutCode(http);
  if (code === DOES_NOT_EXIST) return answer.aboutOne === true ? 'missing' : 'not-permitted';
  const byCode = REQUEST_CODES.get(code) ?? (isInternal(code) ? 'server-error' : undefined);
  if (byCode !== undefined) return byCode;
  const byHttp = HTTP_VERDICTS.get(http);
  if (byHttp !== undefined) return byHttp;
  if (http >= 500) return 'server-error';
  if (http < 300 && (code === SUCCESS || code === ACCEPTED)) return 'ok';
  if (answer.hasItems === true || (http < 300 && code === MIXED_STATUS)) return 'mixed';
  if (http === 403) return 'not-permitted';
  if (http === 404) return answer.aboutOne === true ? 'missing' : 'not-permitted';
  return http >= 400 || code === FAILURE ? 'refused-whole' : 'unknown';
}

/** An answer without the service's status: from a gateway in front of it, or from something else altogether. */
function judgeWithoutCode(http: number): RequestVerdict {
  const byHttp = HTTP_VERDICTS.get(http);
  if (byHttp !== undefined) return byHttp;
  // 511 and 407 are what captive portals and proxies answer; 403 and 404 without JSON are theirs as well.
  if (http < 300 || http === 403 || http === 404 || http === 407 || http === 511) return 'not-the-service';
  return http >= 500 ? 'server-error' : 'refused-whole';
}

/** Whether the service may have acted on a request that got this verdict. */
export function mayHaveActed(verdict: RequestVerdict): boolean {
  return (
    verdict === 'ok' ||
    verdict === 'mixed' ||
    verdict === 'server-error' ||
    verdict === 'not-the-service' ||
    verdict === 'unknown'
  );
}

/** What the status of one input says. */
export type InputVerdict =
  /** Final and searchable. */
  | 'indexed'
  /** Taken; ask again later. */
  | 'pending'
  /** The service holds it and could not process it; its id is taken. */
  | 'failed-there'
  /** An input with this id is there already: verify and adopt. */
  | 'duplicate-id'
  /** Not taken, and would not be taken as it stands. */
  | 'refused'
  /** Not taken for a passing reason: send this one again later (in a listing: ask again). */
  | 'transient'
  /** The service has no input with this id. */
  | 'missing'
  /** A code that Tagalong does not know: kept and shown. */
  | 'unknown';

const INPUT_CODES = table<InputVerdict>([
  ['indexed', [30000, 30200, 30400, 30500]],
  ['pending', [SUCCESS, ACCEPTED, 30001, 30003, 30201, 30401, 30403, 30501, 30503]],
  ['failed-there', [30002, 30402, 30502]],
  ['duplicate-id', [40010]],
  ['missing', [30102, DOES_NOT_EXIST]],
  [
    'refused',
    [
      11100, 24900, 24901, 24902, 30101, 30103, 30104, 30105, 30106, 30203, 30300, 39999, 40003, 40017, 40033,
      46003,
    ],
  ],
  ['transient', [10030, 11003, 11005, 30004, 30210, 39996, 39997, 39998, 99003, ...TROUBLE]],
]);

/**
 * Judges one input by its status.
 *
 * @param from `reply`: in the answer to a POST or PATCH, where 30002 is a refusal. `listing`: of an input that the
 * service holds, where 30002 says that it could not process it.
 */
export function judgeInput(
  status: Pick<WireStatus, 'code' | 'details'>,
  from: 'reply' | 'listing',
): InputVerdict {
  if (status.details.trim() === 'Input has a duplicate ID.') return 'duplicate-id';
  // 30100 is documented for a URL that is there already; without a URL only the id can be meant.
  if (status.code === 30100) return /\burl\b/i.test(status.details) ? 'refused' : 'duplicate-id';
  const verdict = INPUT_CODES.get(status.code) ?? (isInternal(status.code) ? 'transient' : 'unknown');
  return verdict === 'failed-there' && from === 'reply' ? 'refused' : verdict;
}

/** The failure that a refused input becomes. */
export function causeOfRefusal(code: number): FailureCause {
  if (code === 30105 || code === 40033) return 'too-large';
  if (code === 30101 || code === 46003) return 'format-not-accepted';
  return 'refused-by-service';
}

/** What the status of one annotation says. */
export type AnnotationVerdict = 'ok' | 'refused' | 'transient' | 'missing' | 'unknown';

const ANNOTATION_CODES = table<AnnotationVerdict>([
  ['ok', [SUCCESS, ACCEPTED, 24150, 24151, 24157, 24159, 24250, 24251]],
  ['refused', [24152, 24155, 24156, 24158, 24252, 30103, 30104, 40003, 40010, 40017, 11100]],
  ['missing', [30102, DOES_NOT_EXIST]],
  ['transient', [10030, 11003, 11005, 39997, 39998, 99004, ...TROUBLE]],
]);

/** Judges one annotation of a POST or PATCH answer by its status. */
export function judgeAnnotation(status: Pick<WireStatus, 'code'>): AnnotationVerdict {
  return ANNOTATION_CODES.get(status.code) ?? (isInternal(status.code) ? 'transient' : 'unknown');
}

/** 98000 to 98999 are all INTERNAL_*. */
function isInternal(code: number): boolean {
  return code >= 98000 && code < 99000;
}

function table<V>(rows: readonly (readonly [V, readonly number[]])[]): ReadonlyMap<number, V> {
  return new Map(rows.flatMap(([verdict, codes]) => codes.map((code) => [code, verdict] as const)));
}
