/** Makes concepts exist at the service before they are used, under ids that are the same on every machine. */
import type { Client } from '../clarifai/client.ts';
import type { RequestProblem } from '../clarifai/errors.ts';
import { BATCH_INPUT_LIMIT } from '#shared/limits.ts';
import type { Concept, ConceptAt } from '../ledger/concepts.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { conceptIdOf, exactConceptIdOf, longConceptIdOf } from './concept-id.ts';

/** The ids at the service by local concept id, without those that it refused; or why they could not be had. */
export type EnsuredConcepts = ReadonlyMap<number, string> | { readonly problem: RequestProblem };

export interface EnsureConcepts {
  (conceptIds: readonly number[], signal?: AbortSignal): Promise<EnsuredConcepts>;
  /** The service's words about a concept that it does not take; it is not offered again before the next start. */
  refusal(conceptId: number): string | undefined;
}

/** What {@link createEnsureConcepts} works with. */
export interface ConceptSyncParts {
  readonly ledger: Ledger;
  readonly destinationId: number;
  readonly client: Client;
  /** UTC ms. */
  readonly now: () => number;
}

/** The same, and what was learned since the start. */
interface ConceptSync extends ConceptSyncParts {
  readonly refused: Map<number, string>;
}

/** Makes the function for one destination. Concepts known to be there cost no request. */
export function createEnsureConcepts(parts: ConceptSyncParts): EnsureConcepts {
  const sync: ConceptSync = { ...parts, refused: new Map() };
  const ensure = async (conceptIds: readonly number[], signal?: AbortSignal): Promise<EnsuredConcepts> => {
    const wanted = [...new Set(conceptIds)].filter((id) => !sync.refused.has(id));
    const missing = wanted.map((id) => named(sync, id)).filter(({ knownAt }) => knownAt === null);
    for (let start = 0; start < missing.length; start += BATCH_INPUT_LIMIT) {
      const problem = await create(sync, missing.slice(start, start + BATCH_INPUT_LIMIT), signal);
      if (problem !== null) return { problem };
    }
    const taken = wanted.filter((id) => !sync.refused.has(id));
    return new Map(taken.map((id) => [id, named(sync, id).remoteId]));
  };
  return Object.assign(ensure, { refusal: (conceptId: number) => sync.refused.get(conceptId) });
}

/** Gives a concept its id here. */
function named(sync: ConceptSync, conceptId: number): ConceptAt {
  const { ledger, destinationId } = sync;
  const known = ledger.concepts.at(conceptId, destinationId);
  if (known !== undefined) return known;
  const concept = ledger.concepts.byId(conceptId);
  if (concept === undefined) throw new Error(`There is no concept ${conceptId}.`);
  const remoteId = freeIds(sync, concept)[0];
  if (remoteId === undefined) throw new Error(`No id is left for concept ${conceptId}.`);
  ledger.concepts.setAt(conceptId, destinationId, remoteId, null);
  return { conceptId, name: concept.name, remoteId, knownAt: null };
}

/** The id that a concept has at a destination, or would get if it were used there now. */
export function remoteIdOf(
  where: Pick<ConceptSyncParts, 'ledger' | 'destinationId'>,
  concept: Concept,
): string {
  const known = where.ledger.concepts.at(concept.id, where.destinationId);
  return known?.remoteId ?? freeIds(where, concept)[0] ?? exactConceptIdOf(concept.name);
}

/** Ids that the concept may have, best first. The id of another concept is never taken: a longer one is used then. */
function freeIds(
  { ledger, destinationId }: Pick<ConceptSyncParts, 'ledger' | 'destinationId'>,
  { id, name }: Concept,
): string[] {
  return [conceptIdOf(name), longConceptIdOf(name), exactConceptIdOf(name)].filter((remoteId) => {
    const owner = ledger.concepts.byRemoteId(destinationId, remoteId);
    return owner === undefined || owner.conceptId === id;
  });
}

