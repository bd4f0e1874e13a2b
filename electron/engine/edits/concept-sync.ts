/** Makes concepts exist at the service before they are used, under ids that are the same on every machine. */
import type { Client } from '../clarifai/client.ts';
import type { RequestProblem } from '../clarifai/errors.ts';
import { BATCH_INPUT_LIMIT } from '#shared/limits.ts';
import type { ConceptAt } from '../ledger/concepts.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { conceptIdOf, longConceptIdOf } from './concept-id.ts';

/** The ids at the service by local concept id, or why they could not be had. */
export type EnsuredConcepts = ReadonlyMap<number, string> | { readonly problem: RequestProblem };

export type EnsureConcepts = (
  conceptIds: readonly number[],
  signal?: AbortSignal,
) => Promise<EnsuredConcepts>;

/** Code of a refused POST of concepts when one of the ids is taken (`CONCEPTS_INVALID_REQUEST`). */
const CONCEPTS_INVALID_REQUEST = 40003;

/** What {@link createEnsureConcepts} works with. */
export interface ConceptSyncParts {
  readonly ledger: Ledger;
  readonly destinationId: number;
  readonly client: Client;
  /** UTC ms. */
  readonly now: () => number;
}

/** Makes the function for one destination. Concepts known to be there cost no request. */
export function createEnsureConcepts(parts: ConceptSyncParts): EnsureConcepts {
  return async (conceptIds, signal) => {
    const concepts = [...new Set(conceptIds)].map((id) => named(parts, id));
    const missing = concepts.filter((concept) => concept.knownAt === null);
    for (let start = 0; start < missing.length; start += BATCH_INPUT_LIMIT) {
      const problem = await create(parts, missing.slice(start, start + BATCH_INPUT_LIMIT), signal);
      if (problem !== null) return { problem };
    }
    return new Map(concepts.map((concept) => [concept.conceptId, concept.remoteId]));
  };
}

/** Gives a concept its id here. The id of another concept is never taken: a longer one is used then. */
function named({ ledger, destinationId }: ConceptSyncParts, conceptId: number): ConceptAt {
  const known = ledger.concepts.at(conceptId, destinationId);
  if (known !== undefined) return known;
  const concept = ledger.concepts.byId(conceptId);
  if (concept === undefined) throw new Error(`There is no concept ${conceptId}.`);
  const plain = conceptIdOf(concept.name);
  const isTaken = ledger.concepts.byRemoteId(destinationId, plain) !== undefined;
  const remoteId = isTaken ? longConceptIdOf(concept.name) : plain;
  ledger.concepts.setAt(conceptId, destinationId, remoteId, null);
  return { conceptId, name: concept.name, remoteId, knownAt: null };
}

async function create(
  parts: ConceptSyncParts,
  missing: readonly ConceptAt[],
  signal: AbortSignal | undefined,
): Promise<RequestProblem | null> {
  const concepts = missing.map(({ remoteId, name }) => ({ id: remoteId, name }));
  const posted = await parts.client.postConcepts(concepts, { signal });
  if (posted.kind === 'reply') {
    for (const concept of missing) markKnown(parts, concept);
    return null;
  }
  if (posted.problem.code !== CONCEPTS_INVALID_REQUEST) return posted.problem;
  // One of them is there already, so none was made: each is asked for, and made alone if it is missing.
  for (const concept of missing) {
    const problem = await askOrCreate(parts, concept, signal);
    if (problem !== null) return problem;
  }
  return null;
}

async function askOrCreate(
  parts: ConceptSyncParts,
  concept: ConceptAt,
  signal: AbortSignal | undefined,
): Promise<RequestProblem | null> {
  const found = await parts.client.getConcept(concept.remoteId, { signal });
  if (found.kind === 'problem') return found.problem;
  if (found.concept === null) {
    const posted = await parts.client.postConcepts([{ id: concept.remoteId, name: concept.name }], {
      signal,
    });
    if (posted.kind === 'problem') return posted.problem;
  }
  markKnown(parts, concept);
  return null;
}

function markKnown({ ledger, destinationId, now }: ConceptSyncParts, concept: ConceptAt): void {
  ledger.concepts.setAt(concept.conceptId, destinationId, concept.remoteId, now());
}
