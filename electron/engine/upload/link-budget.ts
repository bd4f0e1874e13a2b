import type { Ledger } from '../ledger/ledger.ts';
import { budgetAfterCut, budgetAfterSuccess, FIRST_BUDGET_BYTES } from './budget.ts';

/** The byte budget that this destination's link has earned; it survives restarts. */
export interface LinkBudget {
  bytes(): number;
  /** It stays as it is, whatever the link does. */
  readonly isFixed: boolean;
  succeeded(bodyBytes: number, tookMs: number): void;
  cut(): void;
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
