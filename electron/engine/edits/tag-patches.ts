/** Sends the tag changes of some photos: one PATCH merge, one PATCH remove, up to 128 inputs each. */
import type { Client } from '../clarifai/client.ts';
import type { RequestProblem } from '../clarifai/errors.ts';
import { judgeInput } from '../clarifai/status.ts';
import type { WireInput } from '../clarifai/wire.ts';
import type { PatchAction, SentInputPatch } from '../clarifai/wire-sent.ts';
import type { EnsureConcepts } from './concept-sync.ts';
import { withoutConcepts, type TagDifference } from './tag-difference.ts';

/** An indexed photo whose tags differ from what the service has. */
export interface DueTags {
  readonly photoId: number;
  readonly inputId: string;
  /** The count of tag changes that `difference` takes the service to. */
  readonly tagsVersion: number;
  readonly difference: TagDifference;
}

/** How it went, or a problem of a whole request. */
export type PatchedTags =
  | {
      readonly kind: 'sent';
      /** What was sent: without the concepts that the service does not take. */
      readonly sent: readonly DueTags[];
      /** The service's words for each input that it refused, by input id. */
      readonly refusals: ReadonlyMap<string, string>;
      /** Its words about a concept that a photo had to do without, by input id. */
      readonly lacking: ReadonlyMap<string, string>;
    }
  | { readonly kind: 'problem'; readonly problem: RequestProblem };

/** What {@link patchTags} works with. */
export interface PatchParts {
  readonly client: Client;
  readonly ensureConcepts: EnsureConcepts;
  readonly signal: AbortSignal;
  /** Called with what is about to be sent, before any of it is. */
  readonly intend: (due: readonly DueTags[]) => void;
}

/** Sends what differs, concepts first. */
export async function patchTags(wanted: readonly DueTags[], parts: PatchParts): Promise<PatchedTags> {
  const used = wanted.flatMap(({ difference }) => conceptsIn(difference));
  const ensured = await parts.ensureConcepts(used, parts.signal);
  if ('problem' in ensured) return { kind: 'problem', problem: ensured.problem };
  const refused = new Set(used.filter((conceptId) => !ensured.has(conceptId)));
  const lacking = new Map<string, string>();
  const due = wanted.map((photo) => {
    const left = conceptsIn(photo.difference).find((conceptId) => refused.has(conceptId));
    if (left === undefined) return photo;
    lacking.set(photo.inputId, parts.ensureConcepts.refusal(left) ?? 'The concept was refused.');
    return { ...photo, difference: withoutConcepts(photo.difference, refused) };
  });
  parts.intend(due);
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
  return { kind: 'sent', sent: due, refusals, lacking };
}

function conceptsIn({ merge, remove }: TagDifference): number[] {
  return [...merge.map(({ conceptId }) => conceptId), ...remove];
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
