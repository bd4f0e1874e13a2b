import type { Outcome } from '../clarifai/errors.ts';

/** One request, ended by the signal. */
export type Request<T> = (signal: AbortSignal) => Promise<Outcome<T>>;

export type RequestLine = ReturnType<typeof createRequestLine>;

/** Sends requests, counts them, and can cut off all that are out. */
export function createRequestLine() {
  let controller = new AbortController();
  let count = 0;
  return {
    async send<T>(request: Request<T>): Promise<Outcome<T> | null> {
      const { signal } = controller;
      count += 1;
      try {
        return await request(signal);
      } catch (error) {
        if (signal.aborted) return null;
        throw error;
      }
    },
    cutOff(): void {
      controller.abort();
      controller = new AbortController();
    },
    signal: () => controller.signal,
    requestCount: () => count,
  };
}
