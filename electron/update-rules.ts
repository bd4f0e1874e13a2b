/** What is known of a newer version, and when it is asked about. Decisions only. */
import type { UpdateState } from '#shared/desktop.ts';

/** Between two questions that nobody asked for, in ms. */
const GAP_MS = 24 * 3_600_000;

/** What was heard of the feed. */
export type UpdateNews =
  | { readonly kind: 'offered'; readonly version: string }
  | { readonly kind: 'nothing-newer' }
  /** Of the download. */
  | { readonly kind: 'part'; readonly fraction: number }
  | { readonly kind: 'here' }
  | { readonly kind: 'failed' };

/** What is known after it. */
export function afterNews(state: UpdateState, news: UpdateNews): UpdateState {
  if (state.state === 'loading') {
    const { version, fraction } = state;
    if (news.kind === 'part') return { ...state, fraction: Math.max(fraction, Math.min(1, news.fraction)) };
    if (news.kind === 'here') return { state: 'ready', version };
    return news.kind === 'failed' ? { state: 'offered', version, hasFailed: true } : state;
  }
  // A version that is taken back is not put in place any more, though it is here.
  if (news.kind === 'nothing-newer') return { state: 'none' };
  if (news.kind !== 'offered') return state;
  const isKnown = state.state !== 'none' && state.version === news.version;
  return isKnown ? state : { state: 'offered', version: news.version, hasFailed: false };
}

/** Whether it is asked now, without anybody's asking. */
export function isLookDue(facts: {
  readonly isWanted: boolean;
  readonly state: UpdateState;
  /** UTC ms; null: not yet. */
  readonly lookedAt: number | null;
  readonly now: number;
}): boolean {
  const { isWanted, state, lookedAt, now } = facts;
  if (!isWanted || state.state === 'loading') return false;
  // A clock that was set back has to catch up with nothing.
  return lookedAt === null || now < lookedAt || now - lookedAt >= GAP_MS;
}
