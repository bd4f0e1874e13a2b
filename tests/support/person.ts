/** Programs with a person's rights to files: permissions keep a person out of a file, but not root. */

/** What root passes over permissions with. */
const PRIVILEGES = '-dac_override,-dac_read_search';

/**
 * The words that start a program so that `chmod 000` on a file keeps it out, whoever runs the tests: root's right to
 * pass over that is taken from the process and all that it starts. Anybody else has no such right.
 */
export function asPerson(program: string, words: readonly string[]): readonly [string, readonly string[]] {
  if (process.getuid?.() !== 0) return [program, words];
  return ['setpriv', [`--bounding-set=${PRIVILEGES}`, `--inh-caps=${PRIVILEGES}`, program, ...words]];
}
