/** One place where JSON or a query string departs from the service's protos. */
export interface WireProblem {
  /** Dotted path with indexes, such as `inputs[3].data.concepts[0].value`; `query.page`, `path` or `body` for those. */
  readonly where: string;
  /** What stands there and what is expected, as `a boolean where a float is expected`. */
  readonly problem: string;
}

/** Takes down one problem. */
export type Report = (where: string, problem: string) => void;

/** `base.key`, or `key` at the top. */
export function inside(base: string, key: string): string {
  return base === '' ? key : `${base}.${key}`;
}

/** A JSON value named for a sentence: `a boolean`, `an array`, `null`. */
export function named(value: unknown): string {
  if (value === null) return 'null';
  if (value === undefined) return 'nothing';
  if (Array.isArray(value)) return 'an array';
  if (typeof value === 'object') return 'an object';
  return `a ${typeof value}`;
}

/** A JSON object, as opposed to an array, null or a scalar. */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
