import { PortClosedError } from '#shared/calls.ts';

/**
 * Tells the page's last resort of a question that failed. A line that broke is none: the frame says so, and what was asked
 * is asked again when it is back.
 */
export function reportProblem(problem: unknown): void {
  if (problem instanceof PortClosedError) return;
  reportError(problem);
}
