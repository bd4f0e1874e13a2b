import { PanelRight } from 'lucide-react';
import { useEffect, useRef, useSyncExternalStore, type ReactNode } from 'react';
import { useCommands } from '../commands/use-commands.tsx';
import { useEngine } from '../engine/use-engine.tsx';
import { useView } from '../engine/use-glance.tsx';
import { PlaceLayout } from '../frame/place-layout.tsx';
import { useShowsPhotos } from '../frame/show-photos.tsx';
import { Inspector } from '../inspector/inspector.tsx';
import { useAnnounce } from '../parts/announcer.tsx';
import { Banner } from '../parts/banner.tsx';
import { Button } from '../parts/button.tsx';
import { EmptyState } from '../parts/empty-state.tsx';
import { IconButton } from '../parts/icon-button.tsx';
import { Spinner } from '../parts/spinner.tsx';
import { KeyStrip } from '../tagging/key-strip.tsx';
import { TaggingProvider } from '../tagging/tagging-provider.tsx';
import { sheetText } from '../text/sheet.ts';
import { FilterBar } from './filter-bar.tsx';
import { Grid } from './grid.tsx';
import { useLookCloser } from './look-closer.tsx';
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
  const { view, saveView } = useView();
  const { closer, openLoupe, surface } = useLookCloser();
  const toggleInspector = (): void => void saveView({ inspectorIsOpen: !view.inspectorIsOpen });
  useSelectionTold();
  useShownPhotos();
  useCommands([
    {
      id: 'sheet.inspector',
      label: sheetText.commands.inspector,
      group: sheetText.group,
      keys: 'I',
      isEnabled: () => closer === null,
      run: toggleInspector,
    },
  ]);
  const end = (
    <IconButton
      label={sheetText.commands.inspector}
      keys="I"
      icon={<PanelRight />}
      isPressed={view.inspectorIsOpen}
      onClick={toggleInspector}
    />
  );
  return (
    <>
      <div className={classes['place']} inert={closer !== null}>
        <PlaceLayout
          place="sheet"
          scrolls="own"
          toolbar={<FilterBar end={end} />}
          aside={view.inspectorIsOpen ? <Inspector /> : null}
        >
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
              <Grid arrival={arrival} size={view.sheetSize} onOpen={openLoupe} />
            )}
            <KeyStrip />
          </div>
        </PlaceLayout>
      </div>
      {surface}
    </>
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

/** Photos that another part of the window asks to be shown are selected; a filter that hides them is taken away. */
function useShownPhotos(): void {
  const rows = useSheetRows();
  const engine = useEngine();
  const { acts } = useSelection();
  const { query, setFilter } = useFilter();
  useShowsPhotos((photoIds) => {
    const [first] = photoIds;
    if (first === undefined) return;
    const show = async (): Promise<void> => {
      let place = await engine.sheetPlace({ query, photoId: first });
      if (place === null) {
        const unfiltered = { ...query, filter: {} };
        setFilter({});
        place = await engine.sheetPlace({ query: unfiltered, photoId: first });
        await rows.whenShown(unfiltered);
      }
      if (place !== null) acts.showThese(photoIds, { photoId: first, place });
    };
    show().catch((problem: unknown) => reportError(problem));
  });
}
