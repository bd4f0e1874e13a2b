import { Plus, X } from 'lucide-react';
import { useId, useState, type ReactNode } from 'react';
import { Button } from '../parts/button.tsx';
import { IconButton } from '../parts/icon-button.tsx';
import { clockText, dayName, limitKinds, minutesOf, sendingText as text } from '../text/sending.ts';
import { ChoiceMenu } from './choice-menu.tsx';
import { LimitField } from './limit-field.tsx';
import classes from './steering.module.css';
import { SENDING_BOUNDS, type SendingLimit, type TimetableEntry } from '#shared/sending.ts';

/** The week as it is written down, from Monday. */
const DAYS = [1, 2, 3, 4, 5, 6, 0];
/** What a new line is: slow while others work. */
const NEW_ENTRY: TimetableEntry = { days: [1, 2, 3, 4, 5], from: 9 * 60, to: 17 * 60, limit: 1_000_000 };
const KINDS = [
  { value: 'some', label: limitKinds.some },
  { value: 'rest', label: limitKinds.rest },
  { value: 'none', label: limitKinds.none },
] as const;
type Kind = (typeof KINDS)[number]['value'];

/** Other paces at some times of the week. */
export function Timetable(props: {
  readonly entries: readonly TimetableEntry[];
  readonly onChange: (entries: readonly TimetableEntry[]) => void;
}): ReactNode {
  const { entries, onChange } = props;
  const id = useId();
  const keys = useLineKeys(entries.length);
  const set = (index: number, part: Partial<TimetableEntry>): void =>
    onChange(entries.map((entry, at) => (at === index ? { ...entry, ...part } : entry)));
  return (
    <div role="group" aria-labelledby={id} className={classes['timetable']}>
      <div className={classes['head']}>
        <div>
          <h3 id={id} className={classes['title']}>
            {text.timetable}
          </h3>
          <p className={classes['small']}>
            {entries.length === 0 ? text.timetableNone : text.timetableWords}
          </p>
        </div>
        {entries.length < SENDING_BOUNDS.timetable.most && (
          <Button size="small" icon={<Plus />} onClick={() => onChange([...entries, NEW_ENTRY])}>
            {text.addLine}
          </Button>
        )}
      </div>
      {entries.length > 0 && (
        <ol className={classes['entries']}>
          {entries.map((entry, index) => (
            <Entry
              key={keys.all[index]}
              number={index + 1}
              entry={entry}
              onChange={(part) => set(index, part)}
              onRemove={() => {
                keys.remove(index);
                onChange(entries.filter((_, at) => at !== index));
              }}
            />
          ))}
        </ol>
      )}
    </div>
  );
}

/** A key for each line, which have no names of their own: what is typed in one goes with it. */
function useLineKeys(count: number): {
  readonly all: readonly number[];
  readonly remove: (index: number) => void;
} {
  const [{ all, next }, set] = useState<{ all: readonly number[]; next: number }>({ all: [], next: 0 });
  if (all.length !== count) {
    const fresh = Array.from({ length: Math.max(0, count - all.length) }, (_, index) => next + index);
    set({ all: [...all.slice(0, count), ...fresh], next: next + fresh.length });
  }
  return { all, remove: (index) => set({ all: all.filter((_, at) => at !== index), next }) };
}

interface EntryProps {
  readonly number: number;
  readonly entry: TimetableEntry;
  readonly onChange: (part: Partial<TimetableEntry>) => void;
  readonly onRemove: () => void;
}

function Entry({ number, entry, onChange, onRemove }: EntryProps): ReactNode {
  const { from, to, limit } = entry;
  return (
    <li className={classes['entry']} aria-label={text.lineName(number)}>
      <div className={classes['entry-head']}>
        <Days label={text.daysOf(number)} days={entry.days} onChange={(days) => onChange({ days })} />
        <IconButton label={text.removeLine(number)} icon={<X />} onClick={onRemove} />
      </div>
      <div className={classes['times']}>
        <Time
          label={text.fromOf(number)}
          minutes={from}
          onChange={(minutes) => onChange({ from: minutes })}
        />
        <span aria-hidden="true">–</span>
        <Time label={text.toOf(number)} minutes={to} onChange={(minutes) => onChange({ to: minutes })} />
        {to <= from && <span className={classes['small']}>{text.nextDay}</span>}
      </div>
      <div className={classes['what']}>
        <ChoiceMenu
          label={text.limitOf(number)}
          value={kindOf(limit)}
          options={KINDS}
          onChange={(kind) => onChange({ limit: limitFor(kind) })}
        />
        {limit !== null && limit > 0 && (
          <LimitField
            label={text.limitOf(number)}
            limit={limit}
            onChange={(bytes) => onChange({ limit: bytes })}
          />
        )}
      </div>
    </li>
  );
}

function kindOf(limit: SendingLimit): Kind {
  if (limit === null) return 'none';
  return limit === 0 ? 'rest' : 'some';
}

function limitFor(kind: Kind): SendingLimit {
  if (kind === 'none') return null;
  return kind === 'rest' ? 0 : NEW_ENTRY.limit;
}

/** A button for each day; the last one that is left cannot be taken away, and whoever tries is told why. */
function Days(props: {
  readonly label: string;
  readonly days: readonly number[];
  readonly onChange: (days: readonly number[]) => void;
}): ReactNode {
  const { label, days, onChange } = props;
  const [stays, setStays] = useState(false);
  const press = (day: number): void => {
    const next = days.includes(day) ? days.filter((one) => one !== day) : [...days, day];
    setStays(next.length === 0);
    if (next.length > 0) onChange(next.toSorted((a, b) => a - b));
  };
  return (
    <div role="group" aria-label={label}>
      <div className={classes['days']}>
        {DAYS.map((day) => {
          const isOn = days.includes(day);
          const { short, long } = dayName(day);
          return (
            <button
              key={day}
              type="button"
              className={classes['day']}
              aria-label={long}
              aria-pressed={isOn}
              aria-disabled={isOn && days.length === 1}
              onClick={() => press(day)}
            >
              {short}
            </button>
          );
        })}
      </div>
      <p role="status" className={classes['small']}>
        {stays && days.length === 1 ? text.lastDay : ''}
      </p>
    </div>
  );
}

/** A time of the day; what is not whole when it is left changes nothing, and what holds shows again. */
function Time(props: {
  readonly label: string;
  readonly minutes: number;
  readonly onChange: (minutes: number) => void;
}): ReactNode {
  const { label, minutes, onChange } = props;
  const [typed, setTyped] = useState<string | null>(null);
  const take = (): void => {
    const next = minutesOf(typed ?? '');
    if (next !== null && next !== minutes) onChange(next);
    setTyped(null);
  };
  return (
    <input
      type="time"
      className={classes['time']}
      aria-label={label}
      value={typed ?? clockText(minutes)}
      onChange={(event) => setTyped(event.currentTarget.value)}
      onBlur={take}
      onKeyDown={(event) => {
        if (event.key === 'Enter') take();
      }}
    />
  );
}
