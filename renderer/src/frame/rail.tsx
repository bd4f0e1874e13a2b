import { CircleUser, Grid3x3, Settings, TriangleAlert, Upload, type LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { useAllCommands } from '../commands/use-commands.tsx';
import { useGlance } from '../engine/use-glance.tsx';
import { Badge } from '../parts/badge.tsx';
import { Tooltip } from '../parts/tooltip.tsx';
import { frameText, placeNames, PLACES, type Place } from '../text/frame.ts';
import classes from './rail.module.css';
import { onTheWayCount, photoCount } from './status-line.ts';
import { usePlace } from './use-place.tsx';
import type { Glance } from '#shared/glance.ts';
import { needYouCount } from '#shared/standing.ts';

const ICONS: Readonly<Record<Place, LucideIcon>> = {
  sheet: Grid3x3,
  queue: Upload,
  failures: TriangleAlert,
  account: CircleUser,
  settings: Settings,
};

const COUNTED: readonly Place[] = ['sheet', 'queue', 'failures'];

function countOf(place: Place, glance: Glance): number {
  if (place === 'sheet') return photoCount(glance.counts);
  if (place === 'queue') return onTheWayCount(glance.counts) - glance.restingCount;
  return place === 'failures' ? needYouCount(glance) : 0;
}

/** The five places, each with its count. */
export function Rail(): ReactNode {
  const glance = useGlance();
  const { place: current, go } = usePlace();
  const commands = useAllCommands();
  return (
    <nav className={classes['rail']} aria-label={frameText.places}>
      {PLACES.map((place) => {
        const Icon = ICONS[place];
        const count = countOf(place, glance);
        const countWords = count > 0 ? frameText.placeCounts[place](count) : '';
        const keys = commands.find(({ id }) => id === `go.${place}`)?.keys ?? undefined;
        return (
          <Tooltip key={place} label={placeNames[place]} keys={keys} side="right">
            <button
              type="button"
              data-ring="inside"
              className={classes['place']}
              aria-current={place === current ? 'page' : undefined}
              aria-label={countWords === '' ? placeNames[place] : `${placeNames[place]}, ${countWords}`}
              onClick={() => go(place)}
            >
              <Icon aria-hidden="true" />
              <span className={classes['name']}>{placeNames[place]}</span>{' '}
              {COUNTED.includes(place) && (
                <span className={classes['count']}>
                  <Badge count={count} tone={place === 'failures' ? 'alert' : 'quiet'} />
                </span>
              )}
            </button>
          </Tooltip>
        );
      })}
    </nav>
  );
}
