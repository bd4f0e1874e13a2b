/** Leaving failures out for ever, as an act of the owner. */
import type { Ledger } from '../ledger/ledger.ts';
import { perform, type ActDone } from './acts.ts';
import { cell, writeCells } from './cells.ts';
import { skipPhotos } from './skip-items.ts';

/** Leaves failed photos and files without a photo out until the owner undoes it; each of them is as before then. */
export function skipAct(
  ledger: Ledger,
  act: {
    readonly destinationId: number;
    readonly photoIds: readonly number[];
    readonly fileIds: readonly number[];
    readonly at: number;
  },
): ActDone & { readonly fileCount: number } {
  const { destinationId, photoIds, fileIds, at } = act;
  let fileCount = 0;
  const done = perform(ledger, { kind: 'skip', label: 'leave out', at }, (editId) => {
    const photoCount = skipPhotos(ledger, editId, destinationId, { photoIds, at });
    const wanted = fileIds.flatMap((fileId) => {
      const problem = ledger.failures.fileProblem(fileId);
      if (problem === undefined) return [];
      return [[cell.fileProblem(fileId), { ...problem, problem: 'skipped-by-owner' }] as const];
    });
    const cells = writeCells(ledger, Object.fromEntries(wanted));
    fileCount = Object.keys(cells.after).length;
    return { photoCount, cells };
  });
  return { ...done, fileCount };
}
