/** What shows the ledger to whoever looks: that something changed, how the sheets are now, what keywords say, and copies. */
import { createCareThreads, type CareThreads } from './care/care-threads.ts';
import { createChanges, type Changes } from './changes.ts';
import { createKeywordReader, type KeywordReader } from './edits/keyword-reader.ts';
import type { EngineHost } from './host.ts';
import type { Ledger } from './ledger/ledger.ts';
import { createSheets, type Sheets } from './sheets/sheets.ts';

export interface Showing {
  readonly changes: Changes;
  readonly sheets: Sheets;
  readonly keywords: KeywordReader;
  readonly care: CareThreads;
  stop(): Promise<void>;
}

/** Listens to the ledger's writes, and reads its sheets and keywords when it is asked. */
export function createShowing(ledger: Ledger, ledgerPath: string, { clock, log }: EngineHost): Showing {
  const changes = createChanges(ledger, clock);
  const sheets = createSheets({ ledger, ledgerPath, changes, clock, log });
  const keywords = createKeywordReader(ledgerPath);
  const care = createCareThreads();
  return {
    changes,
    sheets,
    keywords,
    care,
    async stop() {
      changes.stop();
      await care.stop();
      await keywords.stop();
      await sheets.stop();
    },
  };
}
