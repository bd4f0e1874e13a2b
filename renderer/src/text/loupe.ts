/** Words of the loupe and the comparison. */
import { formatCount } from './format.ts';

const percent = new Intl.NumberFormat(undefined, { style: 'percent', maximumFractionDigits: 0 });

export const loupeText = {
  group: 'Loupe',
  loupe: (name: string) => `Loupe: ${name}`,
  compare: 'Comparison',
  tooMany: (most: number) => `Up to ${formatCount(most)} photos can be compared. Choose fewer of them.`,
  placeOf: (place: number, total: number) => `${formatCount(place)} of ${formatCount(total)}`,
  zoom: (share: number) => percent.format(share),
  noPicture: 'This picture cannot be shown.',
  close: 'Back to the sheet',
  next: 'Next photo',
  previous: 'Previous photo',
  toggleZoom: 'Whole picture or 100 %',
  zoomIn: 'Closer',
  zoomOut: 'Farther',
  pan: { left: 'Look to the left', right: 'Look to the right', up: 'Look up', down: 'Look down' },
  details: 'Show or hide tags and facts',
  pane: (name: string, place: number, count: number) =>
    `${name}, ${formatCount(place)} of ${formatCount(count)}`,
  active: 'Acts are about this photo',
  nextPane: 'Next of the compared photos',
  previousPane: 'Previous of the compared photos',
} as const;
