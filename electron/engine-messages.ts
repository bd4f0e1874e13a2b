/** What main and the engine's process say to each other, besides the calls of pages, which never pass through main. */
import type { PracticeAccount } from './engine/host.ts';

/** Main to engine. */
export type ToEngine =
  /** Comes first, with a port for {@link MainCalls}. */
  | { readonly kind: 'start'; readonly dataFolder: string }
  /** Comes with a port, over which the engine's calls are served and its events told. */
  | { readonly kind: 'client' }
  /** A worker that was asked for; comes with a port to it. */
  | { readonly kind: 'worker'; readonly id: number; readonly pid: number }
  | { readonly kind: 'worker-gone'; readonly id: number; readonly reason: string }
  /** End in order. */
  | { readonly kind: 'stop' };

/** Why an engine cannot start. */
export interface Refusal {
  /** For people. */
  readonly sentence: string;
  /** The ledger is damaged: a backup would help. */
  readonly isDamaged: boolean;
}

/** Engine to main. */
export type FromEngine =
  | { readonly kind: 'ready' }
  /** It cannot start, and would not at a second try; the sentence is for people. */
  | ({ readonly kind: 'refused' } & Refusal)
  | { readonly kind: 'start-worker'; readonly id: number }
  | { readonly kind: 'end-worker'; readonly id: number };

/** What the engine asks of main, since only main has a keychain and may start processes. */
export interface MainCalls {
  pat(which: { readonly baseUrl: string }): Promise<string | null>;
  practice(nothing: Record<string, never>): Promise<PracticeAccount>;
}

/** Names of these calls. */
export const MAIN_CALLS = ['pat', 'practice'] as const satisfies readonly (keyof MainCalls)[];
