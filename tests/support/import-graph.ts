/** Reads which files of a tree name which others, to prove what can and cannot be reached from where. */
import { existsSync, readFileSync } from 'node:fs';
import { glob } from 'node:fs/promises';
import path from 'node:path';

/** What one source file names. */
export interface Imports {
  /**
   * Files of the tree, relative to its root, with `/`. Any string that is a relative path to an existing source file
   * counts, so that dynamic imports, workers (`new URL('./worker.ts', …)`) and `require` are edges like any other.
   */
  readonly files: readonly string[];
  /** Bare specifiers (`electron`, `node:fs`, `zod`) of imports. */
  readonly packages: readonly string[];
  /** Relative or `#shared/` specifiers of imports that lead to no file. */
  readonly missing: readonly string[];
  /** True when an `import(…)` does not say in plain text what it loads. */
  readonly computed: boolean;
}

/** Everything that can be reached from some files. */
export interface Reach {
  /** Each reached file with the file that led to it; the starting files lead to themselves. */
  readonly files: ReadonlyMap<string, string>;
  /** Each bare specifier with the first file that imports it. */
  readonly packages: ReadonlyMap<string, string>;
  /** `file: what is wrong` for each file that cannot be followed. */
  readonly unclear: readonly string[];
}

const QUOTED = /(['"`])((?:\.{1,2}\/|#shared\/)[^'"`\s]*\.(?:ts|tsx|mts|mjs|js))\1/g;
const SPECIFIER = /(?:\bfrom\s*|\bimport\s*\(?\s*|\brequire\s*\(\s*)(['"`])([^'"`\s]+)\1/g;
const COMPUTED = /\bimport\s*\(\s*(?!['"]|`[^$`]*`)/;
// Erased before the program runs.
const TYPE_ONLY = /^[ \t]*(?:import|export)\s+type\s[^;'"]*?\bfrom\s*(['"])[^'"]*\1/gm;
const COMMENT = /^[ \t]*\/\*[^]*?\*\/|^[ \t]*\/\/.*$/gm;

/** Reads one file. */
export function readImports(root: string, file: string): Imports {
  const text = readFileSync(path.join(root, file), 'utf8').replaceAll(COMMENT, '').replaceAll(TYPE_ONLY, '');
  const resolve = (specifier: string): string =>
    specifier.startsWith('#')
      ? specifier.slice(1)
      : path.posix.normalize(path.posix.join(path.posix.dirname(file), specifier));
  const specifiers = [...text.matchAll(SPECIFIER)].map((match) => match[2] ?? '');
  const own = specifiers.filter((specifier) => /^(\.{1,2}\/|#shared\/)/.test(specifier));
  const named = [...text.matchAll(QUOTED)].map((match) => match[2] ?? '');
  return {
    files: [...new Set([...named, ...own].map(resolve))].filter((target) =>
      existsSync(path.join(root, target)),
    ),
    packages: specifiers.filter((specifier) => !own.includes(specifier)),
    missing: own.filter((specifier) => !existsSync(path.join(root, resolve(specifier)))),
    computed: COMPUTED.test(text),
  };
}

/** Follows all imports from `start` (paths relative to `root`). */
export function reachFrom(root: string, start: readonly string[]): Reach {
  const files = new Map<string, string>(start.map((file) => [file, file]));
  const packages = new Map<string, string>();
  const unclear: string[] = [];
  // A Map hands out what is added while it is walked.
  for (const file of files.keys()) {
    if (!/\.(ts|tsx|mts|mjs|js)$/.test(file)) continue;
    const found = readImports(root, file);
    for (const target of found.files) if (!files.has(target)) files.set(target, file);
    for (const name of found.packages) if (!packages.has(name)) packages.set(name, file);
    for (const specifier of found.missing) unclear.push(`${file}: ${specifier} does not exist`);
    if (found.computed) unclear.push(`${file}: an import(…) whose target is computed`);
  }
  return { files, packages, unclear };
}

/** How `target` was reached: `a.ts → b.ts → c.ts`. */
export function chainTo(reach: Reach, target: string): string {
  const chain = [target];
  for (let at = target; ;) {
    const from = reach.files.get(at);
    if (from === undefined || from === at) return chain.toReversed().join(' → ');
    chain.push(from);
    at = from;
  }
}

/** All source files below a folder, relative to `root`, sorted; none when the folder does not exist. */
export async function sourcesIn(root: string, folder: string): Promise<string[]> {
  const found: string[] = [];
  for await (const file of glob(`${folder}/**/*.{ts,tsx,mts,mjs,js}`, { cwd: root })) {
    found.push(file.split(path.sep).join('/'));
  }
  return found.toSorted();
}
