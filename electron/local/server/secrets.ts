/** The random words that open the local server. */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** A new secret: 32 random bytes, base64url. */
export function newSecret(): string {
  return randomBytes(32).toString('base64url');
}

/** Whether a text could be a secret of this program. */
export function isSecret(text: string): boolean {
  return /^[A-Za-z0-9_-]{43}$/u.test(text);
}

/** Whether two words are the same, in a time that tells nothing of where they differ. */
export function isSameSecret(one: string, other: string): boolean {
  return timingSafeEqual(digest(one), digest(other));
}

function digest(word: string): Buffer {
  return createHash('sha256').update(word).digest();
}
