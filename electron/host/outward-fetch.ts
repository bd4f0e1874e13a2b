/**
 * `fetch` for a machine in somebody's network: by the proxy that the environment names, and with the authorities that the
 * system trusts beside Node's own. Set at run time: Electron takes neither of Node's options for it.
 */
import http from 'node:http';
import tls from 'node:tls';
import { isCertificateRefused } from '../engine/clarifai/connection-problem.ts';
import type { Log } from '../engine/log.ts';

/** What is on this machine is not asked for by a proxy. */
const HERE = ['localhost', '127.0.0.1', '[::1]'];

export interface FetchOptions {
  /** `HTTPS_PROXY`, `HTTP_PROXY` and `NO_PROXY`, in capitals or small letters. */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly log: Log;
}

/** Makes it. Proxy and authorities then hold for the whole process. */
export function createFetch({ env, log }: FetchOptions): typeof fetch {
  useProxy(env, log);
  let isTrusting = false;
  return async (input, init) => {
    try {
      return await globalThis.fetch(input, init);
    } catch (error) {
      if (!isCertificateRefused(error)) throw error;
      if (!isTrusting) trustSystem(log);
      isTrusting = true;
      // A body that is made while it is sent cannot be sent again; whoever made it tries again by itself.
      if (init?.duplex === 'half') throw error;
      return globalThis.fetch(input, init);
    }
  };
}

function useProxy(env: FetchOptions['env'], log: Log): void {
  const isNamed = ['https_proxy', 'HTTPS_PROXY', 'http_proxy', 'HTTP_PROXY'].some(
    (name) => (env[name] ?? '') !== '',
  );
  if (!isNamed) return;
  const noProxy = [env['no_proxy'] ?? env['NO_PROXY'] ?? '', ...HERE].filter((name) => name !== '').join(',');
  try {
    http.setGlobalProxyFromEnv({ ...env, no_proxy: noProxy });
  } catch (error) {
    // A Node before 24.14, or an address that is none.
    log.warn('proxy-not-used', { kind: kindOf(error) });
  }
}

/** Once, and only for whoever needs it: it takes a part of a second. */
function trustSystem(log: Log): void {
  try {
    tls.setDefaultCACertificates([...tls.getCACertificates('default'), ...tls.getCACertificates('system')]);
    log.info('system-authorities-trusted');
  } catch (error) {
    // A Node before 24.5, or a store that cannot be read.
    log.warn('system-authorities-not-read', { kind: kindOf(error) });
  }
}

/** Without its words: an address of a proxy may hold a password. */
function kindOf(error: unknown): string {
  if (error instanceof Error && 'code' in error && typeof error.code === 'string') return error.code;
  return error instanceof Error ? error.name : typeof error;
}
