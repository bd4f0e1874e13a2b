/**
 * Takes the home folder, and with it the name of its user, out of what may be shown to others: sentences of errors, the
 * system's own words, lines of the log. Paths that are asked for as paths stay whole.
 */
import { realpathSync } from 'node:fs';
import { homedir } from 'node:os';

/** On these systems a path is the same whatever its letters' case. */
const IGNORES_CASE = process.platform === 'win32' || process.platform === 'darwin';
/** What goes on with a name: `/home/jane` is not in `/home/janet`, but it is in a sentence that ends with it. */
const NAME_ENDS = String.raw`(?![\p{L}\p{N}_-]|\.[\p{L}\p{N}])`;

const patterns = new Map<string, RegExp | null>();

/**
 * `/home/jane/Pictures` → `~/Pictures`, also where the path is escaped as in JSON or stands in an address, and for the
 * folder that the home is a link to.
 *
 * @param home default: that of this user
 */
export function withoutHome(text: string, home: string = homedir()): string {
  let pattern = patterns.get(home);
  if (pattern === undefined) {
    pattern = patternOf(home);
    patterns.set(home, pattern);
  }
  return pattern === null ? text : text.replaceAll(pattern, '~');
}

/** The same for words that may be missing. */
export function plainWords(words: string | null): string | null {
  return words === null ? null : withoutHome(words);
}

/** Calls whose errors name no home folder, wherever their words go. */
export function sayingNoHome<Calls extends object>(calls: Calls): Calls {
  const plain = Object.entries(
    calls as Readonly<Record<string, (argument: unknown) => Promise<unknown>>>,
  ).map(([name, call]) => [
    name,
    async (argument: unknown): Promise<unknown> => {
      try {
        return await call(argument);
      } catch (error) {
        hideHome(error);
        throw error;
      }
    },
  ]);
  return Object.fromEntries(plain) as Calls;
}

/** In the same error, since who calls from this process knows it by its kind. */
function hideHome(error: unknown): void {
  if (!(error instanceof Error)) return;
  const value = withoutHome(error.message);
  // Messages of some errors, as of a DOMException, have no setter.
  if (value !== error.message) Object.defineProperty(error, 'message', { value, configurable: true });
}

function patternOf(home: string): RegExp | null {
  const written = new Set([home, realHome(home)].flatMap((one) => [one, jsonOf(one), encodeURI(one)]));
  // A home at the top of the disk says nothing of anybody, and stands in every path.
  const telling = [...written].filter((one) => one.length > 1).toSorted((a, b) => b.length - a.length);
  if (telling.length === 0) return null;
  const any = telling.map((one) => RegExp.escape(one)).join('|');
  return new RegExp(`(?:${any})${NAME_ENDS}`, IGNORES_CASE ? 'giu' : 'gu');
}

function jsonOf(path: string): string {
  return JSON.stringify(path).slice(1, -1);
}

function realHome(home: string): string {
  try {
    return realpathSync(home);
  } catch (error) {
    // A home that is not there is no link to another folder.
    if (error instanceof Error && 'code' in error) return home;
    throw error;
  }
}
