/** What stands before every API call: the PAT, the rate limit, the right user and app. */
import type { IncomingHttpHeaders } from 'node:http';
import { REQUESTS_PER_SECOND } from '#shared/limits.ts';
import { ofKind, type FiredRules } from './faults.ts';
import { Refusal } from './reply.ts';

/** Refuses a missing, malformed, wrong or (by a fault) revoked PAT. */
export const checkPat = (headers: IncomingHttpHeaders, pat: string, fired: FiredRules): void => {
  const given = /^Key (\S+)$/.exec(headers.authorization ?? '')?.[1];
  if (given === undefined) throw new Refusal(401, 11102, 'Empty or malformed authorization header');
  if (given !== pat) throw new Refusal(401, 11009, 'The personal access token (PAT) is not known');
  const revoked = ofKind(fired, 'revoke-pat')[0];
  if (revoked !== undefined) throw new Refusal(401, revoked.rule.code ?? 11009, 'The PAT was revoked');
};

/** Lets 15 requests pass in any sliding second; `admit` says whether this one may. */
export const createRateLimit = (perSecond = REQUESTS_PER_SECOND) => {
  const admitted: number[] = [];
  return {
    admit: (atMs: number): boolean => {
      while (admitted.length > 0 && (admitted[0] ?? 0) <= atMs - 1_000) admitted.shift();
      if (admitted.length >= perSecond) return false;
      admitted.push(atMs);
      return true;
    },
  };
};

interface UserApp {
  readonly userId: string;
  readonly appId: string;
}

const isGiven = (value: unknown): boolean => value !== undefined && value !== null && value !== '';

/** Refuses another user or app; `me` is the user of the PAT. Names come from the path, the query or the body. */
export const checkUserApp = (
  own: UserApp,
  fromPath: UserApp | null,
  query: URLSearchParams,
  body: Readonly<Record<string, unknown>>,
): void => {
  const inBody = (body['user_app_id'] ?? {}) as { user_id?: unknown; app_id?: unknown };
  const users = [fromPath?.userId, query.get('user_app_id.user_id'), inBody.user_id];
  const apps = [fromPath?.appId, query.get('user_app_id.app_id'), inBody.app_id];
  if (users.some((user) => isGiven(user) && user !== own.userId && user !== 'me')) {
    throw new Refusal(404, 11101, 'The user does not exist');
  }
  if (apps.some((app) => isGiven(app) && app !== own.appId))
    throw new Refusal(404, 11101, 'The app does not exist');
};
