/** Type-ahead over all concepts, and what would become of a name that is typed. Pure. */
import { conceptIdOf } from './concept-id.ts';
import { bareName, foldedName, type ListedConcept } from '../ledger/concept-list.ts';
import type { ConceptDraft, ConceptUse } from '#shared/tagging.ts';

/** Most characters of a name. */
export const NAME_LIMIT = 200;
/** Most concepts that a draft says may be meant. */
const NEAR_LIMIT = 5;
/** From this length on one letter may differ. */
export const LETTER_MAY_DIFFER_FROM = 5;

/** A name as it is kept: trimmed, runs of white space as one space, without what nobody sees, NFC. */
export function keptName(text: string): string {
  // Zero-width spaces and soft hyphens come with text that is copied; joiners stay, which emoji and scripts need.
  const seen = text.replaceAll(/[\u00AD\u200B\u2060\uFEFF]/g, '');
  return seen.normalize('NFC').replaceAll(/\s+/gu, ' ').trim();
}

/** What the page is told of a concept. */
export function useOf({ conceptId, name, presentCount, absentCount, lastUsedAt }: ListedConcept): ConceptUse {
  return { conceptId, name, presentCount, absentCount, lastUsedAt };
}

/** More used first; among equals by name. */
export function byUse(a: ListedConcept, b: ListedConcept): number {
  return (
    b.presentCount + b.absentCount - (a.presentCount + a.absentCount) ||
    (b.lastUsedAt ?? 0) - (a.lastUsedAt ?? 0) ||
    (a.folded < b.folded ? -1 : a.folded > b.folded ? 1 : a.conceptId - b.conceptId)
  );
}

/** Concepts that a text finds: those that begin with it, then those with a word that does, then the rest that hold it. */
export function matchesOf(
  concepts: Iterable<ListedConcept>,
  text: string,
  limit: number,
): readonly ListedConcept[] {
  const wanted = foldedName(keptName(text));
  const ranks: ListedConcept[][] = [[], [], []];
  for (const concept of concepts) {
    const rank = rankOf(concept.folded, wanted);
    if (rank !== null) ranks[rank]?.push(concept);
  }
  const found: ListedConcept[] = [];
  for (const rank of ranks) {
    if (found.length < limit) found.push(...newest(rank, limit - found.length));
  }
  return found;
}

/** 0: begins with it; 1: one of its words does; 2: holds it. */
function rankOf(folded: string, wanted: string): 0 | 1 | 2 | null {
  let place = folded.indexOf(wanted);
  if (place === -1) return null;
  if (place === 0) return 0;
  while (place !== -1) {
    if (!/[\p{L}\p{N}]/u.test(folded[place - 1] ?? ' ')) return 1;
    place = folded.indexOf(wanted, place + 1);
  }
  return 2;
}

/** The first `limit` by use, without sorting all. */
function newest(concepts: readonly ListedConcept[], limit: number): readonly ListedConcept[] {
  const best: ListedConcept[] = [];
  for (const concept of concepts) {
    const last = best.at(-1);
    if (best.length === limit && last !== undefined && byUse(concept, last) >= 0) continue;
    let place = best.length;
    while (place > 0 && byUse(concept, best[place - 1] ?? concept) < 0) place -= 1;
    best.splice(place, 0, concept);
    if (best.length > limit) best.pop();
  }
  return best;
}

/** What would become of a typed name that no concept has. */
export function draftOf(concepts: Iterable<ListedConcept>, text: string): ConceptDraft {
  const name = keptName(text);
  const remoteId = conceptIdOf(name);
  return {
    name,
    remoteId,
    isPlainId: remoteId === name,
    problem: problemOf(name),
    near: nearTo(concepts, name).map(useOf),
  };
}

/** Why a name cannot be a concept's, in a sentence; null: it can. */
export function problemOf(name: string): string | null {
  if (name === '') return 'A concept needs a name.';
  if (name.length > NAME_LIMIT) return `A concept has at most ${NAME_LIMIT} characters. Shorten the name.`;
  if (/\p{Cc}/u.test(name)) return 'A name cannot hold control characters. Type it without them.';
  if (!/[\p{L}\p{N}\p{S}]/u.test(name)) return 'A name needs at least one letter or digit.';
  return null;
}

/** Concepts that may be meant by a name, the nearest first. */
export function nearTo(concepts: Iterable<ListedConcept>, name: string): readonly ListedConcept[] {
  const folded = foldedName(name);
  const bare = bareName(folded);
  const singular = singularOf(bare);
  const found: { concept: ListedConcept; distance: number }[] = [];
  for (const concept of concepts) {
    // Cheap before dear: no rule but that of spaces allows more than three letters of difference.
    if (Math.abs(concept.bare.length - bare.length) > 3 || concept.name === name) continue;
    const distance = distanceOf(concept, { folded, bare, singular });
    if (distance !== null) found.push({ concept, distance });
  }
  return found
    .sort((a, b) => a.distance - b.distance || byUse(a.concept, b.concept))
    .slice(0, NEAR_LIMIT)
    .map(({ concept }) => concept);
}

/** 0: differs in case or accents only; 1: in spaces or hyphens; 2: in a plural; 3: in a letter; null: not near. */
function distanceOf(
  other: ListedConcept,
  { folded, bare, singular }: { folded: string; bare: string; singular: string },
): number | null {
  if (other.folded === folded) return 0;
  if (other.bare === bare) return 1;
  // A plural begins as its singular does.
  if (other.bare[0] === bare[0] && singularOf(other.bare) === singular) return 2;
  const isLong = Math.min(bare.length, other.bare.length) >= LETTER_MAY_DIFFER_FROM;
  return isLong && differsByOne(bare, other.bare) ? 3 : null;
}

/** A bare name without the endings of English plurals. */
export function singularOf(bare: string): string {
  if (bare.length > 4 && bare.endsWith('ies')) return `${bare.slice(0, -3)}y`;
  if (bare.length > 4 && /(?:[sxz]|ch|sh)es$/.test(bare)) return bare.slice(0, -2);
  return bare.length > 2 && bare.endsWith('s') && !bare.endsWith('ss') ? bare.slice(0, -1) : bare;
}

/** Whether one letter was typed wrong, left out, added, or swapped with its neighbour. */
export function differsByOne(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1) return false;
  let start = 0;
  while (start < a.length && a[start] === b[start]) start += 1;
  const [restA, restB] = [a.slice(start), b.slice(start)];
  if (restA.slice(1) === restB.slice(1) || restA.slice(1) === restB || restA === restB.slice(1)) return true;
  return restA[0] === restB[1] && restA[1] === restB[0] && restA.slice(2) === restB.slice(2);
}
