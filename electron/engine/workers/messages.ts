/** What engine and worker process say to each other. Plain data; every message carries its request's number. */

/** Engine to worker: do this, or stop doing it (its answer is no longer wanted). */
export type ToWorker =
  | { readonly id: number; readonly job: { readonly kind: string } }
  | { readonly id: number; readonly cancel: true };

/** Worker to engine; each message also tells the worker's own resident memory. */
export type FromWorker = { readonly id: number; readonly rssBytes: number } & (
  | { readonly kind: 'alive' }
  /** A part of an answer that streams, before the answer itself. */
  | { readonly kind: 'part'; readonly part: unknown }
  | { readonly kind: 'answer'; readonly answer: unknown }
  /** What the job threw: no verdict about the photo (a full disk, a programming error). */
  | { readonly kind: 'error'; readonly name: string; readonly words: string }
);
