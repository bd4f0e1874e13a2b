import { memo, useSyncExternalStore, type ReactNode } from 'react';
import { useView } from '../engine/use-glance.tsx';
import { PlaceLayout } from '../frame/place-layout.tsx';
import { Inspector } from '../inspector/inspector.tsx';
import { Banner } from '../parts/banner.tsx';
import { Button } from '../parts/button.tsx';
import { SendFirstCommands } from '../steering/send-first-commands.tsx';
import { KeyStrip } from '../tagging/key-strip.tsx';
import { TaggingProvider } from '../tagging/tagging-provider.tsx';
import { sheetText } from '../text/sheet.ts';
import { FilterBar } from './filter-bar.tsx';
import { Grid } from './grid.tsx';
import { InspectorToggle } from './inspector-toggle.tsx';
import type { SheetSize } from './layout.ts';
import { useLookCloser } from './look-closer.tsx';
import { NoPhotos, Waiting } from './no-photos.tsx';
import classes from './sheet-place.module.css';
import { useSheetRows } from './use-selection.tsx';
import { SheetProvider } from './use-sheet.tsx';
import { useSelectionTold } from './use-selection-told.ts';
import { useShownPhotos } from './use-shown-photos.ts';

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

/** It changes with the view alone: what comes in and goes its way is heard further down. */
function Sheet(): ReactNode {
  const { view } = useView();
  const { closer, openLoupe, surface } = useLookCloser();
  return (
    <>
      <div className={classes['place']} inert={closer !== null}>
        <PlaceLayout
          place="sheet"
          scrolls="own"
          toolbar={<FilterBar end={<InspectorToggle isEnabled={closer === null} />} />}
          aside={view.inspectorIsOpen ? <Inspector /> : null}
        >
          <div className={classes['sheet']}>
            <Photos size={view.sheetSize} onOpen={openLoupe} />
            <KeyStrip />
          </div>
        </PlaceLayout>
      </div>
      {surface}
      <Told />
      <SendFirstCommands />
    </>
  );
}

interface PhotosProps {
  readonly size: SheetSize;
  readonly onOpen: () => void;
}

const Photos = memo(function Photos({ size, onOpen }: PhotosProps): ReactNode {
  const rows = useSheetRows();
  const arrival = useSyncExternalStore(rows.onChange, rows.arrival);
  const problem = useSyncExternalStore(rows.onChange, rows.problem);
  return (
    <>
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
        <Grid arrival={arrival} size={size} onOpen={onOpen} />
      )}
    </>
  );
});

/** Hears the selection on its own. */
function Told(): ReactNode {
  useSelectionTold();
  useShownPhotos();
  return null;
}
