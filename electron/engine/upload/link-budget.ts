import type { Ledger } from '../ledger/ledger.ts';
import { BUDGET_MS, budgetAfterCut, budgetAfterSuccess, FIRST_BUDGET_BYTES } from './budget.ts';
import type { Steering } from './uploader-options.ts';

/** The byte budget that this destination's link has earned; it survives restarts. */
export interface LinkBudget {
  bytes(): number;
  /** It stays as it is, whatever the link does. */
  readonly isFixed: boolean;
  succeeded(bodyBytes: number, tookMs: number): void;
  cut(): void;
}

/** Smallest budget that a limit leaves, in bytes; a photo that is larger goes by itself. */
const LEAST_BYTES = 64_000;

/**
 * The same budget while the owner limits the pace: a batch is what the limit lets out in its time, since it may be cut
 * off and sent again. What it took says nothing of the link then.
 */
export function withinLimit(
  budget: LinkBudget,
  { limit, batchesInFlight }: Pick<Steering, 'limit' | 'batchesInFlight'>,
): LinkBudget {
  const most = (): number => {
    const bytesPerSecond = limit.now();
    if (bytesPerSecond === null) return Infinity;
    return Math.max(LEAST_BYTES, (bytesPerSecond * BUDGET_MS) / 1000 / batchesInFlight());
  };
  return {
    ...budget,
    bytes: () => (budget.isFixed ? budget.bytes() : Math.min(budget.bytes(), most())),
    succeeded(bodyBytes, tookMs) {
      if (limit.now() === null) budget.succeeded(bodyBytes, tookMs);
    },
  };
}

/** Reads the budget from the ledger; `fixedBytes` sets it for good. */
export function createLinkBudget(
  { destinations }: Pick<Ledger, 'destinations'>,
  destinationId: number,
  fixedBytes: number | undefined,
): LinkBudget {
  let bytes = fixedBytes ?? destinations.byId(destinationId)?.batchBudgetBytes ?? FIRST_BUDGET_BYTES;
  function set(next: number): void {
    if (fixedBytes !== undefined || next === bytes) return;
    bytes = next;
    destinations.setBudget(destinationId, bytes);
  }
  return {
    bytes: () => bytes,
    isFixed: fixedBytes !== undefined,
    succeeded: (bodyBytes, tookMs) => set(budgetAfterSuccess(bytes, bodyBytes, tookMs)),
    cut: () => set(budgetAfterCut(bytes)),
  };
}
