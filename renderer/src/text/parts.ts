/** Words of the parts themselves; everything else they say is given to them. */
export const partsText = {
  close: 'Close',
  dismiss: 'Dismiss',
  loading: 'Loading',
  showToken: 'Show what is typed',
  hideToken: 'Hide what is typed',
} as const;
