/** A path on one line: a newline or a control character in a name must not forge lines or move the cursor. */
export function plainPath(path: string): string {
  return path.replaceAll(/[\p{Cc}\u2028\u2029]/gu, (character) =>
    character === '\n' ? '\\n' : `\\u{${character.codePointAt(0)?.toString(16) ?? ''}}`,
  );
}
