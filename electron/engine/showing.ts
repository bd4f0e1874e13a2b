/** What shows the ledger to whoever looks: that something changed, and how the sheets are now. */
import { createChanges, type Changes } from './changes.ts';
import type { EngineHost } from './host.ts';
import type { Ledger } from './ledger/ledger.ts';
import { createSheets, type Sheets } from './sheets/sheets.ts';

export interface Showing {
  readonly changes: Changes;
  readonly sheets: Sheets;
  stop(): Promise<void>;
}

/** Listens to the ledger's writes, and reads its sheets when it is asked. */
export function createShowing(ledger: Ledger, ledgerPath: string, { clock, log }: EngineHost): Showing {
  const changes = createChanges(ledger, clock);
  const sheets = createSheets({ ledger, ledgerPath, changes, clock, log });
  return {
    changes,
    sheets,
    async stop() {
      changes.stop();
      await sheets.stop();
    },
  };
}
