import type { ReactNode } from 'react';
import { Button } from '../parts/button.tsx';
import { EmptyState } from '../parts/empty-state.tsx';
import { Spinner } from '../parts/spinner.tsx';
import { sheetText } from '../text/sheet.ts';
import classes from './sheet-place.module.css';
import { useFilter } from './use-sheet.tsx';

/** Before the first answer. */
export function Waiting(): ReactNode {
  return (
    <div className={classes['waiting']}>
      <Spinner label={sheetText.loading} />
    </div>
  );
}

/** A sheet that has nothing to show. @param isFiltered whether there are photos that the filter leaves out */
export function NoPhotos({ isFiltered }: { readonly isFiltered: boolean }): ReactNode {
  const { setFilter } = useFilter();
  const words = sheetText.empty;
  if (!isFiltered) return <EmptyState title={words.title}>{words.words}</EmptyState>;
  return (
    <EmptyState
      title={words.filteredTitle}
      action={
        <Button
          variant="primary"
          onClick={() => {
            setFilter({});
            // This button goes with the filter.
            document.querySelector<HTMLElement>('[role="search"] input')?.focus();
          }}
        >
          {words.clear}
        </Button>
      }
    >
      {words.filteredWords}
    </EmptyState>
  );
}
