/** What the answer to a POST says about each photo of the batch. Pure. */
import type { FailureCause } from '#shared/problems.ts';
import { causeOfRefusal, judgeInput } from '../clarifai/status.ts';
import type { InputVerdict } from '../clarifai/status.ts';
import type { WireInput } from '../clarifai/wire.ts';
import type { WireStatus } from '../clarifai/wire-fields.ts';
import type { PhotoAndInput } from '../ledger/uploads.ts';

/** What becomes of one photo. */
export type Settlement =
  /** The service has it. */
  | { readonly kind: 'present'; readonly state: 'accepted' | 'indexed' }
  /** The answer leaves open whether the service has it: ask. */
  | { readonly kind: 'ask'; readonly why: 'missing' | 'duplicate-id' }
  /** It is not taken for a passing reason: send it again. */
  | { readonly kind: 'again' }
  | { readonly kind: 'failed'; readonly cause: FailureCause };

export interface SettledPhoto<P extends PhotoAndInput = PhotoAndInput> {
  readonly photo: P;
  readonly settlement: Settlement;
  /** The service's words about this input; null when the answer does not mention it. */
  readonly status: WireStatus | null;
}

/** Judges every photo by its own status, matched by input id whatever the order. */
export function settleBatch<P extends PhotoAndInput>(
  sent: readonly P[],
  inputs: readonly Pick<WireInput, 'id' | 'status'>[],
): SettledPhoto<P>[] {
  const byId = new Map<string, WireStatus>();
  for (const { id, status } of inputs) if (id !== '' && !byId.has(id)) byId.set(id, status);
  return sent.map((photo, position) => {
    const status = byId.get(photo.inputId) ?? namelessAt(sent, inputs, position);
    return { photo, settlement: settlementOf(status), status };
  });
}

/** Only an answer of the same length may be read by position, and only where it names no id. */
function namelessAt(
  sent: readonly PhotoAndInput[],
  inputs: readonly Pick<WireInput, 'id' | 'status'>[],
  position: number,
): WireStatus | null {
  const input = inputs.length === sent.length ? inputs[position] : undefined;
  return input?.id === '' ? input.status : null;
}

function settlementOf(status: WireStatus | null): Settlement {
  if (status === null) return { kind: 'ask', why: 'missing' };
  const verdict = judgeInput(status, 'reply');
  if (verdict === 'refused') return { kind: 'failed', cause: causeOfRefusal(status.code) };
  return SETTLEMENTS[verdict];
}

const SETTLEMENTS: Readonly<Record<Exclude<InputVerdict, 'refused'>, Settlement>> = {
  indexed: { kind: 'present', state: 'indexed' },
  pending: { kind: 'present', state: 'accepted' },
  'duplicate-id': { kind: 'ask', why: 'duplicate-id' },
  missing: { kind: 'again' },
  transient: { kind: 'again' },
  'failed-there': { kind: 'failed', cause: 'refused-by-service' },
  unknown: { kind: 'failed', cause: 'reply-not-understood' },
};

/** The service's words in one line; null when it said nothing. */
export function wordsOf(status: Pick<WireStatus, 'code' | 'description' | 'details'>): string | null {
  const words = [status.description, status.details].filter((part) => part.trim() !== '');
  if (words.length === 0) return status.code === 0 ? null : `code ${String(status.code)}`;
  return [...new Set(words)].join(': ');
}
