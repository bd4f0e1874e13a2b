/**
 * The control routes under `/practice/`, for tests and benchmarks: counters, inputs, fault rules. They need the header
 * `X-Practice-Control` with the PAT, which no web page can send.
 */
import type { Account } from './account.ts';
import { parseFaultRules, type Faults } from './faults.ts';
import type { PracticeInput, PracticeStats, Stats } from './stats.ts';

export interface ControlParts {
  readonly account: Account;
  readonly pat: string;
  readonly faults: Faults;
  readonly stats: Stats;
}

/** A control reply: any JSON. */
export interface ControlReply {
  readonly http: number;
  readonly json: unknown;
}

const readStats = ({ account, stats }: ControlParts): PracticeStats => ({
  ...stats.snapshot(),
  inputs: account.inputs.count(),
  inputsStoredTwice: account.inputs.storedTwice(),
});

const readInputs = ({ account }: ControlParts): PracticeInput[] =>
  account.inputs.all().map((row) => {
    const data = JSON.parse(row.data) as {
      concepts?: { id: string; value: number }[];
      metadata?: Record<string, unknown>;
      geo?: unknown;
    };
    return {
      id: row.id,
      status: row.status,
      sha256: row.sha256,
      bytes: row.bytes,
      concepts: Object.fromEntries((data.concepts ?? []).map(({ id, value }) => [id, value])),
      metadata: data.metadata ?? null,
      geo: data.geo ?? null,
    };
  });

const setFaults = ({ faults }: ControlParts, body: string): ControlReply => {
  try {
    faults.set(parseFaultRules(JSON.parse(body)));
    return { http: 200, json: {} };
  } catch (error) {
    return { http: 400, json: { error: (error as Error).message } };
  }
};

/** Answers one control request; `body` is its text. */
export const control = (
  parts: ControlParts,
  method: string,
  route: string,
  key: unknown,
  body: string,
): ControlReply => {
  if (key !== parts.pat) return { http: 403, json: { error: 'X-Practice-Control has to be the PAT' } };
  switch (`${method} ${route}`) {
    case 'GET /practice/stats':
      return { http: 200, json: readStats(parts) };
    case 'GET /practice/inputs':
      return { http: 200, json: readInputs(parts) };
    case 'PUT /practice/faults':
      return setFaults(parts, body);
    case 'DELETE /practice/faults':
      parts.faults.set([]);
      return { http: 200, json: {} };
    case 'POST /practice/reset-stats':
      parts.stats.reset();
      return { http: 200, json: {} };
    default:
      return { http: 404, json: { error: `There is no ${method} ${route}` } };
  }
};
