/** Words of the parts themselves; everything else they say is given to them. */
export const partsText = {
  close: 'Close',
  dismiss: 'Dismiss',
  lastAct: 'Last act',
  failedAct: 'Could not be done',
  loading: 'Loading',
} as const;
