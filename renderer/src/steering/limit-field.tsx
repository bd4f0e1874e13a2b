import { useEffect, useState, type ReactNode } from 'react';
import { TextField } from '../parts/text-field.tsx';
import { bytesOf, sendingText as text } from '../text/sending.ts';
import classes from './steering.module.css';
import { SENDING_BOUNDS } from '#shared/sending.ts';

const { least, most } = SENDING_BOUNDS.limit;
const megabytes = (bytes: number): string => String(bytes / 1_000_000);

function isLimit(bytes: number | null): bytes is number {
  return bytes !== null && bytes >= least && bytes <= most;
}

/** Bytes per second, typed as MB/s; it counts when it is typed to the end. What is no limit is told, and changes nothing. */
export function LimitField(props: {
  /** Bytes per second. */
  readonly limit: number;
  /** For screen readers. */
  readonly label: string;
  readonly onChange: (limit: number) => void;
}): ReactNode {
  const { limit, label, onChange } = props;
  const [typed, setTyped] = useState(megabytes(limit));
  const bytes = bytesOf(typed);
  useEffect(() => {
    setTyped((before) => (bytesOf(before) === limit ? before : megabytes(limit)));
  }, [limit]);
  const take = (): void => {
    if (isLimit(bytes) && bytes !== limit) onChange(bytes);
  };
  return (
    <div className={classes['limit']}>
      <TextField
        label={`${label}, ${text.unit}`}
        isLabelHidden
        inputMode="decimal"
        value={typed}
        problem={isLimit(bytes) ? null : text.limitProblem}
        onChange={setTyped}
        onBlur={take}
        onKeyDown={({ key }) => {
          if (key === 'Enter') take();
        }}
      />
      <span aria-hidden="true">{text.unit}</span>
    </div>
  );
}
