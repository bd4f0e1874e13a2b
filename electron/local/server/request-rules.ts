/** Which requests the local server answers at all. Pure decisions over what a request says of itself. */

/** Where the server may be reached. */
export interface AllowedPlaces {
  readonly port: number;
  /** Host names without port; with any port, since a proxy before the server has its own. */
  readonly names: readonly string[];
}

/** Names of this machine for itself. A page of another name that resolves to 127.0.0.1 is not ours. */
const LOOPBACK = ['127.0.0.1', 'localhost', '[::1]'];

/** Whether a `Host` header names this server (DNS rebinding). */
export function isOurHost(host: string | undefined, { port, names }: AllowedPlaces): host is string {
  if (host === undefined) return false;
  const found = /^(?<name>\[[0-9a-f:]+\]|[a-z0-9.-]+)(?::(?<port>\d{1,5}))?$/u.exec(host.toLowerCase());
  const name = found?.groups?.['name'];
  if (name === undefined) return false;
  if (LOOPBACK.includes(name)) return Number(found?.groups?.['port'] ?? 80) === port;
  return names.some((one) => one.toLowerCase() === name);
}

/** Whether a WebSocket's `Origin` is the page that this server gave out under the same `Host`. */
export function isOurOrigin(origin: string | undefined, host: string): boolean {
  const ours = host.toLowerCase();
  return origin === `http://${ours}` || origin === `https://${ours}`;
}

/**
 * The path of a request below `/`, in plain segments; null for everything that is not plainly one: encoded
 * characters, backslashes, dot segments, hidden names, absolute addresses.
 */
export function plainPathOf(url: string | undefined): readonly string[] | null {
  const path = url?.split('?', 1)[0] ?? '';
  if (!path.startsWith('/') || path.length > 500) return null;
  const segments = path.slice(1).split('/');
  if (segments.length === 1 && segments[0] === '') return [];
  return segments.every((segment) => /^[A-Za-z0-9_-][A-Za-z0-9._-]*$/u.test(segment)) ? segments : null;
}

/**
 * Headers of every answer. The page may load nothing but itself and pictures, and talk to nobody but this server; no
 * other page may frame it, open it or read from it.
 *
 * @param host the checked `Host` of the request
 */
export function securityHeaders(host: string): Readonly<Record<string, string>> {
  const policy = [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    // The primitives set measured positions as attributes of elements.
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' blob: data:",
    `connect-src 'self' ws://${host} wss://${host}`,
    "font-src 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "form-action 'none'",
  ];
  return {
    'content-security-policy': policy.join('; '),
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
  };
}
