/** Numbers, sizes, dates and times by the platform's formats. */

/** BCP 47 tag of the window's language. */
const LOCALE = undefined;

const numbers = new Intl.NumberFormat(LOCALE);
const plurals = new Intl.PluralRules('en');
const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const;

/** `12,345`. */
export function formatCount(count: number): string {
  return numbers.format(count);
}

/** `1 photo`, `2,300 photos`: the count with the fitting word. */
export function counted(count: number, one: string, other: string): string {
  return `${formatCount(count)} ${plurals.select(count) === 'one' ? one : other}`;
}

/** `4.1 MB`; decimal units, as the system's file manager and the service count. */
export function formatBytes(bytes: number): string {
  const power = bytes < 1000 ? 0 : Math.min(Math.floor(Math.log10(bytes) / 3), units.length - 1);
  const unit = units[power] ?? 'byte';
  const value = bytes / 1000 ** power;
  return new Intl.NumberFormat(LOCALE, {
    style: 'unit',
    unit,
    unitDisplay: 'short',
    maximumFractionDigits: power > 0 && value < 100 ? 1 : 0,
  }).format(value);
}

/** `14:02`, with the day in front when it is not today. @param at UTC ms */
export function formatTime(at: number, now: number = Date.now()): string {
  const isToday = new Date(at).toDateString() === new Date(now).toDateString();
  return new Intl.DateTimeFormat(LOCALE, {
    ...(isToday ? {} : { dateStyle: 'medium' as const }),
    timeStyle: 'short',
  }).format(at);
}

/** `4 May 2024, 14:02:33`. @param at UTC ms */
export function formatMoment(at: number): string {
  return new Intl.DateTimeFormat(LOCALE, { dateStyle: 'medium', timeStyle: 'medium' }).format(at);
}

/** The wall clock of a camera: ms read as if they were UTC, see `SheetRow.sortAt`. */
export function formatWallTime(sortAt: number): string {
  return new Intl.DateTimeFormat(LOCALE, {
    dateStyle: 'medium',
    timeStyle: 'medium',
    timeZone: 'UTC',
  }).format(sortAt);
}

/** `Sat 4 May 2024`. @param day `YYYY-MM-DD` */
export function formatDay(day: string): string {
  return new Intl.DateTimeFormat(LOCALE, {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    timeZone: 'UTC',
  }).format(new Date(`${day}T00:00:00Z`));
}

/** `about 3 min`. @param seconds how long */
export function formatDuration(seconds: number): string {
  const [value, unit] =
    seconds < 60
      ? [Math.max(1, Math.round(seconds)), 'second' as const]
      : seconds < 5400
        ? [Math.round(seconds / 60), 'minute' as const]
        : [Math.round(seconds / 3600), 'hour' as const];
  return new Intl.NumberFormat(LOCALE, { style: 'unit', unit, unitDisplay: 'short' }).format(value);
}
