import type { ReactNode } from 'react';
import { Checkbox } from '../parts/checkbox.tsx';
import { Spinner } from '../parts/spinner.tsx';
import { TextField } from '../parts/text-field.tsx';
import { filterText } from '../text/filter.ts';
import { formatCount, formatDay } from '../text/format.ts';
import classes from './filter-bar.module.css';
import { withFields } from './filter-parts.ts';
import { moveInList, useFacet } from './part-choices.tsx';
import { useFilter } from './use-sheet.tsx';

/** More days than this are reached by the two fields only. */
const MOST_DAYS = 200;

/** From a day to a day, or one of the days that there are. */
export function DayChoices(): ReactNode {
  const { filter, setFilter } = useFilter();
  const days = useFacet('day');
  const { capturedFrom: from, capturedTo: to } = filter;
  return (
    <>
      <div className={classes['dates']}>
        <TextField
          label={filterText.from}
          type="date"
          value={from ?? ''}
          onChange={(day) => setFilter(withFields(filter, { capturedFrom: day }))}
        />
        <TextField
          label={filterText.to}
          type="date"
          value={to ?? ''}
          onChange={(day) => setFilter(withFields(filter, { capturedTo: day }))}
        />
      </div>
      {days === undefined ? (
        <Spinner label={filterText.loading} />
      ) : (
        <div className={classes['list']} role="group" aria-label={filterText.days} onKeyDown={moveInList}>
          {days.slice(-MOST_DAYS).map(({ value, count }) => {
            const isChosen = from === value && to === value;
            const day = isChosen ? undefined : value;
            return (
              <Checkbox
                key={value}
                state={isChosen ? 'on' : 'off'}
                onChange={() => setFilter(withFields(filter, { capturedFrom: day, capturedTo: day }))}
                label={
                  <span className={classes['choice']}>
                    {formatDay(value)}
                    <span className={classes['choice-count']}>{formatCount(count)}</span>
                  </span>
                }
              />
            );
          })}
        </div>
      )}
    </>
  );
}
