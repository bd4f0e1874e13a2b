import { useVirtualizer } from '@tanstack/react-virtual';
import { useRef, useState, type ReactNode } from 'react';
import classes from './virtual-rows.module.css';

/**
 * A list of which only the rows in sight are there. It is as high as its rows
 * were at most, so that nothing moves while it is searched, and scrolls where there is no room for that. Rows may have
 * heights of their own.
 */
export function VirtualRows<Row>({
  rows,
  label,
  keyOf,
  rowHeight,
  children,
}: {
  readonly rows: readonly Row[];
  /** For screen readers. */
  readonly label: string;
  readonly keyOf: (row: Row) => string | number;
  /** CSS px of a row until it is measured. */
  readonly rowHeight: number;
  readonly children: (row: Row) => ReactNode;
}): ReactNode {
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    getItemKey: (index) => {
      const row = rows[index];
      return row === undefined ? index : keyOf(row);
    },
    overscan: 8,
  });
  const height = virtual.getTotalSize();
  const [highest, setHighest] = useState(height);
  if (height > highest) setHighest(height);
  return (
    <div
      ref={scroller}
      className={classes['scroller']}
      style={{ blockSize: Math.max(height, highest) }}
      tabIndex={-1}
    >
      <ul aria-label={label} className={classes['rows']} style={{ blockSize: height }}>
        {virtual.getVirtualItems().map((item) => {
          const row = rows[item.index];
          return (
            row !== undefined && (
              <li
                key={item.key}
                ref={virtual.measureElement}
                data-index={item.index}
                aria-setsize={rows.length}
                aria-posinset={item.index + 1}
                className={classes['row']}
                style={{ transform: `translateY(${String(item.start)}px)` }}
              >
                {children(row)}
              </li>
            )
          );
        })}
      </ul>
    </div>
  );
}
