/**
 * Keyword files as photo programs write them: one keyword per line, a list with commas, or levels by tabs (Lightroom,
 * Controlled Vocabulary): `[LEVEL]` is not given to photos itself, `{word}` is another name for the keyword above it.
 */
import { keptName, problemOf } from './concept-search.ts';
import type { KeywordEntry } from '#shared/tagging.ts';

/** What a file holds. */
export interface KeywordFile {
  readonly entries: readonly KeywordEntry[];
  readonly problems: readonly { readonly line: number; readonly problem: string }[];
}

/** A file that cannot be read as keywords; the message says what to do. */
export class KeywordFileError extends Error {
  override readonly name = 'KeywordFileError';
}

/** Most levels of a keyword; each entry carries all of its own. */
const LEVEL_LIMIT = 32;

/** One level while a file is read. */
interface Level {
  readonly name: string;
  readonly isCategory: boolean;
  readonly synonyms: string[];
  readonly path: readonly string[];
  hasChildren: boolean;
}

/**
 * Reads a file's text. `leaves` takes the last levels only, `all-levels` each that is given to photos.
 *
 * @throws KeywordFileError when the text was not decoded right
 */
export function parseKeywordFile(text: string, takes: 'leaves' | 'all-levels'): KeywordFile {
  // A text in UTF-16 that was read as UTF-8 is full of zeros, or begins with what is no character.
  if (text.includes('\0') || /^(?:\uFFFD\uFFFD|[\uFFFE]|ÿþ|þÿ)/u.test(text)) {
    throw new KeywordFileError(
      'This file is not written in UTF-8, so its keywords cannot be read. Save it as UTF-8 text and choose it again.',
    );
  }
  const lines = text.replace(/^\uFEFF/, '').split(/\r\n|\r|\n/);
  const hasLevels = lines.some((line) => /^\t\s*\S/.test(line));
  const { levels, problems } = hasLevels ? readLevels(lines) : readLists(lines);
  const taken = levels.filter(
    ({ isCategory, hasChildren }) => !isCategory && (takes === 'all-levels' || !hasChildren),
  );
  return { entries: taken.map(({ path, synonyms }) => ({ path, synonyms })), problems };
}

interface Read {
  readonly levels: readonly Level[];
  readonly problems: { line: number; problem: string }[];
}

function readLists(lines: readonly string[]): Read {
  const read: Read & { levels: Level[] } = { levels: [], problems: [] };
  for (const [index, line] of lines.entries()) {
    for (const part of line.split(',')) {
      const { name, isCategory, isSynonym } = wordIn(part);
      if (name === '') continue;
      const problem = problemOf(name);
      if (problem !== null) read.problems.push({ line: index + 1, problem });
      else if (isSynonym) noteSynonym(read, index + 1, name, read.levels.at(-1));
      else read.levels.push({ name, isCategory, synonyms: [], path: [name], hasChildren: false });
    }
  }
  return read;
}

function readLevels(lines: readonly string[]): Read {
  const read: Read & { levels: Level[] } = { levels: [], problems: [] };
  /** The levels above the next line; a level that was left out leaves a gap. */
  let above: (Level | undefined)[] = [];
  for (const [index, line] of lines.entries()) {
    const depth = /^\t*/.exec(line)?.[0].length ?? 0;
    const { name, isCategory, isSynonym } = wordIn(line);
    if (name === '') continue;
    const parent = above[depth - 1];
    if (isSynonym) {
      const problem = problemOf(name);
      if (problem === null) noteSynonym(read, index + 1, name, parent ?? above.at(-1));
      else read.problems.push({ line: index + 1, problem });
      continue;
    }
    const problem = problemOf(name) ?? levelProblem(name, depth, parent !== undefined);
    above = above.slice(0, depth);
    if (problem !== null) {
      read.problems.push({ line: index + 1, problem });
      continue;
    }
    if (parent !== undefined) parent.hasChildren = true;
    const level = {
      name,
      isCategory,
      synonyms: [],
      path: [...(parent?.path ?? []), name],
      hasChildren: false,
    };
    above[depth] = level;
    read.levels.push(level);
  }
  return read;
}

function levelProblem(name: string, depth: number, hasParent: boolean): string | null {
  if (depth >= LEVEL_LIMIT) {
    return `"${name}" stands below more than ${LEVEL_LIMIT} levels. Begin it with fewer tabs.`;
  }
  if (depth === 0 || hasParent) return null;
  return `"${name}" stands under a level that is missing. Begin it with fewer tabs.`;
}

function noteSynonym(
  { problems }: Pick<Read, 'problems'>,
  line: number,
  name: string,
  owner: Level | undefined,
): void {
  if (owner === undefined) {
    problems.push({ line, problem: `{${name}} is another name, but no keyword stands above it.` });
  } else if (!owner.synonyms.includes(name)) {
    owner.synonyms.push(name);
  }
}

/** A word without its brackets, braces or quotes. */
function wordIn(text: string): { name: string; isCategory: boolean; isSynonym: boolean } {
  const bare = keptName(text);
  const inside = keptName(bare.slice(1, -1));
  if (/^\[.*\]$/s.test(bare)) return { name: inside, isCategory: true, isSynonym: false };
  if (/^\{.*\}$/s.test(bare)) return { name: inside, isCategory: false, isSynonym: true };
  return { name: /^".*"$/s.test(bare) ? inside : bare, isCategory: false, isSynonym: false };
}
