import { useEffect, useState, type ReactNode } from 'react';
import { useCommands } from '../commands/use-commands.tsx';
import { reportProblem } from '../engine/report-problem.ts';
import { useEngine } from '../engine/use-engine.tsx';
import { CloserAtRest } from '../loupe/closer-at-rest.tsx';
import { Compare } from '../loupe/compare.tsx';
import { Loupe } from '../loupe/loupe.tsx';
import { useMessages } from '../parts/messages.tsx';
import { loupeText } from '../text/loupe.ts';
import { sheetText } from '../text/sheet.ts';
import type { Spot } from './selection.ts';
import { useSelectionActs, useSheetRows } from './use-selection.tsx';

/** Most photos that are compared. */
const MOST_COMPARED = 4;

/** What lies over the sheet; null: nothing. */
export type Closer = 'loupe' | readonly Spot[] | null;

/** The loupe and the comparison over the sheet, and the keys that open them. */
export function useLookCloser(): {
  readonly closer: Closer;
  readonly openLoupe: () => void;
  readonly surface: ReactNode;
} {
  const engine = useEngine();
  const rows = useSheetRows();
  const selection = useSelectionActs();
  const { say } = useMessages();
  const [closer, setCloser] = useState<Closer>(null);
  useEffect(() => selection.workOn(closer === null ? 'sheet' : 'one-photo'), [selection, closer]);

  function openLoupe(): void {
    const now = selection.now();
    if (rows.total() === 0) return;
    if (now.cursor === null) selection.moveTo(0);
    setCloser('loupe');
  }

  async function openCompare(): Promise<void> {
    const { ids, isWholeSheet } = selection.now();
    const all = isWholeSheet ? await rows.idsBetween(0, MOST_COMPARED) : [...ids];
    if (all.length > MOST_COMPARED) {
      say({ text: loupeText.tooMany(MOST_COMPARED) });
      return;
    }
    if (all.length < 2) {
      openLoupe();
      return;
    }
    const query = rows.query();
    const places = await Promise.all(all.map((photoId) => engine.sheetPlace({ query, photoId })));
    const spots = all
      .flatMap((photoId, index) => {
        const place = places[index];
        return place === null || place === undefined ? [] : [{ photoId, place }];
      })
      .sort((a, b) => a.place - b.place);
    const [first] = spots;
    if (first === undefined) return;
    const isThere = spots.some(({ photoId }) => photoId === selection.now().cursor?.photoId);
    if (!isThere) selection.pointAt(first);
    setCloser(spots);
  }

  const shared = {
    group: sheetText.group,
    onlyOn: 'sheet',
    isEnabled: () => closer === null && rows.total() > 0,
  } as const;
  useCommands([
    { ...shared, id: 'sheet.loupe', label: sheetText.commands.loupe, keys: 'Space', run: openLoupe },
    {
      ...shared,
      id: 'sheet.compare',
      label: sheetText.commands.compare,
      keys: 'Enter',
      run: () => {
        openCompare().catch((problem: unknown) => reportProblem(problem));
      },
    },
  ]);
  const close = (): void => setCloser(null);
  const surface =
    closer === null ? (
      <CloserAtRest />
    ) : closer === 'loupe' ? (
      <Loupe onClose={close} />
    ) : (
      <Compare spots={closer} onClose={close} />
    );
  return { closer, openLoupe, surface };
}
