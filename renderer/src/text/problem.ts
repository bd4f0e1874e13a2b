/** What is said of an act that failed. */

/**
 * The words of an error, for people. A line that broke under way leaves open what became of the act, whichever it was:
 * that is said, and nothing more.
 */
export function problemSentence(error: unknown): string {
  const { name, message } = error instanceof Error ? error : { name: '', message: String(error) };
  return name === 'PortClosedError'
    ? 'The line broke before that was confirmed. Nothing is lost: once it is back, what is shown is what is kept, and doing it again does no harm.'
    : message;
}
