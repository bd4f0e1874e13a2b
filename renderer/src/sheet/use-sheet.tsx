/** The sheet of the chosen destination: its filter, its rows, its selection. They live as long as the window does. */
import { createContext, useContext, useEffect, useMemo, useState, type ReactNode } from 'react';
import type { Connection } from '../engine/connection.ts';
import { reportProblem } from '../engine/report-problem.ts';
import { useConnection } from '../engine/use-engine.tsx';
import { useDestinationId, useView } from '../engine/use-glance.tsx';
import { followSheet } from './follow-sheet.ts';
import { createSelectionStore, type SelectionStore } from './selection-store.ts';
import { createSheetRows } from './sheet-rows.ts';
import { SheetContext, type SheetAtWork } from './use-selection.tsx';
import type { SheetFilter, SheetQuery } from '#shared/sheet.ts';

interface FilterAtWork {
  readonly filter: SheetFilter;
  readonly setFilter: (filter: SheetFilter) => void;
  /** The query that is wanted; the one on screen may still be the one before. */
  readonly query: SheetQuery;
}

const FilterContext = createContext<FilterAtWork | null>(null);

const NO_FILTER: SheetFilter = {};

function createSheet(connection: Connection, query: SheetQuery): SheetAtWork {
  const rows = createSheetRows(connection, query, () => selection.now().cursor?.photoId ?? null);
  const selection: SelectionStore = createSelectionStore(rows, (problem) => reportProblem(problem));
  return { rows, selection };
}

/** Gives the sheet to everything below. It rests while it is hidden, and goes on where it was. */
export function SheetProvider({ children }: { readonly children: ReactNode }): ReactNode {
  const connection = useConnection();
  const destinationId = useDestinationId();
  const { groupBy, descending } = useView().view;
  const [filter, setFilter] = useState<SheetFilter>(NO_FILTER);
  const query = useMemo(
    () => ({ destinationId, filter, groupBy, descending }),
    [destinationId, filter, groupBy, descending],
  );
  const [sheet] = useState(() => createSheet(connection, query));
  useEffect(() => sheet.rows.setQuery(query), [sheet, query]);
  useEffect(() => {
    const stopFollowing = followSheet(sheet.rows, sheet.selection, (problem) => reportProblem(problem));
    const stopRows = sheet.rows.start();
    return () => {
      stopRows();
      stopFollowing();
    };
  }, [sheet]);
  const atWork = useMemo(() => ({ filter, setFilter, query }), [filter, query]);
  return (
    <FilterContext value={atWork}>
      <SheetContext value={sheet}>{children}</SheetContext>
    </FilterContext>
  );
}

/** The filter of the sheet and how to change it. */
export function useFilter(): FilterAtWork {
  const filter = useContext(FilterContext);
  if (filter === null) throw new Error('There is no SheetProvider above.');
  return filter;
}
