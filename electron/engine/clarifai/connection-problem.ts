/** Tells apart why a connection failed, by the system's and the HTTP library's error codes. */
import type { RequestProblem } from './errors.ts';

/** Codes that mean that no connection came about, so no byte of the request left. */
const NO_CONNECTION = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EAI_FAIL',
  'EAI_NODATA',
  'ENETUNREACH',
  'ENETDOWN',
  'EHOSTUNREACH',
  'EHOSTDOWN',
  'EADDRNOTAVAIL',
  'UND_ERR_CONNECT_TIMEOUT',
]);

/** TLS refusals come before the request; a captive portal with a certificate of its own is the usual cause. */
const TLS_REFUSAL =
  /^(CERT_|ERR_TLS_|ERR_SSL_|UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED_|HOSTNAME_MISMATCH|EPROTO$)/;

/** Of these, the refusals of a certificate. */
const CERTIFICATE_REFUSAL =
  /^(CERT_|UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED_|HOSTNAME_MISMATCH|ERR_TLS_CERT_ALTNAME_INVALID)/;

export interface ExchangeState {
  /** What the watch said when it ended the exchange; used when there is no error. */
  readonly stalledFor: string;
  readonly maybeStored: boolean;
}

/**
 * The problem behind a failed exchange.
 *
 * @param error what `fetch` threw; null when the exchange was ended for silence
 */
export function connectionProblem(error: unknown, state: ExchangeState): RequestProblem {
  if (error === null) return { kind: 'timeout', maybeStored: state.maybeStored, details: state.stalledFor };
  const { code, connecting, words } = innermost(error);
  if (connecting || NO_CONNECTION.has(code) || TLS_REFUSAL.test(code)) {
    const details = isCertificateRefused(error) ? certificateWords(code) : words;
    return { kind: 'offline', maybeStored: false, details };
  }
  // What answered does not even speak HTTP.
  if (code === 'HTTPParserError')
    return { kind: 'not-the-service', maybeStored: state.maybeStored, details: words };
  const timedOut =
    code === 'UND_ERR_HEADERS_TIMEOUT' || code === 'UND_ERR_BODY_TIMEOUT' || code === 'ETIMEDOUT';
  return { kind: timedOut ? 'timeout' : 'cut', maybeStored: state.maybeStored, details: words };
}

/** Whether a connection did not come about because the certificate that it showed is not trusted. */
export function isCertificateRefused(error: unknown): boolean {
  return CERTIFICATE_REFUSAL.test(innermost(error).code);
}

/** Not Node's words: they name its own options. */
function certificateWords(code: string): string {
  return (
    `The certificate that the connection shows is not trusted here (${code}). Look at the clock of this computer. A ` +
    'network or a virus scanner that reads along shows one of its own: have its authority trusted by the system, and ' +
    'Tagalong trusts it, too.'
  );
}

/** The first cause that has a code, and its words. `fetch` itself only says "fetch failed". */
function innermost(error: unknown): { code: string; connecting: boolean; words: string } {
  let words = String(error);
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    // A parser's error has its kind in the name; its code may be absent.
    const own = 'code' in cause && typeof cause.code === 'string' ? cause.code : '';
    const code = cause.name === 'HTTPParserError' ? cause.name : own;
    words = cause.message === '' ? code : cause.message;
    const connecting = 'syscall' in cause && cause.syscall === 'connect';
    if (code !== '') return { code, connecting, words: words.includes(code) ? words : `${code}: ${words}` };
  }
  return { code: '', connecting: false, words };
}
