/** What several photos have in common, and where they differ. */
import type { ReactNode } from 'react';
import { useLive } from '../engine/use-engine.tsx';
import { Panel } from '../parts/panel.tsx';
import { useSelection } from '../sheet/use-selection.tsx';
import { commonLines, inspectorText, sheetLines } from '../text/inspector.ts';
import classes from './inspector.module.css';
import { Lines } from './lines.tsx';
import { useRested, useStaying } from './use-rested.ts';
import type { FacetValue, SheetFacet } from '#shared/sheet.ts';
import type { ChangeTopic } from '#shared/changes.ts';

/** More photos than this are not asked about one by one. */
const MOST_ROWS = 500;
const TOPICS: readonly ChangeTopic[] = ['photos', 'tags'];

/** Photos that were chosen one by one. */
export function Several({ photoIds }: { readonly photoIds: readonly number[] }): ReactNode {
  const { destinationId } = useSelection().query;
  const isAsked = photoIds.length <= MOST_ROWS;
  const rested = useRested(photoIds);
  const asked = isAsked ? { destinationId, photoIds: rested.slice(0, MOST_ROWS) } : null;
  const shown = useStaying(useLive('rowsOf', asked, TOPICS).value)?.rows;
  // The count of what is told here: a selection that is being drawn is ahead of it.
  const count = isAsked ? (shown?.length ?? photoIds.length) : photoIds.length;
  return (
    <Panel title={inspectorText.common}>
      <p className={classes['name']}>{inspectorText.several(count)}</p>
      {!isAsked && <p className={classes['quiet']}>{inspectorText.tooMany}</p>}
      {isAsked && shown !== undefined && <Lines lines={commonLines(shown)} />}
    </Panel>
  );
}

/** Everything that the sheet shows: counted, however much it is. */
export function WholeSheet({ count }: { readonly count: number }): ReactNode {
  const { filter } = useSelection().query;
  const states = useFacet('state');
  const ratings = useFacet('rating');
  const cameras = useFacet('camera');
  const shown = {
    states: kept(states, filter.states),
    ratings: kept(
      ratings,
      filter.ratings?.map((rating) => rating ?? ''),
    ),
    cameras: kept(cameras, filter.cameras),
  };
  return (
    <Panel title={inspectorText.common}>
      <p className={classes['name']}>{inspectorText.several(count)}</p>
      <Lines lines={sheetLines(shown)} />
    </Panel>
  );
}

function useFacet(facet: SheetFacet): readonly FacetValue[] {
  const { query } = useSelection();
  return useStaying(useLive('facets', { query, facet }, TOPICS).value)?.values ?? [];
}

/** A facet counts what its own part of the filter leaves out, too. @param chosen that part; undefined: all */
function kept(values: readonly FacetValue[], chosen: readonly unknown[] | undefined): readonly FacetValue[] {
  return values.filter(({ value, count }) => count > 0 && (chosen?.map(String).includes(value) ?? true));
}
