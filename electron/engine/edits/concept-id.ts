import { createHash } from 'node:crypto';

/** Ids that the service takes as they are: letters, digits, `-`, `_`, at most 32 (COCO loader of the Python SDK). */
const PLAIN_ID = /^[A-Za-z0-9_-]{1,32}$/;
const SLUG_LENGTH = 23;

/**
 * The id that a concept gets at the service. A name that is a legal id is its own id; any other becomes a slug of at
 * most 23 characters, `-`, and the first 8 hex digits of SHA-256 over its lower case in NFC, so that two names with the
 * same slug keep apart and one name has the same id on every machine.
 */
export function conceptIdOf(name: string): string {
  return PLAIN_ID.test(name) ? name : longConceptIdOf(name);
}

/** The slug with the digest, also for a name that could be its own id: for when another concept has that id. */
export function longConceptIdOf(name: string): string {
  const normal = name.normalize('NFC').toLowerCase();
  const slug = normal
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/[^a-z0-9_]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, SLUG_LENGTH)
    .replace(/-+$/, '');
  const digest = createHash('sha256').update(normal).digest('hex').slice(0, 8);
  return slug === '' ? `concept-${digest}` : `${slug}-${digest}`;
}
