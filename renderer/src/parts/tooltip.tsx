import { Tooltip as BaseTooltip } from '@base-ui/react/tooltip';
import type { ReactElement, ReactNode } from 'react';
import { Kbd } from './kbd.tsx';
import classes from './tooltip.module.css';

export interface TooltipProps {
  readonly label: string;
  readonly keys?: string | undefined;
  /** Default `top`; the other side where there is no room. */
  readonly side?: 'top' | 'right' | 'bottom';
  /** One element that takes a ref and handlers, usually a button. Its name is its own: a tooltip only repeats it. */
  readonly children: ReactElement;
}

/** Words beside what the pointer rests on or the keyboard has reached. */
export function Tooltip({ label, keys, side = 'top', children }: TooltipProps): ReactNode {
  return (
    <BaseTooltip.Root>
      <BaseTooltip.Trigger render={children as ReactElement<Record<string, unknown>>} />
      <BaseTooltip.Portal>
        <BaseTooltip.Positioner side={side} sideOffset={6} collisionPadding={8}>
          <BaseTooltip.Popup role="tooltip" className={classes['tooltip']}>
            {label}
            {keys !== undefined && keys !== '' && <Kbd keys={keys} />}
          </BaseTooltip.Popup>
        </BaseTooltip.Positioner>
      </BaseTooltip.Portal>
    </BaseTooltip.Root>
  );
}
