import type { KeyboardEvent } from 'react';

/** Tab goes round within an element that covers all others. */
export function keepTabInside(event: KeyboardEvent<HTMLElement>): void {
  if (event.key !== 'Tab') return;
  const inside = [
    ...event.currentTarget.querySelectorAll<HTMLElement>('button, input, a[href], [tabindex="0"]'),
  ].filter((element) => element.tabIndex >= 0 && element.getClientRects().length > 0);
  const [first, last] = [inside[0], inside.at(-1)];
  const at = document.activeElement;
  const isOutside = !(at instanceof HTMLElement) || !inside.includes(at);
  const goesTo = event.shiftKey
    ? at === first || isOutside
      ? last
      : null
    : at === last || isOutside
      ? first
      : null;
  if (goesTo === null || goesTo === undefined) return;
  event.preventDefault();
  goesTo.focus();
}
