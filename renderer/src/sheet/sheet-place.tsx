import { useEffect, useRef, useSyncExternalStore, type ReactNode } from 'react';
import { useView } from '../engine/use-glance.tsx';
import { PlaceLayout } from '../frame/place-layout.tsx';
import { useAnnounce } from '../parts/announcer.tsx';
import { Banner } from '../parts/banner.tsx';
import { Button } from '../parts/button.tsx';
import { EmptyState } from '../parts/empty-state.tsx';
import { Spinner } from '../parts/spinner.tsx';
import { TaggingProvider } from '../tagging/tagging-provider.tsx';
import { sheetText } from '../text/sheet.ts';
import { Grid } from './grid.tsx';
import classes from './sheet-place.module.css';
import { useSelection, useSheetRows } from './use-selection.tsx';
import { SheetProvider, useFilter } from './use-sheet.tsx';

/** How long a selection rests before its size is told to screen readers, in ms. */
const TELL_AFTER_MS = 600;

/** The contact sheet with its filter bar, the loupe and the inspector. */
export function SheetPlace(): ReactNode {
  return (
    <SheetProvider>
      <TaggingProvider>
        <Sheet />
      </TaggingProvider>
    </SheetProvider>
  );
}

function Sheet(): ReactNode {
  const rows = useSheetRows();
  const arrival = useSyncExternalStore(rows.onChange, rows.arrival);
  const problem = useSyncExternalStore(rows.onChange, rows.problem);
  const { view } = useView();
  useSelectionTold();
  return (
    <PlaceLayout place="sheet" scrolls="own">
      <div className={classes['sheet']}>
        {problem !== null && (
          <Banner tone="alert" action={<Button onClick={rows.again}>{sheetText.again}</Button>}>
            {sheetText.cannotAsk} {problem.message}
          </Banner>
        )}
        {arrival === null ? (
          problem === null && <Waiting />
        ) : arrival.outline.total === 0 ? (
          <NoPhotos isFiltered={arrival.outline.unfiltered > 0} />
        ) : (
          <Grid arrival={arrival} size={view.sheetSize} onOpen={() => undefined} />
        )}
      </div>
    </PlaceLayout>
  );
}

function Waiting(): ReactNode {
  return (
    <div className={classes['waiting']}>
      <Spinner label={sheetText.loading} />
    </div>
  );
}

function NoPhotos({ isFiltered }: { readonly isFiltered: boolean }): ReactNode {
  const { setFilter } = useFilter();
  const words = sheetText.empty;
  if (!isFiltered) return <EmptyState title={words.title}>{words.words}</EmptyState>;
  return (
    <EmptyState
      title={words.filteredTitle}
      action={
        <Button variant="primary" onClick={() => setFilter({})}>
          {words.clear}
        </Button>
      }
    >
      {words.filteredWords}
    </EmptyState>
  );
}

function useSelectionTold(): void {
  const { count } = useSelection();
  const announce = useAnnounce();
  const told = useRef(0);
  useEffect(() => {
    if (count === told.current) return undefined;
    const timer = setTimeout(() => {
      told.current = count;
      // One photo tells its own name when the cursor comes to it.
      if (count !== 1) announce(sheetText.selectedCount(count));
    }, TELL_AFTER_MS);
    return () => clearTimeout(timer);
  }, [count, announce]);
}
