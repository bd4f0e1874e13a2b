/** Sends the tag changes of some photos: one PATCH merge, one PATCH remove, up to 128 inputs each. */
import type { Client } from '../clarifai/client.ts';
import type { RequestProblem } from '../clarifai/errors.ts';
import { judgeInput } from '../clarifai/status.ts';
import type { WireInput } from '../clarifai/wire.ts';
import type { PatchAction, SentInputPatch } from '../clarifai/wire-sent.ts';
import type { EnsureConcepts } from './concept-sync.ts';
import type { TagDifference } from './tag-difference.ts';

/** An indexed photo whose tags differ from what the service has. */
export interface DueTags {
  readonly photoId: number;
  readonly inputId: string;
  /** The count of tag changes that `difference` takes the service to. */
  readonly tagsVersion: number;
  readonly difference: TagDifference;
}

/** How it went: the service's words for each input that it refused, by input id; or a problem of a whole request. */
export type PatchedTags =
  | { readonly kind: 'sent'; readonly refusals: ReadonlyMap<string, string> }
  | { readonly kind: 'problem'; readonly problem: RequestProblem };

/** Sends what differs, concepts first. Nothing is written to the ledger but which concepts the service has. */
export async function patchTags(
  due: readonly DueTags[],
  parts: { client: Client; ensureConcepts: EnsureConcepts; signal: AbortSignal },
): Promise<PatchedTags> {
  const used = due.flatMap(({ difference: { merge, remove } }) => [
    ...merge.map((tag) => tag.conceptId),
    ...remove,
  ]);
  const ensured = await parts.ensureConcepts(used, parts.signal);
  if ('problem' in ensured) return { kind: 'problem', problem: ensured.problem };
  const refusals = new Map<string, string>();
  for (const action of ['merge', 'remove'] as const) {
    const inputs = patchesOf(due, action, ensured);
    if (inputs.length === 0) continue;
    const outcome = await parts.client.patchInputs({ inputs, action }, { signal: parts.signal });
    if (outcome.kind === 'problem') return outcome;
    for (const input of outcome.inputs) {
      const words = refusalOf(input);
      if (words !== null) refusals.set(input.id, words);
    }
  }
  return { kind: 'sent', refusals };
}

function patchesOf(
  due: readonly DueTags[],
  action: Exclude<PatchAction, 'overwrite'>,
  ids: ReadonlyMap<number, string>,
): SentInputPatch[] {
  return due
    .map(({ inputId, difference }) => ({
      id: inputId,
      data: {
        concepts:
          action === 'merge'
            ? difference.merge.map(({ conceptId, value }) => ({ id: idOf(ids, conceptId), value }))
            : difference.remove.map((conceptId) => ({ id: idOf(ids, conceptId) })),
      },
    }))
    .filter(({ data }) => data.concepts.length > 0);
}

function idOf(ids: ReadonlyMap<number, string>, conceptId: number): string {
  const id = ids.get(conceptId);
  if (id === undefined) throw new Error(`Concept ${conceptId} was not ensured.`);
  return id;
}

/** An input's status says how the input is, not only how the patch went: a pending one was patched all the same. */
function refusalOf({ status }: WireInput): string | null {
  const verdict = judgeInput(status, 'listing');
  if (verdict === 'indexed' || verdict === 'pending' || verdict === 'failed-there') return null;
  return status.details || status.description || `code ${status.code}`;
}
