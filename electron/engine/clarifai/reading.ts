/** Makes an outcome of an answer: is it the service's, does it have something to read, and what does it say. */
import type { z } from 'zod';
import type { Outcome, Reply, RequestProblem, RequestProblemKind } from './errors.ts';
import { retryAfterMs } from './retry-after.ts';
import { judgeRequest, mayHaveActed } from './status.ts';
import type { Answer } from './transport.ts';
import { envelopeSchema } from './wire-fields.ts';
import type { WireStatus } from './wire-fields.ts';

/** What of a call matters for reading its answer. */
export interface Expected<S extends z.ZodType> {
  readonly method: string;
  readonly reply: S;
  readonly aboutOne?: boolean;
}

/**
 * Judges and parses a whole answer.
 *
 * @param nowMs UTC ms
 */
export function read<S extends z.ZodType>(
  answer: Answer,
  call: Expected<S>,
  nowMs: number,
): Outcome<z.output<S>> {
  const json = parseJson(answer.text);
  const envelope = envelopeSchema.safeParse(json);
  const status = envelope.success ? envelope.data.status : null;
  const { http } = answer;
  const verdict = judgeRequest({
    http,
    code: status?.code ?? null,
    hasItems: hasItems(json),
    aboutOne: call.aboutOne === true,
  });
  const maybeStored = call.method !== 'GET' && answer.wholeSent && mayHaveActed(verdict);
  if (status === null || (verdict !== 'ok' && verdict !== 'mixed')) {
    const kind = verdict === 'ok' || verdict === 'mixed' ? 'unknown' : verdict;
    return problemOf(kind, maybeStored, answer, status, nowMs);
  }
  const parsed = call.reply.safeParse(json);
  if (!parsed.success) {
    const at = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; ');
    return { kind: 'problem', problem: { kind: 'unknown', maybeStored, http, ...status, details: at } };
  }
  return { ...(parsed.data as object), kind: 'reply', http, status } as Reply<z.output<S>>;
}

function problemOf(
  kind: RequestProblemKind,
  maybeStored: boolean,
  answer: Answer,
  status: WireStatus | null,
  nowMs: number,
): { kind: 'problem'; problem: RequestProblem } {
  const after = retryAfterMs(answer.headers.get('retry-after'), answer.headers.get('date'), nowMs);
  return {
    kind: 'problem',
    problem: {
      kind,
      maybeStored,
      http: answer.http,
      ...(after === undefined ? {} : { retryAfterMs: after }),
      ...(status ?? { details: foreignWords(answer) }),
    },
  };
}

/** What to say about an answer that is not the service's JSON. */
function foreignWords(answer: Answer): string {
  const location = answer.headers.get('location');
  if (location !== null) return `redirected to ${location.slice(0, 200)}`;
  const title = /<title[^>]*>([^<]{1,200})/i.exec(answer.text)?.[1]?.trim();
  const type = answer.headers.get('content-type') ?? 'no content type';
  return title === undefined ? `an answer of ${type}` : `an answer of ${type}: ${title}`;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    // Not JSON is an answer as good as any other: it is judged as "not the service's".
    return undefined;
  }
}

/** Whether the answer carries things with a status of their own. */
function hasItems(json: unknown): boolean {
  if (typeof json !== 'object' || json === null) return false;
  const { inputs, annotations, input, annotation } = json as Readonly<Record<string, unknown>>;
  return (
    [inputs, annotations].some((list) => Array.isArray(list) && list.length > 0) ||
    Boolean(input ?? annotation)
  );
}