/** The service did not like what is in a request, so that a smaller one may pass. */
function isRefusal({ kind }: RequestProblem): boolean {
  return kind === 'refused-whole' || kind === 'too-large';
}

async function create(
  sync: ConceptSync,
  missing: readonly ConceptAt[],
  signal: AbortSignal | undefined,
): Promise<RequestProblem | null> {
  const concepts = missing.map(({ remoteId, name }) => ({ id: remoteId, name }));
  const posted = await sync.client.postConcepts(concepts, { signal });
  if (posted.kind === 'reply') {
    for (const concept of missing) markKnown(sync, concept);
    return null;
  }
  if (!isRefusal(posted.problem)) return posted.problem;
  // One of them is there already or not to the service's liking, so none was made: each is looked at by itself.
  for (const concept of missing) {
    const problem = await askOrCreate(sync, concept.conceptId, signal);
    if (problem === null) continue;
    if (!isRefusal(problem)) return problem;
    sync.refused.set(concept.conceptId, problem.details ?? problem.description ?? problem.kind);
  }
  return null;
}

/** Looks at one concept by itself. Others may do so for the same one meanwhile, so that its id is read at each step. */
async function askOrCreate(
  sync: ConceptSync,
  conceptId: number,
  signal: AbortSignal | undefined,
): Promise<RequestProblem | null> {
  for (;;) {
    const concept = named(sync, conceptId);
    if (concept.knownAt !== null) return null;
    const problem = await findOrPost(sync, concept, signal);
    if (problem === null) {
      markKnown(sync, concept);
      return null;
    }
    if (problem !== 'taken') return problem;
    if (named(sync, conceptId).remoteId === concept.remoteId && !takeNextId(sync, concept)) {
      const details = `Another concept has the id ${concept.remoteId}.`;
      return { kind: 'refused-whole', maybeStored: false, details };
    }
  }
}

/** Null once the service has it; `taken` when another concept there has its id. */
async function findOrPost(
  { client }: ConceptSync,
  concept: ConceptAt,
  signal: AbortSignal | undefined,
): Promise<RequestProblem | 'taken' | null> {
  const find = async (): Promise<RequestProblem | 'taken' | 'missing' | null> => {
    const found = await client.getConcept(concept.remoteId, { signal });
    if (found.kind === 'problem') return found.problem;
    if (found.concept === null) return 'missing';
    return isSameConcept(found.concept, concept) ? null : 'taken';
  };
  const found = await find();
  if (found !== 'missing') return found;
  const posted = await client.postConcepts([{ id: concept.remoteId, name: concept.name }], { signal });
  if (posted.kind === 'reply') return null;
  if (!isRefusal(posted.problem)) return posted.problem;
  // Another request may have made it since it was asked for.
  const foundNow = await find();
  return foundNow === 'missing' ? posted.problem : foundNow;
}

/** Gives the concept a longer id; false when it has the longest. */
function takeNextId(sync: ConceptSync, { conceptId, name, remoteId }: ConceptAt): boolean {
  const ids = freeIds(sync, { id: conceptId, name });
  const next = ids[ids.indexOf(remoteId) + 1];
  if (next === undefined) return false;
  sync.ledger.concepts.setAt(conceptId, sync.destinationId, next, null);
  return true;
}

function folded(name: string): string {
  return name.normalize('NFC').toLowerCase();
}

/** A concept that the service shows without a name of its own says nothing against ours. */
function isSameConcept(found: { readonly name: string | null }, { name, remoteId }: ConceptAt): boolean {
  return found.name === null || found.name === remoteId || folded(found.name) === folded(name);
}

function markKnown({ ledger, destinationId, now }: ConceptSync, concept: ConceptAt): void {
  ledger.transaction(() => {
    ledger.concepts.setAt(concept.conceptId, destinationId, concept.remoteId, now());
    ledger.concepts.told(concept.conceptId, destinationId, concept.name);
  });
}
