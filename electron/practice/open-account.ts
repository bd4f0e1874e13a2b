/** Puts one account together from its folder, and takes it apart again. */
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Account } from './account.ts';
import { createAnnotationRows } from './annotation-rows.ts';
import { createConceptRows } from './concept-rows.ts';
import { startIndexing, type IndexingOptions } from './indexing.ts';
import { createInputRows } from './input-rows.ts';
import { createJobRows } from './job-rows.ts';
import { openPacks } from './packs.ts';
import { readPat } from './pat.ts';
import { openStore } from './store.ts';

type AccountOptions = Pick<Account, 'userId' | 'appId' | 'indexingMs' | 'deletionMs' | 'apiBase'> &
  Pick<IndexingOptions, 'indexing' | 'onProblem'> & { readonly dataDir: string; readonly patFile: string };

/** An image at hand gets this long to be decoded before the store is closed; it is decoded again at the next start. */
const DECODING_GRACE_MS = 300;

/** Opens the store (`practice.db`) and the packs, and takes up what was left over. */
export const openAccount = async (options: AccountOptions) => {
  const { dataDir, userId, appId, indexingMs, deletionMs, apiBase, onProblem } = options;
  const pat = readPat(options.patFile);
  const db = await openStore(path.join(dataDir, 'practice.db'));
  const packs = openPacks(path.join(dataDir, 'images'));
  const inputs = createInputRows(db);
  await packs.sweep(inputs.usesPack);
  const indexing = startIndexing({ db, packs, indexing: options.indexing, now: Date.now, onProblem });
  const account: Account = {
    userId,
    appId,
    indexingMs,
    deletionMs,
    db,
    packs,
    inputs,
    concepts: createConceptRows(db),
    annotations: createAnnotationRows(db),
    jobs: createJobRows(db),
    indexing,
    now: Date.now,
    apiBase,
  };
  return {
    account,
    pat,
    close: async (): Promise<void> => {
      await Promise.race([indexing.stop(), sleep(DECODING_GRACE_MS)]);
      db.close();
    },
  };
};
