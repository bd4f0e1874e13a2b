import { withoutHome } from '../engine/without-home.ts';

/** What a command has of its surroundings, handed in so that tests can hand in others. */
export interface Terminal {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Standard error: progress and remarks. */
  readonly err: { readonly isTTY?: boolean; readonly columns?: number; write(text: string): unknown };
  /** Aborted by the first Ctrl-C. */
  readonly interrupted: AbortSignal;
  /** One line on standard output: results. */
  print(line: string): void;
  /** One line on standard error: remarks. */
  say(line: string): void;
  /** Waits; ends early on Ctrl-C. */
  pause(ms: number): Promise<void>;
}

/** The terminal of this process. The first Ctrl-C asks to stop in order, the second one ends at once. */
export function processTerminal(): Terminal {
  const interrupt = new AbortController();
  const onSignal = (): void => {
    if (interrupt.signal.aborted) process.exit(130);
    interrupt.abort();
    process.stderr.write('\nStopping in order; Ctrl-C again stops at once.\n');
  };
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
  // Whoever read our output has gone (`| head`); there is nobody left to tell.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(0);
    throw error;
  });
  return {
    env: process.env,
    err: process.stderr,
    interrupted: interrupt.signal,
    print: (line) => void process.stdout.write(`${line}\n`),
    // Remarks are what is copied into a question to others.
    say: (line) => void process.stderr.write(`${withoutHome(line)}\n`),
    pause: (ms) =>
      new Promise((resolve) => {
        const end = (): void => {
          clearTimeout(timer);
          interrupt.signal.removeEventListener('abort', end);
          resolve();
        };
        const timer = setTimeout(end, ms);
        interrupt.signal.addEventListener('abort', end);
      }),
  };
}
