/**
 * What of a log line may be shown to others. Nothing is taken out of it; what is known to be harmless is taken over:
 * numbers by their key, words of this program by their shape, and of free text only names of errors and places in the
 * program. Free text names files, and nobody can tell by looking where such a name ends.
 */
import { constants } from 'node:os';

/** Facts that are whole numbers or yes and no. */
const COUNTED = [
  'again',
  'attempt',
  'batchId',
  'code',
  'count',
  'destinationId',
  'exitCode',
  'failureCount',
  'fileCount',
  'folderId',
  'lackingConcept',
  'lifeMs',
  'notThere',
  'photoCount',
  'photoId',
  'there',
  'until',
] as const;
/** Facts that are words of this program. */
const WORDED = ['call', 'cause', 'hold', 'job', 'kind', 'problem', 'reason', 'why'] as const;
/** Facts that are somebody's own words. */
const TOLD = ['at', 'code', 'detail', 'error', 'how', 'trouble', 'words'] as const;

const LEVELS: Readonly<Record<number, string>> = { 20: 'debug', 30: 'info', 40: 'warn', 50: 'error' };
const EVENT = /^[A-Za-z][a-z]*(?:[ .-][A-Za-z]+){0,6}$/u;
const WORD = /^[A-Za-z][a-z]*(?:-[a-z]+){0,4}$|^[A-Z][A-Za-z]{0,40}Error$/u;
const LONGEST_WORD = 40;
const SYSTEM_CODES = new Set(Object.keys(constants.errno));
/** Names of errors, codes of SQLite and Node, and lines of this program's files: `upload.ts:12:3`. */
const SPEAKING =
  /(?<![\w./\\-])(?:[A-Z][A-Za-z]{0,40}Error|SQLITE_[A-Z_]{3,30}|ERR_[A-Z_]{3,40}|E[A-Z0-9]{2,14}|HTTP \d{3})(?![\w./\\-])|(?<=[/\\])[a-z][a-z-]{0,40}\.(?:ts|js|mjs):\d{1,6}(?::\d{1,6})?(?!\w)/gu;

/** A log line that may be shown. */
export type PlainLine = Readonly<Record<string, string | number | boolean>>;

/** Names of errors and places in the program that a free text holds, in order; null: it holds none. */
export function speakingParts(text: string): string | null {
  const found = [...text.matchAll(SPEAKING)]
    .map(([part]) => part)
    .filter((part) => !/^E[A-Z0-9]+$/u.test(part) || SYSTEM_CODES.has(part));
  return found.length === 0 ? null : [...new Set(found)].slice(0, 12).join(' ');
}

/** What may be shown of a line of the log; null when it is no such line. */
export function plainLine(line: string): PlainLine | null {
  const facts = objectIn(line);
  if (facts === null || !isCount(facts['time'])) return null;
  const { time, level, msg } = facts;
  return {
    at: new Date(time).toISOString(),
    level: LEVELS[Number(level)] ?? 'other',
    event: typeof msg === 'string' && msg.length <= 60 && EVENT.test(msg) ? msg : '(left out)',
    ...Object.fromEntries<string | number | boolean>([
      ...COUNTED.flatMap((key) => {
        const value = facts[key];
        return isCount(value) || typeof value === 'boolean' ? [[key, value] as const] : [];
      }),
      ...WORDED.flatMap((key) => {
        const value = facts[key];
        return typeof value === 'string' && value.length <= LONGEST_WORD && WORD.test(value)
          ? [[key, value] as const]
          : [];
      }),
      ...TOLD.flatMap((key) => {
        const value = facts[key];
        const told = typeof value === 'string' ? speakingParts(value) : null;
        return told === null ? [] : [[key, told] as const];
      }),
    ]),
  };
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value);
}

function objectIn(line: string): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : null;
  } catch (error) {
    // A line that was cut at its beginning, or not written to its end.
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
