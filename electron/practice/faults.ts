/**
 * Faults on a script: a list of rules, asked at each request, that bend the practice account on purpose. They are set
 * over the control route (`PUT /practice/faults`) or with `startPracticeServer({ faults })`.
 */
import { z } from 'zod';

const shared = {
  /** Which requests the rule is about; every given part has to match. Left out: all requests. */
  on: z
    .object({
      method: z.string().optional(),
      /** Regular expression on the path behind `/v2` or `/v2/users/…/apps/…`, for example `^/inputs$`. */
      path: z.string().optional(),
      /** Only requests that name this input (in the path, the query or the body). */
      inputId: z.string().optional(),
    })
    .optional(),
  /** How many matching requests it bends; default: until the rules are lifted. */
  times: z.number().int().positive().optional(),
  /** How many matching requests pass before the first one is bent; default 0. */
  skip: z.number().int().nonnegative().optional(),
};
/** Inputs that a per-input rule picks: those named, or each n-th that arrives; neither: all. */
const picks = { inputIds: z.array(z.string()).optional(), every: z.number().int().positive().optional() };

const faultRule = z.discriminatedUnion('kind', [
  /** Waits: `before` the request is worked on (its body has arrived), or `after-storing`, before the reply. */
  z.object({
    ...shared,
    kind: z.literal('delay'),
    ms: z.number().nonnegative(),
    when: z.enum(['before', 'after-storing']).optional(),
  }),
  /**
   * Answers with this HTTP status. `body`: sent as it is; else a status reply with `code` (default: a code that
   * suits `http`). `stored`: the request is carried out all the same (a gateway that lost the real reply).
   */
  z.object({
    ...shared,
    kind: z.literal('status'),
    http: z.number().int().min(200).max(599),
    code: z.number().int().optional(),
    description: z.string().optional(),
    headers: z.record(z.string(), z.string()).optional(),
    body: z.string().optional(),
    stored: z.boolean().optional(),
  }),
  /**
   * Destroys the connection: on the headers, half-way through the body (after `bytes`, or half the Content-Length),
   * or after everything was stored, instead of the reply.
   */
  z.object({
    ...shared,
    kind: z.literal('cut'),
    when: z.enum(['before', 'half-way', 'after-storing']),
    bytes: z.number().int().positive().optional(),
  }),
  /** A 200 with JSON that breaks off. `stored`: the request is carried out all the same. */
  z.object({ ...shared, kind: z.literal('wrong-json'), stored: z.boolean().optional() }),
  /** A 200 with a web page, as a captive portal answers. Nothing is stored. */
  z.object({ ...shared, kind: z.literal('html') }),
  /** These inputs of a POST are refused with `code`; the others are taken (MIXED_STATUS). */
  z.object({
    ...shared,
    ...picks,
    kind: z.literal('per-input'),
    code: z.number().int(),
    details: z.string().optional(),
  }),
  /** The PAT counts as revoked: 401 with `code` (default 11009). */
  z.object({ ...shared, kind: z.literal('revoke-pat'), code: z.number().int().optional() }),
  /** Takes `after` more inputs, then refuses whole POSTs: HTTP `http` (default 403), `code` (default 11004). */
  z.object({
    ...shared,
    kind: z.literal('quota'),
    after: z.number().int().nonnegative(),
    code: z.number().int().optional(),
    http: z.number().int().optional(),
  }),
  /** Inputs of a POST take this long until they are indexed. */
  z.object({ ...shared, ...picks, kind: z.literal('slow-indexing'), ms: z.number().nonnegative() }),
  /** Inputs of a POST are accepted and fail later with `code` (default 30002). */
  z.object({
    ...shared,
    ...picks,
    kind: z.literal('indexing-failure'),
    code: z.number().int().optional(),
    details: z.string().optional(),
  }),
  /** Inputs of a POST stay at 30001 for ever. */
  z.object({ ...shared, ...picks, kind: z.literal('never-index') }),
  /** Reads the body, and writes the reply, at this pace. */
  z.object({ ...shared, kind: z.literal('slow-link'), bytesPerSecond: z.number().positive() }),
]);

