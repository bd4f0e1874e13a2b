import type { DestinationNames } from '#shared/destination.ts';

/** The service's own address. */
export const DEFAULT_API_BASE = 'https://api.clarifai.com';

/** What a command says of the account; what it does not say comes from the environment. */
export interface AccountOptions {
  readonly apiBase?: string;
  readonly userId?: string;
  readonly appId?: string;
  /** The practice account, whatever the environment says. */
  readonly practice?: boolean;
}

/** The account cannot be made out of what was given. */
export class AccountError extends Error {
  override readonly name = 'AccountError';
}

/**
 * Where photos go, by options and the variables of the official SDKs (`CLARIFAI_USER_ID`, `CLARIFAI_APP_ID`,
 * `CLARIFAI_API_BASE`, `CLARIFAI_PAT`); null is the practice account, when nothing of an account is given.
 *
 * @throws AccountError when a part is missing, or the PAT would travel unencrypted to another machine
 */
export function destinationOf(
  options: AccountOptions,
  env: Readonly<Record<string, string | undefined>>,
): DestinationNames | null {
  if (options.practice === true) return null;
  const baseUrl = options.apiBase ?? named(env, 'CLARIFAI_API_BASE');
  const userId = options.userId ?? named(env, 'CLARIFAI_USER_ID');
  const appId = options.appId ?? named(env, 'CLARIFAI_APP_ID');
  const isAny = [baseUrl, userId, appId, named(env, 'CLARIFAI_PAT')].some((part) => part !== undefined);
  if (!isAny) return null;
  if (userId === undefined || appId === undefined) {
    throw new AccountError(
      'An account needs both a user id and an app id: --user-id and --app-id, or CLARIFAI_USER_ID and ' +
        'CLARIFAI_APP_ID. For the practice account say --practice.',
    );
  }
  return { baseUrl: checkBase(baseUrl ?? DEFAULT_API_BASE), userId, appId };
}

function named(env: Readonly<Record<string, string | undefined>>, name: string): string | undefined {
  const value = env[name]?.trim();
  return value === '' ? undefined : value;
}

function checkBase(baseUrl: string): string {
  const url = URL.parse(baseUrl);
  if (url === null || (url.protocol !== 'https:' && url.protocol !== 'http:')) {
    throw new AccountError(`The API base "${baseUrl}" is no address. It looks like ${DEFAULT_API_BASE}.`);
  }
  const isLoopback = /^(localhost|127(\.\d+){3}|\[::1\])$/.test(url.hostname);
  if (url.protocol === 'http:' && !isLoopback) {
    throw new AccountError(
      `The API base "${baseUrl}" is not encrypted; the token would be readable on the way. Use https.`,
    );
  }
  return baseUrl.replace(/\/+$/, '');
}
