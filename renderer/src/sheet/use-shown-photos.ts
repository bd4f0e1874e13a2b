import { reportProblem } from '../engine/report-problem.ts';
import { useEngine } from '../engine/use-engine.tsx';
import { useShowsPhotos } from '../frame/show-photos.tsx';
import { whenShown } from './sheet-rows.ts';
import { useSelection, useSheetRows } from './use-selection.tsx';
import { useFilter } from './use-sheet.tsx';

/**
 * Photos that another part of the window asks to be shown are selected; a filter that hides them is taken away. A filter
 * that it asks for takes the place of the one before.
 */
export function useShownPhotos(): void {
  const rows = useSheetRows();
  const engine = useEngine();
  const { acts } = useSelection();
  const { query, setFilter } = useFilter();
  useShowsPhotos((shown) => {
    if ('filter' in shown) {
      setFilter(shown.filter);
      return;
    }
    const { photoIds } = shown;
    const [first] = photoIds;
    if (first === undefined) return;
    const show = async (): Promise<void> => {
      let place = await engine.sheetPlace({ query, photoId: first });
      if (place === null) {
        const unfiltered = { ...query, filter: {} };
        setFilter({});
        place = await engine.sheetPlace({ query: unfiltered, photoId: first });
        await whenShown(rows, unfiltered);
      }
      if (place !== null) acts.showThese(photoIds, { photoId: first, place });
    };
    show().catch((problem: unknown) => reportProblem(problem));
  });
}