/** One rule of a fault script. */
export type FaultRule = z.infer<typeof faultRule>;
/** Parses a fault script; throws a ZodError that names the wrong part. */
export const parseFaultRules = (script: unknown): FaultRule[] => z.array(faultRule).parse(script);

/** A rule with the counters of its life. `count` counts inputs, for `every` and `quota`. */
export interface ArmedRule {
  readonly rule: FaultRule;
  readonly path: RegExp | null;
  skipped: number;
  fired: number;
  count: number;
}

/** Fault rules that bend one request, in the order of the script. */
export type FiredRules = readonly ArmedRule[];

const arm = (rule: FaultRule): ArmedRule => ({
  rule,
  path: rule.on?.path === undefined ? null : new RegExp(rule.on.path),
  skipped: 0,
  fired: 0,
  count: 0,
});

const scopeMatches = (armed: ArmedRule, method: string, path: string): boolean =>
  (armed.rule.on?.method === undefined || armed.rule.on.method.toUpperCase() === method) &&
  (armed.path === null || armed.path.test(path));

const fire = (armed: ArmedRule): boolean => {
  if (armed.skipped < (armed.rule.skip ?? 0)) {
    armed.skipped += 1;
    return false;
  }
  if (armed.fired >= (armed.rule.times ?? Infinity)) return false;
  armed.fired += 1;
  return true;
};

/** Kinds that end a request: of these only the first that matches fires, and the others wait for the next request. */
const ENDS: ReadonlySet<FaultRule['kind']> = new Set(['status', 'cut', 'wrong-json', 'html', 'revoke-pat']);

const fireAll = (matching: readonly ArmedRule[]): ArmedRule[] => {
  const fired: ArmedRule[] = [];
  for (const armed of matching) {
    const ended = ENDS.has(armed.rule.kind) && fired.some((other) => ENDS.has(other.rule.kind));
    if (!ended && fire(armed)) fired.push(armed);
  }
  return fired;
};

/** Keeps the script and decides, request by request, which rules fire. */
export const createFaults = (script: readonly FaultRule[] = []) => {
  let rules = script.map(arm);
  return {
    set: (next: readonly FaultRule[]): void => {
      rules = next.map(arm);
    },
    /** Rules without an input id, when the headers are there. */
    atHeaders: (method: string, path: string): FiredRules =>
      fireAll(rules.filter((a) => a.rule.on?.inputId === undefined && scopeMatches(a, method, path))),
    /** Whether any rule waits for an input id, so that bodies need not be searched for nothing. */
    wantIds: (): boolean => rules.some((a) => a.rule.on?.inputId !== undefined),
    /** Rules with an input id, when the body is parsed. */
    atIds: (method: string, path: string, ids: readonly string[]): FiredRules =>
      fireAll(
        rules.filter(
          (a) =>
            a.rule.on?.inputId !== undefined &&
            ids.includes(a.rule.on.inputId) &&
            scopeMatches(a, method, path),
        ),
      ),
  };
};
export type Faults = ReturnType<typeof createFaults>;

/** The fired rules of one kind. */
export const ofKind = <K extends FaultRule['kind']>(
  fired: FiredRules,
  kind: K,
): (ArmedRule & { readonly rule: Extract<FaultRule, { kind: K }> })[] =>
  fired.filter(
    (a): a is ArmedRule & { readonly rule: Extract<FaultRule, { kind: K }> } => a.rule.kind === kind,
  );

/** Whether a per-input rule picks this input; counts it. */
export const picksInput = (
  armed: ArmedRule & { readonly rule: { inputIds?: string[] | undefined; every?: number | undefined } },
  inputId: string,
): boolean => {
  armed.count += 1;
  if (armed.rule.inputIds !== undefined) return armed.rule.inputIds.includes(inputId);
  return armed.rule.every === undefined || armed.count % armed.rule.every === 0;
};
