/** Columns of a ledger with more directories than a call takes arguments. */
import { expect, test } from 'vitest';
import { createColumns } from '../../../electron/engine/sheets/columns.ts';
import { createKeptColumns } from '../../../electron/engine/sheets/kept-columns.ts';
import { createSheetColumns } from '../../../electron/engine/ledger/sheet-columns.ts';
import { createSheetMarks } from '../../../electron/engine/ledger/sheet-marks.ts';
import { temporaryLedger } from '../../ledger/fixture.ts';

test('every photo may lie in a directory of its own', async () => {
  await using made = await temporaryLedger();
  const { db } = made.ledger;
  const count = 200_000;
  const directories = Array.from({ length: count }, (_, n) => {
    return { folderId: 1, directory: `d${n}`, isMissing: 0 as const, photoIds: [n + 1], fileIds: [n + 1] };
  });
  const kept = createKeptColumns(() => 0);
  const columns = createColumns({ ...createSheetColumns(db), files: () => directories }, kept);
  const moment = { asOf: 0, marks: createSheetMarks(db).read() };
  const { value } = kept.answer(moment, false, () => columns.files());
  expect(value.directories.length).toBe(count);
  expect(value.photoOf[count]).toBe(count);
  expect(value.anyFileOf[count]).toBe(count);
});
