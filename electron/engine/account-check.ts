/**
 * Whether an account can be worked with: two requests that change nothing, and what their answers mean for whoever
 * typed the names. The service's codes are in clarifai/status-codes.
 */
import type { Clock } from './clock.ts';
import type { EngineHost } from './host.ts';
import { PRACTICE_BASE_URL } from './ledger/destinations.ts';
import { createClient } from './clarifai/client.ts';
import type { RequestProblem } from './clarifai/errors.ts';
import { createLimiter } from './clarifai/limiter.ts';
import type { WireInputCounts } from './clarifai/wire.ts';
import { withoutHome } from './without-home.ts';
import type { DestinationNames } from '#shared/destination.ts';
import type { AccountCheck, AccountProblem } from '#shared/glance.ts';

/** The service's code for a token without the right for a request (CONN_INSUFFICIENT_SCOPES). */
const INSUFFICIENT_SCOPES = 11007;

/** Somebody waits for the answer. In ms. */
const SILENCE_MS = 15_000;

/** Asks the account for its counts and its concepts with this token. */
export async function checkAccount(
  account: DestinationNames & { readonly pat: string },
  host: { readonly fetch: typeof fetch; readonly clock: Clock },
): Promise<AccountCheck> {
  const client = createClient({
    apiBase: account.baseUrl,
    userId: account.userId,
    appId: account.appId,
    pat: () => Promise.resolve(account.pat),
    fetch: host.fetch,
    limiter: createLimiter(host.clock),
    clock: host.clock,
    transport: { stallMs: SILENCE_MS, answerMs: SILENCE_MS },
  });
  const counted = await client.inputCounts();
  if (counted.kind === 'problem') return explain(counted.problem, 'inputs');
  const concepts = await client.listConcepts({ page: 1, perPage: 1 });
  if (concepts.kind === 'problem') return explain(concepts.problem, 'concepts');
  return { ok: true, inputCount: totalOf(counted.counts) };
}

/** The same for an account that is known: with the token that the host keeps, or the practice account's own. */
export async function checkKnownAccount(
  { baseUrl, userId, appId }: DestinationNames,
  host: Pick<EngineHost, 'fetch' | 'clock' | 'pat' | 'practice'>,
): Promise<AccountCheck> {
  const names = { userId, appId };
  try {
    if (baseUrl === PRACTICE_BASE_URL) {
      const { apiBase, pat } = await host.practice();
      return await checkAccount({ ...names, baseUrl: apiBase, pat }, host);
    }
    const pat = await host.pat(baseUrl);
    if (pat === null) return notAsked('no-token', SENTENCES['no-token']);
    return await checkAccount({ ...names, baseUrl, pat }, host);
  } catch (error) {
    // The host's own words: a file that others may read, a keychain that is locked, a server that does not start.
    return notAsked('other', error instanceof Error ? error.message : String(error));
  }
}

function notAsked(problem: AccountProblem, sentence: string): AccountCheck {
  return { ok: false, problem, sentence, detail: null };
}

/** Inputs of every state; those that are being indexed again are among the processed. */
function totalOf(counts: WireInputCounts | null): number | null {
  if (counts === null) return null;
  return counts.processed + counts.processing + counts.toProcess + counts.errors;
}

function explain(found: RequestProblem, asked: 'inputs' | 'concepts'): AccountCheck {
  const problem = problemOf(found);
  return { ok: false, problem, sentence: sentenceOf(problem, found, asked), detail: detailOf(found) };
}

function problemOf({ kind, code, http }: RequestProblem): AccountProblem {
  switch (kind) {
    case 'token-rejected':
      return 'wrong-token';
    case 'not-permitted':
      if (code === INSUFFICIENT_SCOPES) return 'missing-scope';
      return http === 403 ? 'other' : 'wrong-user-or-app';
    case 'missing':
      return 'wrong-user-or-app';
    case 'offline':
    case 'cut':
    case 'timeout':
      return 'offline';
    case 'throttled':
    case 'not-the-service':
      return kind;
    default:
      return 'other';
  }
}

const SENTENCES: Readonly<Record<Exclude<AccountProblem, 'missing-scope' | 'other'>, string>> = {
  'no-token': 'There is no token for this account. Its photos and edits wait. Enter one, and they go.',
  'wrong-token':
    'The service does not know this token. Copy the personal access token (PAT) again from the security ' +
    'settings of your account; an expired one has to be made anew.',
  'wrong-user-or-app':
    'The service finds no such user or app for this token. Compare both ids with the address of your app in the ' +
    'browser: clarifai.com, then the user id, then the app id.',
  offline:
    'The service cannot be reached. Check the network and the address; everything but sending works meanwhile.',
  'not-the-service':
    'Something else than the service answers there: the sign-in page of a network, a proxy, or another server. ' +
    'Open a page in the browser to sign in to the network, or correct the address.',
  throttled: 'The service has too many requests with this token just now. Wait a minute and check again.',
};

const RIGHTS = { inputs: 'to read inputs', concepts: 'to read concepts' } as const;

function sentenceOf(problem: AccountProblem, found: RequestProblem, asked: 'inputs' | 'concepts'): string {
  if (problem === 'missing-scope') {
    return (
      `The token is right but not allowed ${RIGHTS[asked]}. Make one that may read and add inputs, annotations and ` +
      'concepts, and enter that.'
    );
  }
  if (problem !== 'other') return SENTENCES[problem];
  switch (found.kind) {
    case 'over-quota':
      return 'The quota of the account is used up. Look at its plan, then check again.';
    case 'not-permitted':
      return 'The service lets this token do nothing here. Sign in on its site and look at the state of your account.';
    case 'maintenance':
    case 'server-error':
      return 'The service has trouble of its own. Nothing is wrong with what you entered as far as one can tell; check again later.';
    default:
      return 'The service gave an answer that Tagalong does not understand. Compare the address, and check again.';
  }
}

function detailOf({ code, description, details }: RequestProblem): string | null {
  const words = [code === undefined ? null : `${code}`, description, details].filter(
    (part) => part !== undefined && part !== null && part !== '',
  );
  return words.length === 0 ? null : withoutHome(words.join(' · '));
}
