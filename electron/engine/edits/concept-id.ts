import { createHash } from 'node:crypto';

/** Ids that the service takes as they are: letters, digits, `-`, `_`, at most 32 (COCO loader of the Python SDK). */
const PLAIN_ID = /^[A-Za-z0-9_-]{1,32}$/;
const ID_LENGTH = 32;

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
  return slugWithDigest(normal, normal, 8);
}

/**
 * The last resort: a shorter slug and 16 hex digits of SHA-256 over the name as it is typed, in NFC. Names that differ
 * in upper and lower case only keep apart here.
 */
export function exactConceptIdOf(name: string): string {
  const exact = name.normalize('NFC');
  return slugWithDigest(exact.toLowerCase(), exact, 16);
}

function slugWithDigest(name: string, digested: string, digits: number): string {
  const slug = name
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/[^a-z0-9_]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, ID_LENGTH - 1 - digits)
    .replace(/-+$/, '');
  const digest = createHash('sha256').update(digested).digest('hex').slice(0, digits);
  return `${slug === '' ? 'concept' : slug}-${digest}`;
}
